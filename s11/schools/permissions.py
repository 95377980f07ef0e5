"""Who sees whose schools: their own people, and the Board in the cycles it works with."""

from s11.analysis import permissions as analysis
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.organisations.rules import Kind
from s11.people.models import Person
from s11.people.rules import LEADS, TRUST_ROLES, Role
from s11.returns.models import Return

SCHOOLS = frozenset({Kind.SCHOOL, Kind.COLLEGE, Kind.EARLY_YEARS, Kind.CHILDMINDER, Kind.TRUST})
# Who sees the whole return of their own organisation, and so how it stands beside others.
COMPARING = LEADS | TRUST_ROLES | {Role.SIGNATORY, Role.VIEWER}


def has_several(person: Person) -> bool:
    """Whether somebody belongs to several organisations, and to a school, a setting or a trust among them."""
    own = [m.organisation for m in person.current if m.organisation is not None]
    return any(one.kind in SCHOOLS for one in own) and len(person.organisation_ids) > 1


def can_compare(person: Person, return_: Return) -> bool:
    """Whether somebody sees a return beside others: its own people, but not who helps with a part."""
    return bool(person.roles_at(return_.organisation_id) & COMPARING)


def can_see_years(person: Person, organisation: Organisation) -> bool:
    """Whether somebody sees everything an organisation ever submitted."""
    return bool(person.roles_at(organisation.id))


def can_see_groups(person: Person, cycle: Cycle) -> bool:
    return analysis.can_see(person, cycle)


def can_see_any_group(person: Person) -> bool:
    return analysis.can_see_any(person)
