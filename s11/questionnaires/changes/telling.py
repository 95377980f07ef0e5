"""A change, as pages and papers tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from s11.questionnaires.changes.marking import Run, marked


class Kind(StrEnum):
    """What became of something."""

    NEW = "new"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RETIRED = "retired"


class About(StrEnum):
    """What sort of thing a change is about, in the order of a paper."""

    EDITION = "edition"
    SCALE = "scale"
    LEVEL = "level"
    FIELD = "field"
    STANDARD = "standard"
    CRITERION = "criterion"


@dataclass(frozen=True)
class Altered:
    """One part of something, such as its guidance, before and after."""

    what: str
    old: str
    new: str

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        return marked(self.old, self.new)


@dataclass(frozen=True)
class Earlier:
    """A criterion of the edition before."""

    key: str
    number: str
    text: str


@dataclass(frozen=True)
class Why:
    """The reason given for a change, and the code of its source: see `rules.SOURCES`."""

    reason: str = ""
    source: str = ""


@dataclass(frozen=True)
class Change:
    """One change. `standard` is the key of the standard it stands in, empty where it stands in none now."""

    about: About
    kinds: tuple[Kind, ...]
    key: str
    name: str
    standard: str = ""
    number: str = ""
    parts: tuple[Altered, ...] = ()
    before: tuple[Earlier, ...] = ()
    came_from: str = ""
    why: Why = field(default_factory=Why)

    @property
    def kind(self) -> Kind:
        """What it is counted as."""
        return self.kinds[0]


def altered(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Altered, ...]:
    """The parts whose words differ; another line break or space is no change."""
    return tuple(
        Altered(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys((*new, *old))
        if old.get(name, "").split() != new.get(name, "").split()
    )
