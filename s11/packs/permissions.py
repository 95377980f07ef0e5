"""Who builds a pack, who releases one, and who reads one: only somebody who may see everything in it."""

from collections.abc import Iterable

from s11.challenge import queries as challenge
from s11.core import clock
from s11.cycles import permissions as cycles
from s11.cycles.models import Cycle
from s11.moderation.permissions import SHOWN_TO_AGENCY, is_own
from s11.packs import queries
from s11.packs.kinds import Audience
from s11.packs.models import Letter, Pack
from s11.packs.rules import HOLDS
from s11.people.models import Person
from s11.people.rules import OFFICE, Role
from s11.returns.models import Return
from s11.returns.rules import RETURNED, Stage

# Who of an organisation reads what the Board writes to it. A contributor answers parts of a return only.
READERS = frozenset({Role.LEAD, Role.DEPUTY, Role.SIGNATORY, Role.VIEWER, Role.TRUST_LEAD})
PRESENTERS = frozenset({Role.LEAD, Role.DEPUTY, Role.SIGNATORY})
# What one's own organisation is asked or said to be weak in, before it hears of it.
KEPT_FROM_THOSE_ASKED = frozenset({Audience.CHAIR, Audience.QUESTIONER})


def can_see_cycle(person: Person, cycle: Cycle) -> bool:
    """The page of a cycle's packs belongs to the people of the Board who work with it."""
    return cycles.can_see(person, cycle)


def can_build(person: Person, cycle: Cycle) -> bool:
    """The office builds packs, and the adviser those of the audit that is theirs."""
    return cycles.can_change(person, cycle)


def can_rebuild(person: Person, pack: Pack) -> bool:
    return can_build(person, pack.cycle)


def can_release(person: Person, pack: Pack) -> bool:
    """The office hands a pack to whom it is for."""
    return bool(person.roles_for(pack.cycle.partnership_id) & OFFICE)


def can_read(person: Person, pack: Pack) -> bool:
    """The Board's people and those a pack was released to; never somebody whom it would tell too early what
    is said of their own organisation."""
    if cycles.can_see(person, pack.cycle):
        return not tells_too_early(person, pack)
    return is_released_to(person, pack)


def readable(person: Person, packs: Iterable[Pack]) -> list[Pack]:
    """Those somebody may read."""
    return [pack for pack in packs if can_read(person, pack)]


def tells_too_early(person: Person, pack: Pack) -> bool:
    """Whether somebody of the Board belongs to an organisation of this pack, and would read in it what that
    organisation has not been shown: lines of enquiry about it, or a moderation that is not finished."""
    audience = Audience(pack.audience)
    if not HOLDS[audience].for_board and audience not in KEPT_FROM_THOSE_ASKED:
        return False  # nothing is in it that an agency has not been shown
    own = queries.refs_near(person.bound_to) & {str(one["ref"]) for one in pack.organisations}
    if not own:
        return False
    if audience in KEPT_FROM_THOSE_ASKED:
        return True
    return bool(queries.refs_not_at_stage(pack.cycle_id, own, SHOWN_TO_AGENCY))


def is_released_to(person: Person, pack: Pack) -> bool:
    """Whether a pack was released to an organisation of this person, who reads such things there."""
    if pack.released_at is None:
        return False
    if Audience(pack.audience) in (Audience.AGENCY, Audience.QUESTIONER):
        return pack.organisation_id is not None and reads_for(person, pack.organisation_id)
    if Audience(pack.audience) is Audience.PARTNERSHIP:
        return is_shared(pack) and any(reads_for(person, one) for one in partners_among(person, pack.cycle))
    return False


def reads_for(person: Person, organisation_id: int) -> bool:
    return bool(person.roles_at(organisation_id) & READERS)


def is_shared(pack: Pack) -> bool:
    """Whether partners read each other's packs today: they share them, and the day has come."""
    day = challenge.of_cycle(pack.cycle_id)
    return day is not None and day.shares_packs and clock.today() >= day.held_on


def partners_among(person: Person, cycle: Cycle) -> list[int]:
    """The organisations of this person that are asked in a cycle."""
    asked = {one.id for one in challenge.asked(cycle.id)}
    return [one for one in person.organisation_ids if one in asked]


# What an agency presents itself with


def can_prepare(person: Person, return_: Return) -> bool:
    """The leads and signatories of an organisation prepare its session, and the office may look."""
    if Stage(return_.stage) not in RETURNED:
        return False
    if person.roles_at(return_.organisation_id) & PRESENTERS:
        return True
    return bool(person.roles_for(return_.cycle.partnership_id) & OFFICE) and not is_own(person, return_)


# Letters


def can_draft(person: Person, cycle: Cycle) -> bool:
    """The office drafts the letters of a day."""
    return bool(person.roles_for(cycle.partnership_id) & OFFICE)


def can_release_letters(person: Person, cycle: Cycle) -> bool:
    """The chair releases them, and nobody else."""
    return Role.CHAIR in person.roles_for(cycle.partnership_id)


def can_see_letters(person: Person, cycle: Cycle) -> bool:
    return can_draft(person, cycle) or can_release_letters(person, cycle)


def can_read_letter(person: Person, letter: Letter) -> bool:
    """Drafts are between the office and the chair; a released one is the organisation's and the Board's."""
    if letter.released_at is None:
        return can_see_letters(person, letter.day.cycle)
    return cycles.can_see(person, letter.day.cycle) or reads_for(person, letter.organisation_id)


def can_change_letter(person: Person, letter: Letter) -> bool:
    return can_draft(person, letter.day.cycle)
