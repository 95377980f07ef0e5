"""One person at one place: what they are here for, their invitation, and what can be done for them."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import operations as access
from s11.access.operations import factors, passwords
from s11.core.errors import Invalid
from s11.joining import operations, pages, permissions, queries
from s11.joining.forms import RoleForm
from s11.joining.rules import INVITATION_LASTS
from s11.joining.views.blueprint import blueprint
from s11.organisations.models import Organisation
from s11.people.models import Membership
from s11.people.rules import Role
from s11.web.forms import blame
from s11.web.guards import guard


def back_to(membership: Membership) -> str:
    """The page of the place, whoever looks."""
    place = permissions.place_of(membership)
    assert place is not None
    endpoint = "joining.of_organisation" if isinstance(place, Organisation) else "joining.of_partnership"
    return url_for(endpoint, ref=place.ref)


@blueprint.get("/members/<ref>")
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_change)
def member(membership: Membership) -> ResponseReturnValue:
    offer = next(iter(queries.offers([membership])), None)
    place = permissions.place_of(membership)
    return render_template(
        "joining/member.html",
        membership=membership,
        offer=offer,
        standing=pages.standing(offer) if offer else None,
        name=offer.link.name if offer else membership.person.name,
        role=pages.role_words(membership, queries.signing_steps(place) if place else {}),
        back=back_to(membership),
        may_change=permissions.can_change_another(current_user, membership) and membership.in_force,
        may_help=permissions.can_help_in(current_user, membership) and membership.in_force,
        has_second_step=factors.has_one(membership.person),
    )


@blueprint.post("/members/<ref>/resend")
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_change)
def resend(membership: Membership) -> ResponseReturnValue:
    operations.resend(membership, by=current_user._get_current_object())
    flash(
        f"The invitation has been sent again. It can be accepted for {INVITATION_LASTS.days} days; the link "
        "sent before no longer works.",
        "success",
    )
    return redirect(back_to(membership), 303)


@blueprint.post("/members/<ref>/withdraw")
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_change)
def withdraw(membership: Membership) -> ResponseReturnValue:
    operations.withdraw(membership, by=current_user._get_current_object())
    flash("The invitation has been taken back. Its link no longer works.", "success")
    return redirect(back_to(membership), 303)


@blueprint.post("/members/<ref>/reset")
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_change_another)
def reset(membership: Membership) -> ResponseReturnValue:
    """Have a link for a new password sent to the person; nobody else ever sees or sets it."""
    passwords.start_reset(membership.person, by=current_user._get_current_object())
    flash(f"A link to choose a new password has been sent to {membership.person.name}.", "success")
    return redirect(url_for(".member", ref=membership.ref), 303)


@blueprint.post("/members/<ref>/end-sign-ins")
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_help_in)
def end_sign_ins(membership: Membership) -> ResponseReturnValue:
    """For the day a laptop is stolen: whoever holds it has to sign in again."""
    access.end_all_of(membership.person, by=current_user._get_current_object())
    flash(f"{membership.person.name} has been signed out everywhere.", "success")
    return redirect(url_for(".member", ref=membership.ref), 303)


@blueprint.post("/members/<ref>/remove-second-step")
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_help_in)
def remove_second_step(membership: Membership) -> ResponseReturnValue:
    """For the day a telephone is lost and the recovery codes with it."""
    person = membership.person
    removed = factors.reset_factor(person, by=current_user._get_current_object())
    flash(
        f"The second step of {person.name} has been removed, and they were signed out everywhere."
        if removed
        else f"{person.name} has no second step to remove.",
        "success" if removed else "info",
    )
    return redirect(url_for(".member", ref=membership.ref), 303)


@blueprint.route("/members/<ref>/change", methods=["GET", "POST"])
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_change_another)
def change(membership: Membership) -> ResponseReturnValue:
    place = permissions.place_of(membership)
    assert place is not None
    form = RoleForm(
        obj=membership,
        roles=permissions.given_at(current_user, place),
        # A step that no questionnaire asks for any more can be kept.
        steps=pages.steps_with(membership.signs_as, place),
    )
    if request.method == "POST" and form.validate():
        try:
            operations.change(membership, **form.said, by=current_user._get_current_object())
        except Invalid as refusal:
            blame(form, refusal, otherwise="role")
        else:
            flash(f"Saved. {membership.person.name} has been told if their role is another now.", "success")
            return redirect(back_to(membership), 303)
    page = render_template(
        "joining/change.html", form=form, membership=membership, back=url_for(".member", ref=membership.ref)
    )
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.route("/members/<ref>/end", methods=["GET", "POST"])
@guard(queries.membership_by_ref, see=permissions.can_see, may=permissions.can_change)
def end(membership: Membership) -> ResponseReturnValue:
    """Asked once more, because it takes effect at once."""
    if request.method == "POST":
        back = back_to(membership)
        own = membership.person_id == current_user.id
        operations.end(membership, by=current_user._get_current_object())
        if own:
            flash(f"You are no longer {membership.role_label.lower()} at {membership.full_place}.", "success")
            return redirect(url_for("home.home"), 303)
        flash(f"{membership.person.name} has no access here any more from this role.", "success")
        return redirect(back, 303)
    return render_template(
        "joining/end.html",
        membership=membership,
        own=membership.person_id == current_user.id,
        leads_left=pages.leads_after(membership),
        is_trust_lead=membership.role == Role.TRUST_LEAD,
        back=url_for(".member", ref=membership.ref),
    )
