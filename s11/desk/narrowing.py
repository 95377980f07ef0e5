"""What a list of organisations in a cycle is narrowed to, as its address says. Plain Python.

The list, its file and a letter to everybody in it read the same address, so that all three mean the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from s11.desk.needs import MISSING, WORDS, Need

LONGEST = 100
EVERYTHING = "all"
LATE = "late"
# Needs of more than one kind at once, by a word of the address.
TOGETHER: dict[str, tuple[Need, ...]] = {
    "missing": MISSING,
    "awaiting": (Need.WAITING, Need.UNSIGNED),
    "in_progress": (Need.STALLED, Need.NEARLY_THERE, Need.ON_THEIR_WAY),
}
TOGETHER_LABELS = {
    EVERYTHING: "Everybody asked",
    "missing": "Everybody not returned",
    LATE: "Late",
    "in_progress": "At work",
    "awaiting": "Waiting for a signature",
}
SORTS: dict[str, str] = {
    "need": "What they need",
    "name": "Name",
    "due": "Due day",
    "activity": "Longest without activity",
    "progress": "Least answered",
}


class Listed(NamedTuple):
    """What a list is narrowed and ordered by, of one organisation."""

    organisation: str
    kind: str
    phase: str
    trust: str
    district: str
    group: str
    need: Need
    late: bool
    due_on: date
    share: float
    last_activity_at: datetime | None


@dataclass(frozen=True)
class Narrowing:
    """The part of a list that is shown, and in which order."""

    show: str = EVERYTHING
    kind: str = ""
    phase: str = ""
    trust: str = ""
    district: str = ""
    group: str = ""
    q: str = ""
    sort: str = "need"

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Narrowing":
        """From the words of an address; one that it cannot mean is left aside."""
        said = {name: address.get(name, "").strip()[:LONGEST] for name in cls.__dataclass_fields__}
        known = {EVERYTHING, LATE, *TOGETHER, *Need}
        said["show"] = said["show"] if said["show"] in known else EVERYTHING
        said["sort"] = said["sort"] if said["sort"] in SORTS else "need"
        return cls(**said)

    @property
    def address(self) -> dict[str, str]:
        """What has to stand in an address to mean this; nothing where nothing is narrowed."""
        plain = Narrowing()
        return {
            name: value
            for name in self.__dataclass_fields__
            if (value := getattr(self, name)) != getattr(plain, name)
        }

    @property
    def show_label(self) -> str:
        """What is shown, in words."""
        if self.show in TOGETHER_LABELS:
            return TOGETHER_LABELS[self.show]
        return WORDS[Need(self.show)].label

    @property
    def narrows(self) -> bool:
        return bool(set(self.address) - {"sort"})

    @property
    def narrows_further(self) -> bool:
        """Whether more than who is shown was chosen, and its order."""
        return bool(set(self.address) - {"show", "sort"})

    def shows(self, need: Need, late: bool) -> bool:
        if self.show == EVERYTHING:
            return True
        if self.show == LATE:
            return late
        return need in TOGETHER.get(self.show, (self.show,))

    def fits(self, one: Listed) -> bool:
        """Whether an organisation is in the list."""
        return (
            self.shows(one.need, one.late)
            and all(
                not wanted or wanted == held
                for wanted, held in (
                    (self.kind, one.kind),
                    (self.phase, one.phase),
                    (self.trust, one.trust),
                    (self.district, one.district),
                    (self.group, one.group),
                )
            )
            and self.q.casefold() in one.organisation.casefold()
        )

    def key(self, one: Listed) -> tuple[object, ...]:
        """By what the list is ordered; the name decides between equals."""
        name = one.organisation.casefold()
        if self.sort == "name":
            return (name,)
        if self.sort == "due":
            return (one.due_on, name)
        if self.sort == "activity":
            seen = one.last_activity_at
            return (seen is not None, seen.timestamp() if seen else 0.0, name)
        if self.sort == "progress":
            return (one.share, name)
        return (ORDER[one.need], not one.late, one.due_on, name)


ORDER = {need: place for place, need in enumerate(Need)}
