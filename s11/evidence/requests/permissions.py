"""Who asks for evidence, who answers, who judges. What is not sent yet is the organisation's alone."""

from s11.evidence.requests.models import EvidenceRequest
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.people.rules import LEADS, OFFICE, TRUST_ROLES, Role
from s11.register.permissions import KINDS_OF_ADVISER

READERS = OFFICE | {Role.CHAIR, Role.QUALITY, Role.INSPECTOR}


def kinds_seen(person: Person, partnership_id: int) -> frozenset[str] | None:
    """Of which kinds of organisation somebody sees the requests; None for all, an empty set for none."""
    roles = person.roles_for(partnership_id)
    if roles & READERS:
        return None
    return frozenset(kind for role in roles for kind in KINDS_OF_ADVISER.get(role, frozenset()))


def kinds_asked(person: Person, partnership_id: int) -> frozenset[str] | None:
    """Of which kinds somebody may ask for evidence."""
    roles = person.roles_for(partnership_id)
    if roles & OFFICE:
        return None
    return frozenset(kind for role in roles for kind in KINDS_OF_ADVISER.get(role, frozenset()))


def can_see_any(person: Person) -> bool:
    """Whether the list is for this person at all."""
    return any(kinds_seen(person, place) != frozenset() for place in person.partnership_ids)


def can_ask_any(person: Person) -> bool:
    return any(kinds_asked(person, place) != frozenset() for place in person.partnership_ids)


def can_ask(person: Person, organisation: Organisation) -> bool:
    """Whether somebody may ask this organisation, from one of the partnerships it sits in."""
    return any(
        (kinds := kinds_asked(person, place)) is None or organisation.kind in kinds
        for place in person.partnership_ids
        if place in organisation.seated_in
    )


def can_see_of(person: Person, organisation: Organisation) -> bool:
    """Whether the list of one organisation's requests is for somebody: its people, and who sees them."""
    if person.roles_at(organisation.id):
        return True
    return any(
        (kinds := kinds_seen(person, place)) is None or organisation.kind in kinds
        for place in person.partnership_ids
        if place in organisation.seated_in
    )


def can_see(person: Person, request_: EvidenceRequest) -> bool:
    """The people of the organisation, and whoever of the partnership sees its requests."""
    return belongs(person, request_) or reads_for_board(person, request_)


def belongs(person: Person, request_: EvidenceRequest) -> bool:
    here = person.working_in in (None, request_.partnership_id)
    return here and bool(person.roles_at(request_.organisation_id))


def reads_for_board(person: Person, request_: EvidenceRequest) -> bool:
    kinds = kinds_seen(person, request_.partnership_id)
    return kinds is None or request_.organisation.kind in kinds


def can_answer(person: Person, request_: EvidenceRequest) -> bool:
    """The safeguarding leads, and the person it was asked of."""
    if not belongs(person, request_):
        return False
    roles = person.roles_at(request_.organisation_id)
    return bool(roles & (LEADS | TRUST_ROLES)) or request_.of_person_id == person.id


def can_judge(person: Person, request_: EvidenceRequest) -> bool:
    """Whoever may ask; never somebody of the organisation that answers."""
    kinds = kinds_asked(person, request_.partnership_id)
    asks = kinds is None or request_.organisation.kind in kinds
    return asks and request_.organisation_id not in person.bound_to
