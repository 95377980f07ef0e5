"""What the pages about duplicates print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.organisations.models import Organisation
from s11.register.files.asked import Asked
from s11.register.files.plan import contact_label, said
from s11.register.files.rules import FACTS
from s11.register.matching.queries import Pair
from s11.register.models import Contact
from s11.web.filters import day, plural

PAGE = 50


@dataclass(frozen=True)
class Compared:
    """A fact of both: which is taken can be chosen where they differ."""

    fact: str
    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return self.one != self.other

    @property
    def offered(self) -> str:
        """Whose is chosen unless somebody says otherwise: the first's, where it has one."""
        return "one" if self.one else "other"


@dataclass(frozen=True)
class Side:
    """What hangs on one of the two, in words."""

    contacts: tuple[str, ...]
    returns: tuple[str, ...]
    people: str


def facts_of(pair: Pair) -> list[Compared]:
    """Every fact that one of the two has."""
    found = []
    for fact, label in FACTS.items():
        one, other = (value_of(each, fact) for each in (pair.one, pair.other))
        if one or other:
            found.append(Compared("parent_id" if fact == "parent" else fact, label, one, other))
    return found


def value_of(organisation: Organisation, fact: str) -> str:
    if fact == "parent":
        return organisation.parent.name if organisation.parent else ""
    if fact == "opened_on":
        return day(organisation.opened_on)
    return said(fact, getattr(organisation, fact))


def side(contacts: Sequence[Contact], asked: Sequence[Asked], returned: int, members: int) -> Side:
    open_ones = [f"{one.cycle}: {'returned' if one.is_in else f'due {day(one.due_on)}'}" for one in asked]
    return Side(
        tuple(f"{one.name}, {contact_label(one.role).lower()}" for one in contacts),
        (*open_ones, plural(returned, "return") + " submitted so far"),
        plural(members, "person", "people") + " with an account",
    )


def sides(
    pair: Pair,
    contacts: Mapping[int, Sequence[Contact]],
    asked: Mapping[int, Sequence[Asked]],
    returned: Mapping[int, int],
    members: Mapping[int, int],
) -> tuple[Side, Side]:
    one, other = (
        side(contacts.get(id_, ()), asked.get(id_, ()), returned.get(id_, 0), members.get(id_, 0))
        for id_ in (pair.one.id, pair.other.id)
    )
    return one, other
