"""Whose mail the office looks after."""

from s11.notices.models import Notice
from s11.people.models import Person
from s11.people.rules import OFFICE, Role


def office_of(person: Person) -> int | None:
    """The partnership in whose office somebody works, by id."""
    for membership in person.current:
        if Role(membership.role) in OFFICE and membership.partnership_id is not None:
            return membership.partnership_id
    return None


def can_see_any(person: Person) -> bool:
    """The outbox and the words of mails are the office's."""
    return office_of(person) is not None


def can_see(person: Person, notice: Notice) -> bool:
    """A mail of one's own partnership. What belongs to none, such as a new password, nobody sees."""
    return notice.partnership_id is not None and bool(person.roles_for(notice.partnership_id) & OFFICE)
