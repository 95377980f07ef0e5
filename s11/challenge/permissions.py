"""Who sees a challenge day, who plans it and who records what came of it."""

from s11.challenge.live.queries import takes_notes
from s11.challenge.models import ChallengeDay, Outcome
from s11.cycles import permissions as cycles
from s11.cycles.models import Cycle
from s11.people.models import Person
from s11.people.rules import BOARD_ROLES, OFFICE, Role

RECORDERS = OFFICE | {Role.CHAIR}
# Who of the Board may besides be asked to take the notes of one day.
NOTE_TAKERS = frozenset({Role.MODERATOR, Role.QUALITY})


def can_see_any(person: Person) -> bool:
    """Challenge days belong to the Board; agencies get theirs as paper and as actions."""
    return any(Role(m.role) in BOARD_ROLES for m in person.current)


def can_see(person: Person, day: ChallengeDay) -> bool:
    return cycles.can_see(person, day.cycle)


def can_see_outcome(person: Person, outcome: Outcome) -> bool:
    return can_see(person, outcome.day)


def can_record(person: Person, day: ChallengeDay) -> bool:
    """The office and the chair plan a day, prepare its questions and write down what came of it."""
    return bool(person.roles_for(day.cycle.partnership_id) & RECORDERS)


def can_invite(person: Person, day: ChallengeDay) -> bool:
    """Mail to organisations is sent by the office."""
    return bool(person.roles_for(day.cycle.partnership_id) & OFFICE)


def can_plan_any(person: Person) -> bool:
    return any(Role(m.role) in RECORDERS for m in person.current)


def can_plan(person: Person, cycle: Cycle) -> bool:
    return bool(person.roles_for(cycle.partnership_id) & RECORDERS)


def can_take_notes(person: Person, day: ChallengeDay) -> bool:
    """Who writes the record as it happens: the office, the chair, and whoever of the Board is named as one
    who records on this day."""
    held = person.roles_for(day.cycle.partnership_id)
    return bool(held & RECORDERS) or bool(held & NOTE_TAKERS and takes_notes(person.id, day.id))
