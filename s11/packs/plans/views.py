"""Papers of the composite plan: to take away as Word or Excel, the one page, and the plan for the public.

They are handed on in meetings, so the name of whoever fetched them is not stamped on them as it is on a pack;
the trail says who took them.
"""

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import permissions as actions
from s11.actions.views.plan import plan_filter
from s11.analysis.forms import SinceForm
from s11.analysis.views.plan import since_of
from s11.core import clock
from s11.organisations.models import Partnership
from s11.packs.document import Document
from s11.packs.kinds import Format
from s11.packs.plans import permissions
from s11.packs.plans.contents import NOTICE, Paper, plan_paper
from s11.packs.plans.forms import PublicForm
from s11.packs.plans.gathering import plan_lines
from s11.packs.plans.public import LEFT_OUT, PublicPlan, for_the_public
from s11.packs.plans.public import NOTICE as PUBLIC_NOTICE
from s11.packs.plans.sheets import plan_book
from s11.packs.plans.summary import summary as summary_of
from s11.packs.plans.values import PlanLines
from s11.packs.plans.wording import filter_words
from s11.packs.views.blueprint import format_of, handed_out
from s11.packs.writing import formats
from s11.partnerships.looks import look_of
from s11.people.models import Person
from s11.trail.operations import look
from s11.web.guards import signed_in
from s11.web.limits import limited

blueprint = Blueprint("plan_papers", __name__, url_prefix="/actions/papers")
TITLE = "Composite action plan"
PLAN_FORMATS = (Format.WORD, Format.EXCEL)
SUMMARY_FORMATS = (Format.PDF, Format.WORD)
UNCHECKED = "Tick the box once you have read what was replaced and what was left."
CHANGED = "The plan, or the names to take out, changed since you read this. Read what is replaced now."


@blueprint.get("/")
@signed_in(actions.can_see_any)
def index() -> ResponseReturnValue:
    """The papers there are, of the plan as the address narrows it."""
    wanted, form = plan_filter()
    place = g.get("place")
    return render_template(
        "packs/plan_papers.html",
        wanted=wanted,
        narrowed=filter_words(wanted, form),
        serves=place is not None and permissions.serves(current_user, place),
        may_publish=place is not None and permissions.can_publish(current_user, place),
    )


@blueprint.get("/plan.<suffix>")
@signed_in(actions.can_see_any)
@limited("export")
def plan(suffix: str) -> ResponseReturnValue:
    """The plan as the reader sees it, narrowed as the address says."""
    format_ = among(suffix, PLAN_FORMATS)
    wanted, form = plan_filter()
    place = place_here()
    found = plan_lines(
        current_user,
        wanted,
        today=clock.today(),
        partnership_id=place.id if permissions.serves(current_user, place) else None,
    )
    paper = Paper(TITLE, place.name, NOTICE, narrowed=filter_words(wanted, form))
    note_export()
    return file_of((plan_book if format_ is Format.EXCEL else plan_paper)(found, paper), format_, place)


@blueprint.get("/summary.<suffix>")
@signed_in(permissions.can_take_summary)
@limited("export")
def summary(suffix: str) -> ResponseReturnValue:
    """The plan on one page."""
    format_, place = among(suffix, SUMMARY_FORMATS), place_here()
    if not permissions.serves(current_user, place):
        abort(404)
    note_export()
    since = since_of(SinceForm(request.args))
    document = summary_of(place, since=since, in_columns=format_ is Format.PDF)
    return file_of(document, format_, place)


@blueprint.get("/public")
@signed_in(permissions.can_publish_any)
def public() -> ResponseReturnValue:
    """What a plan for the public says otherwise, to be read before it is made."""
    return preview(PublicForm())


@blueprint.post("/public")
@signed_in(permissions.can_publish_any)
@limited("export")
def publish() -> ResponseReturnValue:
    """The plan for the public, once somebody has read what was replaced."""
    form, place = PublicForm(), office_here()
    if not form.validate_on_submit() or "again" in request.form:
        return preview(form)
    found, paper = published(place, form)
    if form.seen.data != found.seen:
        form.also.errors = [*form.also.errors, CHANGED]
        return preview(form), 422
    if not form.checked.data:
        form.checked.errors = [UNCHECKED]
        return preview(form), 422
    look("partnership:plan:published", place.id, by=person_here(), partnership_id=place.id)
    return file_of(plan_paper(found.plan, paper), Format.PDF, place)


def preview(form: PublicForm) -> str:
    """What is replaced, what is left, and the form that makes the paper."""
    found, paper = published(office_here(), form)
    form.seen.data = found.seen
    return render_template(
        "packs/public_plan.html", form=form, found=found, paper=paper, wanted=plan_filter()[0]
    )


def published(place: Partnership, form: PublicForm) -> tuple[PublicPlan, Paper]:
    """The plan of the Board without names, narrowed as the address says."""
    wanted, narrowing = plan_filter()
    lines: PlanLines = plan_lines(
        current_user, wanted, today=clock.today(), partnership_id=place.id, only=True
    )
    found = for_the_public(lines, place.id, narrowed=filter_words(wanted, narrowing), also=form.names)
    return found, Paper(
        TITLE,
        place.name,
        PUBLIC_NOTICE,
        narrowed=found.narrowed,
        left_out=LEFT_OUT,
        stem="action-plan-for-the-public",
    )


def place_here() -> Partnership:
    place: Partnership | None = g.get("place")
    if place is None:
        abort(404)
    return place


def office_here() -> Partnership:
    place = place_here()
    if not permissions.can_publish(current_user, place):
        abort(404)
    return place


def among(suffix: str, offered: tuple[Format, ...]) -> Format:
    format_ = format_of(suffix)
    if format_ not in offered or format_ is None:
        abort(404)
    return format_


def file_of(document: Document, format_: Format, place: Partnership) -> ResponseReturnValue:
    written = formats.write(document, format_, look_of(place))
    return handed_out(written.content, format_, f"{document.file_stem}.{format_}")


def note_export() -> None:
    """That somebody took the plan away stands in the trail of whom they serve."""
    person = person_here()
    for held in person.current:
        if held.partnership_id is not None:
            id_ = held.partnership_id
            look("partnership:plan:exported", id_, by=person, partnership_id=id_)
        elif held.organisation_id is not None:
            id_ = held.organisation_id
            look("organisation:plan:exported", id_, by=person, organisation_id=id_)


def person_here() -> Person:
    person: Person = current_user._get_current_object()
    return person
