"""Who leads an action and who has a part in it."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from s11.actions import operations, pages, permissions, queries
from s11.actions.forms import HandOverForm, OwnerForm, VersionedForm, choices
from s11.actions.models import Action
from s11.actions.views.acting import Mistakes, done, refused
from s11.actions.views.blueprint import blueprint
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.get("/<ref>/owners")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_hand_over)
def owners(action: Action) -> ResponseReturnValue:
    """Give an action to somebody else, and say who has a part in it."""
    return owners_page(action)


@blueprint.post("/<ref>/owners/lead")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_hand_over)
@resumable
def hand_over(action: Action) -> ResponseReturnValue:
    """Another person leads it."""
    form = HandOverForm()

    def give() -> None:
        operations.hand_over(
            action,
            name=form.name.data or "",
            role=form.role.data or "",
            reason=form.reason.data or "",
            by=current_user._get_current_object(),
            version=form.version.data,
        )

    refusal = refused(action, form, give, words=form.reason.data or "", otherwise="name")
    if refusal is None:
        return done(action, f"{action.owner_name} leads this action now.")
    return owners_page(action, lead=form, refusal=refusal)


@blueprint.post("/<ref>/owners/add")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_hand_over)
@resumable
def add_owner(action: Action) -> ResponseReturnValue:
    """Somebody else has a part in it, too."""
    form, places = OwnerForm(prefix="other-"), places_of(action)
    form.organisation.choices = places_to_choose(action, places)
    if not form.organisation.data:
        form.organisation.data = form.organisation.choices[0].value

    def take_in() -> None:
        operations.add_owner(
            action,
            name=form.name.data or "",
            role=form.role.data or "",
            organisation=places.get(form.organisation.data or ""),
            by=current_user._get_current_object(),
            version=form.version.data,
        )

    refusal = refused(action, form, take_in, words=form.name.data or "", otherwise="name")
    if refusal is None:
        return done(action, f"{form.name.data} has a part in this action.")
    return owners_page(action, other=form, refusal=refusal)


@blueprint.post("/<ref>/owners/<owner>/remove")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_hand_over)
def remove_owner(action: Action, owner: str) -> ResponseReturnValue:
    """Somebody has no part in it any more."""
    found = queries.owner_of(action, owner)
    if found is None:  # pressed twice: they are gone already
        return redirect(url_for("actions.owners", ref=action.ref), 303)
    form = VersionedForm()
    who = found.name or found.role

    def leave() -> None:
        operations.remove_owner(
            action, found, by=current_user._get_current_object(), version=form.version.data
        )

    refusal = refused(action, form, leave, words=who, otherwise="version")
    if refusal is None:
        return done(action, f"{who} has no part in this action any more.")
    return owners_page(action, refusal=refusal)


def places_of(action: Action) -> dict[str, Organisation]:
    """The organisations an owner may belong to, by ref: all at the table for who may name them."""
    if permissions.can_name_organisations(current_user, action):
        return {one.ref: one for one in organisations.seated(action.partnership_id)}
    return {action.organisation.ref: action.organisation} if action.organisation else {}


def places_to_choose(action: Action, places: dict[str, Organisation]) -> list[SelectChoice]:
    own = action.organisation
    first = [(own.ref, own.name)] if own else [("board", action.partnership.name)]
    others = [(one.ref, one.name) for one in places.values() if own is None or one.id != own.id]
    board = [("board", action.partnership.name)] if own and len(places) > 1 else []
    return choices([*first, *board, *others])


def owners_page(
    action: Action,
    *,
    lead: HandOverForm | None = None,
    other: OwnerForm | None = None,
    refusal: tuple[int, Mistakes] = (200, []),
) -> ResponseReturnValue:
    status, extra = refusal
    if other is None:
        other = OwnerForm(formdata=None, prefix="other-")
        other.organisation.choices = places_to_choose(action, places_of(action))
        other.organisation.data = other.organisation.choices[0].value
    lead = lead or HandOverForm(formdata=None)
    said = pages.timeline(action, queries.updates(action.id))
    page = render_template(
        "actions/owners.html",
        action=action,
        lead=lead,
        other=other,
        mistakes=[*lead.mistakes, *other.mistakes, *extra],
        meanwhile=said[0] if status == 412 else None,
        back=url_for("actions.action", ref=action.ref),
    )
    return make_response(page, status)
