"""Who gives the second rating, and who sees it."""

from s11.cycles import permissions as cycles
from s11.cycles.models import Cycle
from s11.moderation.rules import OPEN
from s11.people.models import Person
from s11.people.rules import Role
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
    """A moderating role at the cycle's partnership, and never one's own return; whether it can be
    moderated now is the stage's affair."""
    return not is_own(person, return_) and moderates_in(person, return_.cycle)


def moderates_in(person: Person, cycle: Cycle) -> bool:
    """Whether somebody gives second ratings in a cycle, or is the adviser whose audit it is."""
    roles = person.roles_for(cycle.partnership_id)
    return bool(roles & MODERATORS) or bool(roles & ADVISERS and cycles.can_see(person, cycle))


def can_moderate(person: Person, return_: Return) -> bool:
    """Whether somebody may moderate and the return is in and not closed."""
    return Stage(return_.stage) in OPEN and moderates(person, return_)


def can_see_moderation(person: Person, return_: Return) -> bool:
    """The Board while a return is in; the agency itself once moderation is finished."""
    stage = Stage(return_.stage)
    if is_own(person, return_):
        return stage in SHOWN_TO_AGENCY
    return stage in RETURNED and cycles.can_see(person, return_.cycle)
