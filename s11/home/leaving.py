"""Taking the name and address of somebody who left out of everything that is still open."""

from s11.access import personal as access
from s11.actions import personal as actions
from s11.challenge import personal as challenge
from s11.core.database import db
from s11.core.errors import DomainError
from s11.desk import personal as desk
from s11.evidence import personal as evidence
from s11.evidence.requests import personal as evidence_requests
from s11.moderation import personal as moderation
from s11.notices import personal as notices
from s11.packs import personal as packs
from s11.people import personal as people
from s11.people.models import Person
from s11.questionnaires import personal as questionnaires
from s11.register import personal as register
from s11.returns import personal as returns
from s11.trail.operations import record

ROOMS = (
    access, questionnaires, register, evidence, evidence_requests, returns, desk, moderation, actions,
    challenge, packs,
)  # fmt: skip


def why_not(person: Person) -> str:
    """Why somebody's name cannot be taken out now, as a sentence; nothing when it can."""
    if person.pseudonymised_at is not None:
        return f"The name was taken out already: this is {person.name}."
    in_force = [membership for membership in person.memberships if membership.in_force]
    if in_force:
        places = ", ".join(f"{m.role_label.lower()} at {m.full_place}" for m in in_force)
        return f"{person.name} still has a role: {places}. End it first, then do this again."
    return ""


def check_has_left(person: Person) -> None:
    """Refuse for somebody who still has something to do here, or whose name is gone already."""
    if reason := why_not(person):
        raise DomainError(reason)


def pseudonymise(person: Person, *, by: Person | None) -> str:
    """Let a leaver go under a name that says nothing; gives that name. It cannot be taken back.

    What they declared with their name stays: signatures, sealed submissions and the trail, whose
    pages show the new name from now on.
    """
    check_has_left(person)
    name = person.name
    known_as = people.pseudonym_of(person)
    # Where only a name was kept, another person of that name must not lose theirs.
    own_name = "" if people.has_namesake(name, but=person) else name
    for room in ROOMS:
        room.forget(person, name=own_name, known_as=known_as)
    notices.forget(person, name=own_name, known_as=known_as)
    people.forget(person)
    db.session.flush()
    record("person:name:removed", person.id, by=by, after={"known_as": known_as})
    return known_as
