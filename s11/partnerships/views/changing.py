"""Changing one subject of the settings."""

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from s11.access.permissions import demanded_everywhere
from s11.core.errors import Stale
from s11.organisations.models import Partnership
from s11.partnerships import operations, pages, permissions, queries
from s11.partnerships.forms import FORMS, SecondStepForm, SettingsForm
from s11.partnerships.operations import held
from s11.partnerships.rules import Subject
from s11.partnerships.views.blueprint import back, blueprint, me
from s11.people.rules import ROLE_LABELS, Role
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.route("/<ref>/settings/<subject>", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def change(partnership: Partnership, subject: str) -> ResponseReturnValue:
    """One subject: names, colour, mail and so on. Typed words stay, whatever others did meanwhile."""
    if subject not in set(Subject):
        abort(404)
    about = Subject(subject)
    if request.method != "POST":
        return show(partnership, about, form_of(about).showing(held(partnership, about)))
    form = form_of(about)()
    leave_out(form)
    if not form.validate() or "preview" in request.form:
        return show(partnership, about, form)
    try:
        changed = operations.change(partnership, about, form.values, began=form.began.data or "", by=me())
    except Stale as refusal:
        form.begin(held(partnership, about))
        return show(partnership, about, form, conflict=refusal.sentence)
    return back(partnership, done(partnership, about) if changed else "Nothing was changed.")


def form_of(about: Subject) -> type[SettingsForm]:
    return FORMS[about]


def leave_out(form: SettingsForm) -> None:
    if isinstance(form, SecondStepForm):
        form.leave_out(demanded_everywhere())


def show(
    partnership: Partnership, about: Subject, form: SettingsForm, conflict: str = ""
) -> ResponseReturnValue:
    leave_out(form)
    page = render_template(
        f"partnerships/{about.value.replace('-', '_')}.html",
        place=partnership,
        about=about,
        title=pages.TITLES[about],
        form=form,
        conflict=conflict,
        standing=held(partnership, about),
        **more_of(partnership, about, form),
    )
    return make_response(page, 412 if conflict else 422 if form.mistakes else 200)


def more_of(partnership: Partnership, about: Subject, form: SettingsForm) -> dict[str, object]:
    """What else the page of a subject prints."""
    if about is Subject.MAIL:
        return {"mail": pages.sample_mail(partnership, form["mail_signature"].data or "")}
    if about is Subject.COLOUR:
        return {"figures": pages.figures(partnership.colour)}
    if about is Subject.TIME:
        return {"now": pages.zone_words(partnership.time_zone)}
    if about is Subject.SECOND_STEP:
        return {
            "everywhere": [ROLE_LABELS[role] for role in Role if role in demanded_everywhere()],
            "missing": queries.without_second_step(partnership.id, chosen(partnership)),
        }
    return {}


def chosen(partnership: Partnership) -> list[Role]:
    return [role for role in Role if role in partnership.second_factor_roles]


def done(partnership: Partnership, about: Subject) -> str:
    """What is said once it is saved."""
    if about is not Subject.SECOND_STEP:
        return f"{pages.TITLES[about]}: saved."
    missing = queries.without_second_step(partnership.id, chosen(partnership))
    if not missing:
        return "Saved. Everybody it concerns has a second step already."
    people = "1 person has" if missing == 1 else f"{missing} people have"
    return (
        f"Saved. {people} no second step yet: they are told on their next page, and set it up as they "
        "next sign in."
    )
