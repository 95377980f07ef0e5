"""Who sees an action, who says how it goes, and who adds one."""

from s11.actions import queries
from s11.actions.models import Action, PlanSource, Recommendation
from s11.actions.rules import Source
from s11.cycles import permissions as cycles
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.people.rules import BOARD_ROLES, EDITORS, LEADS, OFFICE, TRUST_ROLES, Role
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.register.permissions import KINDS_OF_ADVISER
from s11.returns import permissions as returns
from s11.returns.models import Return

UPDATERS = LEADS | {Role.CONTRIBUTOR, Role.SIGNATORY, Role.TRUST_LEAD}
# Of the Board, who follows actions to their end and so opens what shows them: not whoever rates returns.
EVIDENCE_READERS = OFFICE | {Role.CHAIR, Role.QUALITY, Role.INSPECTOR}
COMMENTERS = BOARD_ROLES - {Role.INSPECTOR}


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


def can_see_settings(person: Person, partnership: Partnership) -> bool:
    """How the plan reminds: the office sets it, the chair reads it."""
    return bool(person.roles_for(partnership.id) & (OFFICE | {Role.CHAIR}))


def can_change_settings(person: Person, partnership: Partnership) -> bool:
    return bool(person.roles_for(partnership.id) & OFFICE)


def can_comment(person: Person, action: Action) -> bool:
    """The Board and the organisation talk about an action; who only looks at things says nothing."""
    return bool(person.roles_for(action.partnership_id) & COMMENTERS) or can_update(person, action)


def can_answer(person: Person, action: Action) -> bool:
    """What difference it made is said by its owner, by the organisation's lead, or by the office for them."""
    leads = roles_in(person, action) & (LEADS | TRUST_ROLES)
    return bool(leads or person.roles_for(action.partnership_id) & OFFICE) or owns(person, action)


def can_hand_over(person: Person, action: Action) -> bool:
    """Whoever answers for an action gives it to somebody else, and says who has a part in it."""
    return can_answer(person, action)


def can_name_organisations(person: Person, action: Action) -> bool:
    """Whether somebody may say that an owner belongs to another organisation, who then sees the action."""
    return bool(person.roles_for(action.partnership_id) & OFFICE)


def can_judge(person: Person, action: Action) -> bool:
    """The office and the chair close, open again and supersede; never what is their own organisation's, nor
    what they have a part in themselves."""
    judges = person.roles_for(action.partnership_id) & (OFFICE | {Role.CHAIR})
    return bool(judges) and action.organisation_id not in person.bound_to and not owns(person, action)


def judges_for(person: Person) -> list[int]:
    """The partnerships whose claims somebody decides, of those they work in."""
    return [
        id_
        for id_ in ([person.working_in] if person.working_in is not None else person.partnership_ids)
        if person.roles_for(id_) & (OFFICE | {Role.CHAIR})
    ]


def can_verify(person: Person, action: Action) -> bool:
    """Whether it is shown that an action is complete is said by somebody else than who said that it is."""
    return can_judge(person, action) and action.completed_by_id != person.id


def can_supersede(person: Person, action: Action) -> bool:
    """The Board, or the lead of the organisation whose action it is."""
    return can_judge(person, action) or bool(roles_in(person, action) & LEADS)


def can_mend(person: Person, action: Action) -> bool:
    """Who is asked to write down what an action that was brought in lacks."""
    return bool(person.roles_for(action.partnership_id) & OFFICE or roles_in(person, action) & LEADS)


def can_see_evidence(person: Person, action: Action) -> bool:
    """Its own people open what shows an action; of the Board whoever follows it to its end, and an adviser
    for the kinds of organisation they advise."""
    if roles_in(person, action) or owns(person, action):
        return True
    roles = person.roles_for(action.partnership_id)
    kinds = frozenset[str]().union(*(KINDS_OF_ADVISER.get(role, frozenset()) for role in roles))
    advises = action.organisation is not None and action.organisation.kind in kinds
    return bool(roles & EVIDENCE_READERS) or advises


def can_show(person: Person, action: Action) -> bool:
    """Whether there is a library from which this person may show something for an action."""
    return library_of(person, action) is not None


def library_of(person: Person, action: Action) -> Organisation | None:
    """The organisation from whose library somebody shows things: the one whose action it is, or their own
    where they have a part in another's."""
    edited = [m.organisation for m in person.current if m.organisation and Role(m.role) in EDITORS]
    if action.organisation is not None and roles_in(person, action) & EDITORS:
        return action.organisation
    return min(edited, key=lambda one: one.id) if edited and owns(person, action) else None


def can_see_mail(person: Person, action: Action) -> bool:
    """Whom the plan wrote to about an action is the office's to see."""
    return bool(person.roles_for(action.partnership_id) & OFFICE)


def can_compare_ratings(person: Person, partnership_id: int) -> bool:
    """Ratings of a whole cycle, and moderated ones, are the Board's to compare with what was promised."""
    return bool(person.roles_for(partnership_id) & (OFFICE | {Role.CHAIR, Role.QUALITY}))


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


def can_create(person: Person, partnership_id: int, organisation_id: int | None) -> bool:
    """The office adds for any organisation at its table and for the Board, a lead for their own."""
    if person.roles_for(partnership_id) & OFFICE:
        return True
    return organisation_id is not None and bool(person.roles_at(organisation_id) & LEADS)


def can_change(person: Person, action: Action) -> bool:
    """What was promised is corrected by the office, and by a lead of the organisation."""
    return bool(person.roles_for(action.partnership_id) & OFFICE or roles_in(person, action) & LEADS)


def sees_whole(person: Person, source: PlanSource) -> bool:
    """Whether a review is seen with all it recommends: the Board's people see it so."""
    return bool(person.roles_for(source.partnership_id))


def can_see_source(person: Person, source: PlanSource) -> bool:
    """The Board's people see every review; others those from which an action of theirs comes."""
    return sees_whole(person, source) or queries.has_action_under(source, person)


def can_see_source_of(person: Person, action: Action) -> bool:
    """Whether an action comes from a review that this person may open."""
    return action.plan_source is not None and can_see_source(person, action.plan_source)


def can_write_sources(person: Person) -> bool:
    """Whether somebody writes down reviews and what they recommend: the office does."""
    return bool(writes_for(person))


def writes_for(person: Person) -> list[int]:
    """The partnerships whose reviews somebody writes down."""
    return [place for place in person.partnership_ids if person.roles_for(place) & OFFICE]


def can_write_source(person: Person, source: PlanSource) -> bool:
    return bool(person.roles_for(source.partnership_id) & OFFICE)


def can_write_recommendation(person: Person, recommendation: Recommendation) -> bool:
    return can_write_source(person, recommendation.source)
