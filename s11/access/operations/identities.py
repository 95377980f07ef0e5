"""Outside identities: whom a provider means, and linking its account with somebody here."""

from s11.access import queries
from s11.access.models import Identity
from s11.access.outside_rules import Told
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.notices.operations import queue
from s11.people import queries as people
from s11.people.models import Person
from s11.trail.operations import record


def person_of_identity(told: Told, *, service: str) -> Person:
    """Whom a provider means.

    Known by the provider's own number, whatever their address has become there. The first time, and
    only then, by an address the provider vouches for: then the two accounts are linked. `service` is
    this service's address, for the mail.
    """
    known = queries.identity_of(told.issuer, told.subject)
    person = known.person if known is not None else _person_of_address(told)
    if not person.active:
        raise Invalid(_unknown(told))
    if known is None:
        _link(person, told, service=service)
    return person


def unlink(identity: Identity, *, by: Person, name: str) -> None:
    """Let an outside account no longer open somebody's account here. `name` is the provider's."""
    record(
        "person:identity:unlinked",
        identity.person_id,
        by=by,
        before={"provider": name},
    )
    person = identity.person
    queue(
        to_address=person.email,
        to_name=person.name,
        subject=f"{name} no longer opens your account",
        body=f"Dear {person.name},\n\nThe link between your account and the {name} account {identity.email} "
        "was removed.\n\nIf this was not you, tell your partnership office at once.\n",
    )
    db.session.delete(identity)


def _person_of_address(told: Told) -> Person:
    if not told.vouched:
        raise Invalid(
            f"{told.name} did not say for certain that the address {told.email or 'of your account'} is "
            "yours, so you were not signed in. Sign in with your password, or ask the partnership office."
        )
    person = people.by_address(told.email)
    if person is None:
        raise Invalid(_unknown(told))
    if any(identity.issuer == told.issuer for identity in queries.identities_of(person)):
        # Addresses are given anew when somebody leaves: the newcomer is not who had it before.
        raise Invalid(
            f"The account here for {told.email} belongs to another {told.name} account. If both are yours, "
            "sign in with your password and remove the old one under “Your account”; otherwise ask the "
            "partnership office."
        )
    return person


def _link(person: Person, told: Told, *, service: str) -> None:
    db.session.add(
        Identity(
            person_id=person.id,
            provider=told.provider,
            issuer=told.issuer,
            subject=told.subject,
            email=told.email,
            linked_at=clock.now(),
        )
    )
    record("person:identity:linked", person.id, by=person, after={"provider": told.name})
    queue(
        to_address=person.email,
        to_name=person.name,
        subject=f"You can now sign in with {told.name}",
        body=f"Dear {person.name},\n\nSomebody signed in to your account with the {told.name} account "
        f"{told.email}. From now on that account opens yours.\n\n"
        "If this was not you, tell your partnership office at once. "
        f"You can remove the link on {service}/account/linked.\n",
    )


def _unknown(told: Told) -> str:
    return (
        f"{told.name} knows you as {told.email or 'somebody without an address'}, and nobody with that "
        "address can sign in here. Ask your safeguarding lead or the partnership office for an invitation."
    )
