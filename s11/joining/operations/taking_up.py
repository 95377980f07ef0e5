"""What the invited person does: join with a password, take up a role, or decline it."""

from s11.access.models import Link
from s11.access.operations import links
from s11.access.rules import LINK_SPENT
from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.joining import queries
from s11.joining.operations.inviting import only_partnership_of, record_offer
from s11.joining.rules import has_account, name_fault
from s11.notices import operations as notices
from s11.notices.rules import Kind
from s11.people import operations as people
from s11.people.models import Membership, Person


def join(link: Link, *, name: str, password: str) -> Person:
    """Somebody new sets a password, says how they are called, and takes up what they were invited to."""
    person = link.person
    if has_account(person.password_hash, person.last_signed_in_at):
        # Whoever reads a mailbox must not get at an account that is there already.
        raise DomainError("You have an account here already. Sign in to accept the invitation.")
    fault = name_fault(name)
    if fault:
        raise Invalid(fault, field="name")
    membership = use(link)
    person.name = name.strip()
    people.set_password(person, password)
    people.take_up(membership)
    return person


def take_up(link: Link, *, by: Person) -> Membership:
    """Somebody who is signed in takes up what was offered to them."""
    membership = use_own(link, by=by)
    people.take_up(membership)
    return membership


def decline(link: Link, *, by: Person) -> Membership:
    """Somebody does not want what was offered to them; whoever offered it is told."""
    membership = use_own(link, by=by)
    membership.ended_on = clock.today()
    record_offer("person:invitation:declined", membership, by=by, name=link.name)
    inviter = queries.person(link.made_by_id)
    if inviter is not None and inviter.active:
        notices.queue(
            to_address=inviter.email,
            to_name=inviter.name,
            subject="An invitation was declined",
            body=(
                f"Dear {inviter.name},\n\n"
                f"Somebody you invited to {membership.full_place} as {membership.role_label.lower()} has "
                "declined. You can invite somebody else at any time.\n"
            ),
            kind=Kind.NEWS,
            organisation_id=membership.organisation_id,
            partnership_id=only_partnership_of(membership),
        )
    return membership


def use_own(link: Link, *, by: Person) -> Membership:
    if link.person_id != by.id:
        raise DomainError(LINK_SPENT)
    return use(link)


def use(link: Link) -> Membership:
    """Use a link up, and give the role it offers: still on offer, or refused."""
    links.use(link)
    membership = link.membership
    if membership is None or not membership.pending or membership.ended_on is not None:
        raise DomainError(LINK_SPENT)
    return membership
