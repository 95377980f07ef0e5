"""Reviews, inspections and audits: the list, one with what answers it, and writing one down."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, pages, permissions, queries
from s11.actions.forms import SourceForm, choices
from s11.actions.models import PlanSource
from s11.actions.operations import SourceDetails
from s11.actions.views.blueprint import blueprint
from s11.core import clock
from s11.core.errors import Invalid, Stale
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.questionnaires import queries as questionnaires
from s11.web.forms import blame
from s11.web.guards import guard, signed_in
from s11.web.kept import resumable


@blueprint.get("/reviews")
@signed_in(permissions.can_see_any)
def sources() -> ResponseReturnValue:
    """Every review, inspection and audit this person sees."""
    counts = queries.counts_by_source(current_user, today=clock.today())
    return render_template(
        "actions/sources.html",
        lines=[
            pages.source_line(one, counts.get(one.id, queries.SourceCounts()))
            for one in queries.sources_visible_to(current_user)
        ],
        whole=bool(current_user.partnership_ids),
        may_write=permissions.can_write_sources(current_user),
    )


@blueprint.route("/reviews/new", methods=["GET", "POST"])
@signed_in(permissions.can_write_sources)
@resumable
def new_source() -> ResponseReturnValue:
    """Write down a review, an inspection or an audit."""
    partnership = own_partnership()
    form = source_form(partnership)
    if form.is_submitted():
        if not form.validate():
            return form_page(form, None, 422)
        details = details_of(form)
        try:
            added = operations.add_source(partnership, **vars(details), by=current_user._get_current_object())
        except Invalid as refusal:
            blame(form, refusal, otherwise="title")
            return form_page(form, None, 422)
        flash("The review is in the plan. Add what it recommends.", "success")
        return redirect(url_for("actions.new_recommendations", ref=added.ref), 303)
    return form_page(form, None)


@blueprint.get("/reviews/<ref>")
@guard(queries.source_by_ref, see=permissions.can_see_source)
def source(source: PlanSource) -> ResponseReturnValue:
    """A review with what it recommends, and under each recommendation the actions that answer it."""
    editions = queries.newest_editions(source.partnership_id)
    whole = permissions.sees_whole(current_user, source)
    listed = queries.recommendations_of(source.id)
    keys = {test.criterion_key for one in listed for test in one.tests}
    compares = permissions.can_compare_ratings(current_user, source.partnership_id)
    page = pages.source_page(
        source,
        listed,
        queries.actions_under(source.id, current_user),
        pages.criteria_by_key([questionnaires.content(one) for one in editions]),
        ratings=queries.ratings_given(source.partnership_id, keys) if keys and compares else (),
        whole=whole,
        today=clock.today(),
    )
    return render_template(
        "actions/source.html",
        source=source,
        kind=pages.kind_of(source),
        page=page,
        whole=whole,
        may_write=permissions.can_write_source(current_user, source),
    )


@blueprint.route("/reviews/<ref>/change", methods=["GET", "POST"])
@guard(queries.source_by_ref, see=permissions.can_see_source, may=permissions.can_write_source)
@resumable
def change_source(source: PlanSource) -> ResponseReturnValue:
    """Correct what is said of a review."""
    form = source_form(source.partnership, source)
    if not form.is_submitted():
        form.process(obj=source)
        form.organisation.data = source.organisation.ref if source.organisation else ""
        return form_page(form, source)
    if not form.validate():
        return form_page(form, source, 422)
    try:
        operations.change_source(
            source,
            details_of(form),
            version=form.version.data,
            by=current_user._get_current_object(),
        )
    except Stale as refusal:
        form.version.raw_data, form.version.data = None, source.version
        return form_page(form, source, 412, meanwhile=refusal.sentence)
    except Invalid as refusal:
        blame(form, refusal, otherwise="title")
        return form_page(form, source, 422)
    flash("Saved.", "success")
    return redirect(url_for("actions.source", ref=source.ref), 303)


def own_partnership() -> Partnership:
    """The partnership whose reviews this person writes down."""
    home = permissions.writes_for(current_user)[0]
    return next(one for one in organisations.partnerships() if one.id == home)


def source_form(partnership: Partnership, source: PlanSource | None = None) -> SourceForm:
    """The form, with the organisations that may have been inspected or audited."""
    form = SourceForm()
    there: list[Organisation] = organisations.seated(partnership.id)
    if source is not None and source.organisation is not None and source.organisation not in there:
        there.append(source.organisation)
    form.organisation.choices = choices(((one.ref, one.name) for one in there), first="No single one’s")
    return form


def details_of(form: SourceForm) -> SourceDetails:
    return SourceDetails(
        kind=form.kind.data,
        title=form.title.data or "",
        public_title=form.public_title.data or "",
        dated_on=form.dated_on.day,
        organisation=organisations.by_ref(form.organisation.data) if form.organisation.data else None,
        summary=form.summary.data or "",
        how_many=form.how_many.data,
    )


def form_page(
    form: SourceForm, source: PlanSource | None, status: int = 200, meanwhile: str = ""
) -> ResponseReturnValue:
    page = render_template("actions/source_form.html", form=form, source=source, meanwhile=meanwhile)
    return make_response(page, status)
