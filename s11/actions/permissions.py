"""Who sees an action, who says how it goes, and who adds one."""

from s11.actions.models import Action
from s11.actions.rules import Source
from s11.cycles import permissions as cycles
from s11.people.models import Person
from s11.people.rules import EDITORS, LEADS, OFFICE, Role
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions as returns
from s11.returns.models import Return

UPDATERS = LEADS | {Role.CONTRIBUTOR, Role.SIGNATORY, Role.TRUST_LEAD}


def can_see_any(person: Person) -> bool:
    """Anybody who holds a role has a plan, if only their own organisation's."""
    return serves(person)


def serves(person: Person) -> bool:
    """Whether somebody holds a role at a partnership or in an organisation."""
    return bool(person.partnership_ids or person.organisation_ids)


def can_see_gaps(person: Person) -> bool:
    """What the plan lacks is seen by whoever sees all of it: the Board."""
    return bool(person.partnership_ids)


def roles_in(person: Person, action: Action) -> frozenset[Role]:
    """Roles held in the organisation whose action it is; nobody holds one where it is the Board's own."""
    return person.roles_at(action.organisation_id) if action.organisation_id is not None else frozenset()


def can_see(person: Person, action: Action) -> bool:
    """The Board sees every action of its plan; an organisation sees its own; an owner theirs."""
    return bool(person.roles_for(action.partnership_id) or roles_in(person, action) or owns(person, action))


def can_update(person: Person, action: Action) -> bool:
    """Progress is said by the organisation that promised it, by the owner, or by the office for them."""
    return bool(
        roles_in(person, action) & UPDATERS
        or person.roles_for(action.partnership_id) & OFFICE
        or owns(person, action)
    )


def owns(person: Person, action: Action) -> bool:
    """Whether this is the owner who leads, or another who has a part, still holding a role somewhere."""
    leads = action.owner_id == person.id
    return (leads or any(one.person_id == person.id for one in action.owners)) and serves(person)


def can_see_cycle(person: Person, action: Action) -> bool:
    """Whether the cycle an action belongs to is open to this person: the Board's, not the agencies'."""
    return action.cycle is not None and cycles.can_see(person, action.cycle)


def can_see_challenge(person: Person, action: Action) -> bool:
    """Whether there is a record of the challenge an action came from, and this person may read it."""
    return action.source == Source.CHALLENGE and can_see_cycle(person, action)


def can_create_any(person: Person) -> bool:
    """Whether there is an organisation for which this person may add an action."""
    return any(Role(m.role) in OFFICE | LEADS for m in person.current)


def can_open_form(person: Person) -> bool:
    """Whether the form for a new action can be for this person: whoever adds to the plan, or answers."""
    return can_create_any(person) or any(Role(m.role) in EDITORS for m in person.current)


def can_create_at_gap(
    person: Person, return_: Return, standard: StandardContent, criterion: CriterionContent
) -> bool:
    """An action is recorded where a gap is found by who answers there, while it is being answered."""
    return can_create(
        person, return_.cycle.partnership_id, return_.organisation_id
    ) or returns.may_answer_now(person, return_, standard, criterion)


def can_create(person: Person, partnership_id: int, organisation_id: int) -> bool:
    """The office adds for any organisation at its table, a lead for their own."""
    return bool(person.roles_for(partnership_id) & OFFICE or person.roles_at(organisation_id) & LEADS)
