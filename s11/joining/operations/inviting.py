"""Offering somebody a role, by a link in a mail; sending it again; taking it back."""

from dataclasses import dataclass
from datetime import date

from flask import current_app

from s11.access.models import Link
from s11.access.operations import links
from s11.access.rules import Purpose
from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.joining import permissions, queries
from s11.joining.permissions import Place
from s11.joining.rules import CHAIR_IS_TOLD, INVITATION_LASTS, RESEND_AFTER, name_fault, until_fault
from s11.notices import operations as notices
from s11.organisations.models import Organisation, Partnership
from s11.people import operations as people
from s11.people.models import Membership, Person
from s11.people.rules import ROLE_LABELS, Role, canonical_address
from s11.trail.operations import record


@dataclass(frozen=True)
class Wanted:
    """Whom to invite, and as what."""

    name: str
    email: str
    role: Role
    job_title: str = ""
    signs_as: str = ""
    until: date | None = None


def invite(place: Place, wanted: Wanted, *, by: Person | None) -> Membership:
    """Offer somebody a role at a place; they get a link by which they take it up.

    An unknown address becomes a person without a password, who cannot sign in. Whether the address
    was known shows nowhere. Offering the same again sends a new link; `by` is None for a command.
    """
    check(place, wanted, by=by)
    person = people.add(name=wanted.name, email=wanted.email, by=by)
    queries.hold(person.id)
    membership = same_role(person, place, wanted)
    if membership is not None and membership.in_force:
        raise Invalid(f"{person.name} holds this role here already.", field="email")
    if membership is None:
        membership = people.give_role(
            person,
            wanted.role,
            at=place,
            job_title=wanted.job_title,
            signs_as=wanted.signs_as,
            until=wanted.until,
            pending=True,
        )
    else:
        membership.job_title, membership.until = wanted.job_title, wanted.until
    record_offer("person:role:offered", membership, by=by, name=wanted.name)
    send(membership, name=wanted.name, by=by)
    tell_the_chair(membership, by=by)
    return membership


def check(place: Place, wanted: Wanted, *, by: Person | None) -> None:
    """Refuse an offer that cannot be made."""
    fault = name_fault(wanted.name)
    if fault:
        raise Invalid(fault, field="name")
    if by is not None:
        if canonical_address(wanted.email) == by.email:
            raise Invalid(
                "That is your own address. Somebody else has to give you a further role.", field="email"
            )
        if wanted.role not in permissions.given_at(by, place):
            raise Invalid("Choose one of the roles you may give here.", field="role")
    if wanted.signs_as and wanted.role is not Role.SIGNATORY:
        raise Invalid(
            "Only a signatory signs as somebody: choose that role, or no signature.", field="signs_as"
        )
    fault = until_fault(wanted.role, wanted.until, clock.today())
    if fault:
        raise Invalid(fault, field="until")


def same_role(person: Person, place: Place, wanted: Wanted) -> Membership | None:
    """The role somebody holds or was offered at a place already, if it is the same."""
    partnership_id = place.id if isinstance(place, Partnership) else None
    organisation_id = place.id if isinstance(place, Organisation) else None
    for held in person.memberships:
        at_place = (held.partnership_id, held.organisation_id) == (partnership_id, organisation_id)
        same = at_place and held.role == wanted.role and held.signs_as == wanted.signs_as
        if same and (held.in_force or (held.pending and held.ended_on is None)):
            return held
    return None


def send(membership: Membership, *, name: str, by: Person | None) -> None:
    """Put the invitation into the outbox, with a new link; an earlier one is dead from now on."""
    token = links.make(
        Purpose.INVITATION,
        membership.person,
        lasts=INVITATION_LASTS,
        by=by,
        membership=membership,
        name=name.strip(),
    )
    address = current_app.config["S11"].address
    last_day = clock.local(clock.now() + INVITATION_LASTS)
    notices.queue(
        to_address=membership.person.email,
        to_name=name.strip(),
        subject="You are invited to the safeguarding self-assessment",
        body=(
            f"Dear {name.strip()},\n\n"
            f"You are invited to {membership.full_place} as {membership.role_label.lower()}, in the service "
            "in which the safeguarding partnership asks how well children are kept safe.\n\n"
            f"To answer, open this link:\n\n{address}/join/{token}\n\n"
            f"It works once, until {last_day.day} {last_day:%B %Y}, and is meant for you alone: do not pass "
            "it on. If you did not expect it, do nothing.\n"
        ),
        organisation_id=membership.organisation_id,
        partnership_id=only_partnership_of(membership),
    )


def only_partnership_of(membership: Membership) -> int | None:
    """The partnership whose office looks after mail about a role: the only one it has to do with."""
    (only,) = membership.partnership_ids if len(membership.partnership_ids) == 1 else (None,)
    return only


def resend(membership: Membership, *, by: Person) -> None:
    """Send an invitation again, with a new link: an earlier one is dead from now on."""
    last = last_link_of(membership)
    if clock.now() - last.made_at < RESEND_AFTER:
        raise DomainError("This invitation was sent a moment ago. Wait a minute before you send it again.")
    record_offer("person:invitation:resent", membership, by=by, name=last.name)
    send(membership, name=last.name, by=by)


def withdraw(membership: Membership, *, by: Person) -> None:
    """Take an invitation back: its link is dead from now on."""
    last = last_link_of(membership)
    links.withdraw_all(Purpose.INVITATION, membership.person, membership=membership)
    membership.ended_on = clock.today()
    record_offer("person:invitation:withdrawn", membership, by=by, name=last.name)


def last_link_of(membership: Membership) -> Link:
    """The last link of an offer that is still one."""
    link = queries.last_link(membership.id)
    if link is None or not membership.pending or membership.ended_on is not None:
        raise DomainError("This invitation has been taken up or taken back meanwhile. See how it stands now.")
    return link


def tell_the_chair(membership: Membership, *, by: Person | None) -> None:
    """Tell whoever chairs a partnership that somebody was given a role at its table."""
    if membership.partnership is None or Role(membership.role) not in CHAIR_IS_TOLD:
        return
    address = current_app.config["S11"].address
    for chair in queries.holding(Role.CHAIR, membership.partnership.id):
        if chair.person_id == membership.person_id or (by is not None and chair.person_id == by.id):
            continue
        notices.queue(
            to_address=chair.person.email,
            to_name=chair.person.name,
            subject="A role at your partnership has been given",
            body=(
                f"Dear {chair.person.name},\n\n"
                f"Somebody has been given or offered the role “{ROLE_LABELS[Role(membership.role)]}” at "
                f"{membership.full_place}. As its chair you are told of every such role.\n\n"
                f"Who it is:\n\n{address}/partnerships/{membership.partnership.ref}/people\n"
            ),
            partnership_id=membership.partnership_id,
        )


def record_offer(tag: str, membership: Membership, *, by: Person | None, name: str) -> None:
    record(
        tag,
        membership.person_id,
        by=by,
        partnership_id=membership.partnership_id,
        organisation_id=membership.organisation_id,
        after={"role": membership.role, "signs_as": membership.signs_as, "name": name.strip()},
    )
