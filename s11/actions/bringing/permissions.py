"""Who brings in a plan that exists already: the partnership office, into its own plan."""

from s11.actions.models import PlanImport
from s11.people.models import Person
from s11.people.rules import OFFICE


def home_of(person: Person) -> int | None:
    """The partnership into whose plan somebody brings another: the one they work in, as its office."""
    return next((id_ for id_ in person.partnership_ids if person.roles_for(id_) & OFFICE), None)


def can_bring_any(person: Person) -> bool:
    return home_of(person) is not None


def can_see(person: Person, brought: PlanImport) -> bool:
    """A plan that is brought in holds names, and nobody has looked it through: it is the office's alone."""
    return bool(person.roles_for(brought.partnership_id) & OFFICE)
