"""Adding an action, by itself or where a gap was found."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, permissions, queries
from s11.actions.forms import ActionForm, choices
from s11.actions.forms.adding import MORE_OWNERS, MORE_STEPS, SHOW
from s11.actions.models import Action, PlanSource
from s11.actions.reminding.telling import tell_owner
from s11.actions.rules import SOURCE_LABELS, WITH_RECOMMENDATIONS, MilestoneDraft
from s11.actions.views.blueprint import blueprint
from s11.actions.views.filling import blame_rows, offer_recommendations, room_for_more, ticked
from s11.actions.views.occasions import Occasion, occasion_asked
from s11.actions.views.places import Place, finder, places_of_person
from s11.core.errors import Invalid
from s11.web.guards import signed_in, turn_away
from s11.web.kept import resumable

ASK_TO_TICK = "Tick which of these recommendations it answers, or leave them and save again."


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(permissions.can_open_form)
@resumable
def new() -> ResponseReturnValue:
    """Add an action for an organisation of one's own, or as the office for any at the table and the Board.

    With a gap, a moderated criterion or a request for evidence named in the address it is an action of
    that organisation; with a review it answers what is ticked there.
    """
    occasion = occasion_asked()
    if occasion is not None and not occasion.may:
        turn_away(403, occasion.thing, occasion.thing.ref)
    places = places_of_person() if occasion is None else [occasion.place]
    if not places:
        turn_away(404)
    form, reviews = form_for(places, occasion)
    if request.method != "POST":
        return first_page(form, places, occasion, reviews)
    review = reviews.get(form.source.data or "")
    has_been_shown = review is None or form.shown.data == review.ref
    offer_recommendations(form, review)
    if request.form.get("go") in (MORE_OWNERS, MORE_STEPS, SHOW):
        room_for_more(form, request.form["go"])
        return new_page(form, places, occasion, review)
    fits = form.validate()
    if review is not None and form.answers.choices and not has_been_shown:
        form.answers.errors = [ASK_TO_TICK]
        fits = False
    if not fits:
        return new_page(form, places, occasion, review, 422)
    _, _, partnership, organisation = next(place for place in places if place[0] == form.place.data)
    if occasion is None and not permissions.can_create(
        current_user, partnership.id, organisation.id if organisation else None
    ):
        turn_away(403)
    try:
        added = add(form, (partnership, organisation), occasion, review)
    except Invalid as refusal:
        blame_rows(form, refusal)
        return new_page(form, places, occasion, review, 422)
    told = tell_owner(added, "action_given", by=current_user._get_current_object())
    hears = f"{added.owner_name} hears of it by mail." if told else ""
    flash(
        " ".join(part for part in ("The action is in the plan.", hears, form.understood) if part), "success"
    )
    return redirect(occasion.shows(added) if occasion else shown_at(added), 303)


def add(form: ActionForm, place: tuple, occasion: Occasion | None, review: PlanSource | None) -> Action:
    """Put what the form says into the plan. Raises Invalid with the field."""
    partnership, organisation = place
    if review is not None and review.partnership_id != partnership.id:
        raise Invalid("Choose a review of the same Board.", field="source")
    return operations.add(
        partnership,
        organisation,
        source=review.kind if review else form.source.data,
        source_title="" if review else form.source_title.data or "",
        recommendation="" if review else form.recommendation.data or "",
        plan_source=review,
        answers=ticked(form, review),
        text=form.text.data or "",
        outcome=form.outcome.data or "",
        evidence_expected=form.evidence_expected.data or "",
        mechanism=form.mechanism.data or "",
        priority=form.priority.data or "",
        resources=form.resources.data or "",
        contingency=form.contingency.data or "",
        theme=form.theme.data or "",
        owner_name=form.owner_name.data or "",
        owner_role=form.owner_role.data or "",
        due_on=form.due_on.day,
        owners=form.drafts(),
        milestones=[MilestoneDraft(row.text.data or "", row.due_on.day) for row in form.milestones.filled],
        cycle=occasion.cycle if occasion else None,
        evidence_request=occasion.evidence_request if occasion else None,
        standard_key=occasion.standard_key if occasion else "",
        criterion_key=occasion.criterion_key if occasion else "",
        by=current_user._get_current_object(),
    )


def form_for(places: list[Place], occasion: Occasion | None) -> tuple[ActionForm, dict[str, PlanSource]]:
    """The form with what may be chosen in it, and the reviews among that by their refs."""
    form = ActionForm()
    form.place.choices = choices(((key, label) for key, label, *_ in places), first="Choose whose it is")
    boards = {board.id for _, _, board, _ in places}
    form.find = finder(sorted(boards))
    reviews = {
        one.ref: one
        for one in (queries.sources_visible_to(current_user) if occasion is None else [])
        if one.partnership_id in boards
    }
    unlisted = {
        kind: f"{label} that is not in the list" if kind in WITH_RECOMMENDATIONS and reviews else label
        for kind, label in SOURCE_LABELS.items()
    }
    form.source.choices = choices(unlisted)
    if reviews:
        form.source.choices = {
            "Reviews, inspections and audits": choices((ref, one.title) for ref, one in reviews.items()),
            "Something else": choices(unlisted),
        }
    if occasion is not None:
        occasion.fill(form)
    return form, reviews


def first_page(
    form: ActionForm, places: list[Place], occasion: Occasion | None, reviews: dict[str, PlanSource]
) -> ResponseReturnValue:
    """The form as it is opened: with the review and the recommendations that the address names."""
    form.place.data = places[0][0] if len(places) == 1 else ""
    review = reviews.get(request.args.get("review", ""))
    if review is not None:
        form.source.data = review.ref
    offer_recommendations(form, review)
    form.answers.data = request.args.getlist("recommendation")
    return new_page(form, places, occasion, review)


def new_page(
    form: ActionForm,
    places: list[Place],
    occasion: Occasion | None,
    review: PlanSource | None,
    status: int = 200,
) -> ResponseReturnValue:
    """The form for a new action; who has one place only is not asked which."""
    form.owners.leave_room()
    form.milestones.leave_room()
    form.shown.data = review.ref if review else ""
    writes = permissions.can_write_sources(current_user)
    page = render_template(
        "actions/new.html",
        form=form,
        only=places[0][1] if len(places) == 1 else "",
        occasion=occasion,
        review=review,
        organisations=[one.name for *_, one in places if one is not None],
        themes=queries.themes_in_use(places[0][2].id) if writes else [],
        more=(MORE_OWNERS, MORE_STEPS, SHOW),
    )
    return make_response(page, status)


def shown_at(added: Action) -> str:
    return url_for("actions.action", ref=added.ref)
