"""What a review recommends: pasted, changed, moved and taken out."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, pages, permissions, queries
from s11.actions.forms import PastingForm, RecommendationForm, choices
from s11.actions.models import PlanSource, Recommendation
from s11.actions.operations import RecommendationDetails
from s11.actions.pages.sources import NO_LONGER, Testable
from s11.actions.rules import pasted_recommendations, themes_of
from s11.actions.views.blueprint import blueprint
from s11.core.errors import DomainError, Invalid, Stale
from s11.questionnaires import queries as questionnaires
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable

# What the form holds as the recommendation does.
PLAIN = (
    "version", "number", "text", "finding", "context", "practice_standard", "response", "not_accepted",
)  # fmt: skip


@blueprint.route("/reviews/<ref>/recommendations", methods=["GET", "POST"])
@guard(queries.source_by_ref, see=permissions.can_see_source, may=permissions.can_write_source)
@resumable
def new_recommendations(source: PlanSource) -> ResponseReturnValue:
    """Add what a review recommends, one or many at once."""
    form = PastingForm()
    if not form.is_submitted():
        return pasting_page(source, form)
    if not form.validate():
        return pasting_page(source, form, 422)
    pasted = pasted_recommendations(form.pasted.data or "")
    try:
        operations.add_recommendations(source, pasted, by=current_user._get_current_object())
    except Invalid as refusal:
        blame(form, refusal, otherwise="pasted")
        return pasting_page(source, form, 422)
    flash(f"{plural(len(pasted), 'recommendation')} added. Check them below.", "success")
    return redirect(url_for("actions.source", ref=source.ref, _anchor="recommendations"), 303)


def pasting_page(source: PlanSource, form: PastingForm, status: int = 200) -> ResponseReturnValue:
    page = render_template("actions/recommendations_new.html", source=source, form=form)
    return make_response(page, status)


@blueprint.route("/recommendations/<ref>/change", methods=["GET", "POST"])
@guard(queries.recommendation_by_ref, see=permissions.can_write_recommendation)
@resumable
def change_recommendation(recommendation: Recommendation) -> ResponseReturnValue:
    """Correct a recommendation, say its themes, what tests it, and whether it is accepted."""
    form, groups = form_for(recommendation)
    if not form.is_submitted():
        form.process(data={name: getattr(recommendation, name) for name in PLAIN})
        form.themes.data = "\n".join(one.theme for one in recommendation.themes)
        form.tests.data = [one.criterion_key for one in recommendation.tests]
        return change_page(recommendation, form, groups)
    if not form.validate():
        return change_page(recommendation, form, groups, 422)
    known = queries.themes_in_use(recommendation.partnership_id)
    details = RecommendationDetails(
        number=form.number.data or "",
        text=form.text.data or "",
        themes=themes_of(form.themes.data or "", known),
        finding=form.finding.data or "",
        context=form.context.data or "",
        practice_standard=form.practice_standard.data or "",
        response=form.response.data or "",
        not_accepted=form.not_accepted.data or "",
        tests=form.tests.data or (),
    )
    by = current_user._get_current_object()
    try:
        operations.change_recommendation(recommendation, details, version=form.version.data, by=by)
    except Stale as refusal:
        form.version.raw_data, form.version.data = None, recommendation.version
        return change_page(recommendation, form, groups, 412, meanwhile=refusal.sentence)
    except Invalid as refusal:
        blame(form, refusal, otherwise="text")
        return change_page(recommendation, form, groups, 422)
    flash("Saved.", "success")
    return redirect(at(recommendation), 303)


def form_for(recommendation: Recommendation) -> tuple[RecommendationForm, list[Testable]]:
    """The form with the criteria that can be chosen: of the newest editions, and what is chosen already."""
    editions = queries.newest_editions(recommendation.partnership_id)
    groups = pages.testable([questionnaires.content(one) for one in editions])
    offered = dict(pair for group in groups for pair in group.criteria)
    gone = [one.criterion_key for one in recommendation.tests if one.criterion_key not in offered]
    if gone:
        words = NO_LONGER[0].upper() + NO_LONGER[1:]
        groups.append(
            Testable("Earlier questionnaires", "Chosen before", tuple((key, words) for key in gone))
        )
    form = RecommendationForm()
    form.tests.choices = choices(pair for group in groups for pair in group.criteria)
    return form, groups


def change_page(
    recommendation: Recommendation,
    form: RecommendationForm,
    groups: list[Testable],
    status: int = 200,
    meanwhile: str = "",
) -> ResponseReturnValue:
    page = render_template(
        "actions/recommendation.html",
        recommendation=recommendation,
        source=recommendation.source,
        form=form,
        groups=groups,
        themes=queries.themes_in_use(recommendation.partnership_id),
        meanwhile=meanwhile,
    )
    return make_response(page, status)


@blueprint.post("/recommendations/<ref>/move")
@guard(queries.recommendation_by_ref, see=permissions.can_write_recommendation)
def move_recommendation(recommendation: Recommendation) -> ResponseReturnValue:
    """Let a recommendation change places with the one above or below it."""
    up = request.form.get("direction") == "up"
    operations.move_recommendation(recommendation, up=up, by=current_user._get_current_object())
    return redirect(at(recommendation), 303)


@blueprint.route("/recommendations/<ref>/remove", methods=["GET", "POST"])
@guard(queries.recommendation_by_ref, see=permissions.can_write_recommendation)
def remove_recommendation(recommendation: Recommendation) -> ResponseReturnValue:
    """Take a recommendation out of its review, once that is confirmed."""
    if request.method != "POST":
        return render_template(
            "actions/recommendation_remove.html", recommendation=recommendation, source=recommendation.source
        )
    source = recommendation.source
    try:
        operations.remove_recommendation(recommendation, by=current_user._get_current_object())
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return redirect(at(recommendation), 303)
    flash("The recommendation is taken out.", "success")
    return redirect(url_for("actions.source", ref=source.ref), 303)


def at(recommendation: Recommendation) -> str:
    """The address of a recommendation on the page of its review."""
    anchor = f"recommendation-{recommendation.ref}"
    return url_for("actions.source", ref=recommendation.source.ref, _anchor=anchor)
