"""Who gives the second rating, who gives out returns, who sees what was rated, and who replies."""

from s11.cycles import permissions as cycles
from s11.cycles.models import Cycle
from s11.moderation import queries
from s11.moderation.models import Assignment
from s11.moderation.rules import OPEN
from s11.people.models import Person
from s11.people.rules import LEADS, Role
from s11.returns.models import Return
from s11.returns.rules import RETURNED, Stage

MODERATORS = frozenset({Role.BUSINESS_MANAGER, Role.CHAIR, Role.MODERATOR})
ADVISERS = frozenset({Role.EDUCATION_ADVISER, Role.EARLY_YEARS_ADVISER})
SHOWN_TO_AGENCY = frozenset({Stage.MODERATED, Stage.CLOSED})


def is_own(person: Person, return_: Return) -> bool:
    """Whether somebody belongs to the organisation, or to the trust it is part of."""
    organisation = return_.organisation
    return organisation.id in person.bound_to or organisation.parent_id in person.bound_to


def moderates(person: Person, return_: Return) -> bool:
    """A moderating role at the cycle's partnership, never one's own return, and never that of an
    organisation one said to be too near to; whether it can be moderated now is the stage's affair."""
    return (
        not is_own(person, return_)
        and moderates_in(person, return_.cycle)
        and not queries.stands_aside(person.id, return_)
    )


def moderates_any(person: Person) -> bool:
    """Whether somebody has a role in which they moderate."""
    return any(Role(m.role) in MODERATORS | ADVISERS for m in person.current)


def moderates_in(person: Person, cycle: Cycle) -> bool:
    """Whether somebody gives second ratings in a cycle, or is the adviser whose audit it is."""
    roles = person.roles_for(cycle.partnership_id)
    return bool(roles & MODERATORS) or bool(roles & ADVISERS and cycles.can_see(person, cycle))


def can_moderate(person: Person, return_: Return) -> bool:
    """Whether somebody may moderate and the return is in and not closed."""
    return Stage(return_.stage) in OPEN and moderates(person, return_)


def opens_moderation(person: Person, return_: Return) -> bool:
    """The Board while a return is in; the agency itself once moderation is finished.

    Whoever has still to rate it by themselves is led to their own page from there: `can_see_moderation`.
    """
    stage = Stage(return_.stage)
    if is_own(person, return_):
        return stage in SHOWN_TO_AGENCY
    return stage in RETURNED and cycles.can_see(person, return_.cycle)


def can_see_moderation(person: Person, return_: Return) -> bool:
    """Whether somebody may see what others rated: as `opens_moderation`, but for whoever was given the
    return and has not finished rating it by themselves."""
    return opens_moderation(person, return_) and not queries.is_unfinished(person.id, return_)


def can_assign(person: Person, cycle: Cycle) -> bool:
    """The office gives out returns, and the adviser those of their own audit."""
    return cycles.can_change(person, cycle)


def assigns(person: Person, return_: Return) -> bool:
    """The same of one return: never one's own."""
    return can_assign(person, return_.cycle) and not is_own(person, return_)


def is_given(person: Person, assignment: Assignment) -> bool:
    """Whether an assignment is somebody's own, of a return that is in as it was given to them, in a role
    in which they moderate, and they did not stand aside."""
    return_ = assignment.return_
    return (
        assignment.person_id == person.id
        and assignment.declined_at is None
        and assignment.round == return_.round
        and Stage(return_.stage) in RETURNED
        and moderates(person, return_)
    )


def can_see_said(person: Person, return_: Return) -> bool:
    """What the moderators said, once moderation is finished: the agency's people, and the Board."""
    return Stage(return_.stage) in SHOWN_TO_AGENCY and can_see_moderation(person, return_)


def replies(person: Person, return_: Return) -> bool:
    """The agency's lead and deputy answer for it; whether now is a matter of the day."""
    return bool(person.roles_at(return_.organisation_id) & LEADS)
