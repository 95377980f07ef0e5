"""What the rules of enquiry look at: each organisation, what it said and what stands around it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from s11.moderation.marks import Mark
from s11.organisations.rules import Kind

# Of a scale as long as this the two lowest levels are far enough down to want an action.
LONG_SCALE = 5
SPELT = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LISTED_MOST = 6

# What several of a kind are called: one, many. Trusts of the health service are compared with each other.
NAMES: dict[str, tuple[str, str]] = {
    Kind.CHILDREN_SERVICES: ("council children’s service", "council children’s services"),
    Kind.PUBLIC_HEALTH: ("public health team", "public health teams"),
    Kind.DISTRICT_COUNCIL: ("district council", "district councils"),
    Kind.ICB: ("integrated care board", "integrated care boards"),
    Kind.ACUTE_TRUST: ("health trust", "health trusts"),
    Kind.COMMUNITY_TRUST: ("health trust", "health trusts"),
    Kind.POLICE: ("police force", "police forces"),
    Kind.PROBATION: ("probation service", "probation services"),
    Kind.YOUTH_JUSTICE: ("youth justice service", "youth justice services"),
    Kind.FIRE: ("fire and rescue service", "fire and rescue services"),
    Kind.HOUSING: ("housing association", "housing associations"),
    Kind.LEISURE: ("leisure trust", "leisure trusts"),
    Kind.VOLUNTARY: ("voluntary body", "voluntary bodies"),
    Kind.SCHOOL: ("school", "schools"),
    Kind.COLLEGE: ("college", "colleges"),
    Kind.EARLY_YEARS: ("nursery or pre-school", "nurseries and pre-schools"),
    Kind.CHILDMINDER: ("childminder", "childminders"),
    Kind.TRUST: ("multi-academy trust", "multi-academy trusts"),
}
EVERYBODY = ("organisation", "organisations")
BODIES = {Kind.SCHOOL: "school", Kind.COLLEGE: "college"} | dict.fromkeys(
    (Kind.EARLY_YEARS, Kind.CHILDMINDER), "setting"
)


@dataclass(frozen=True)
class Part:
    """A standard, as far as a sentence needs it."""

    key: str
    number: str
    title: str


@dataclass(frozen=True)
class Rated:
    """A rating. `place`: how far from the best, 0 being the best; None where it is none that counts.

    `of`: how many levels of the scale count.
    """

    label: str = ""
    place: int | None = None
    of: int = 0
    not_applicable: bool = False

    @property
    def is_best(self) -> bool:
        return self.place == 0 and self.of > 1

    @property
    def is_worst(self) -> bool:
        lowest = 2 if self.of >= LONG_SCALE else 1
        return self.place is not None and self.of > 1 and self.place >= self.of - lowest


BLANK = Rated()


@dataclass(frozen=True)
class Year:
    """What was submitted to the same criterion in an earlier year.

    `comparable`: its wording and its scale are still the same.
    """

    year: str
    rated: Rated
    words: str = ""
    comparable: bool = True


@dataclass(frozen=True)
class Proof:
    """A piece of evidence shown for an answer. `old`: why it is past its time, empty where it is not."""

    document: str
    title: str
    old: str = ""


@dataclass(frozen=True)
class Doubted:
    """What gave rise to doubt at sign-off, and why it was said to be right all the same."""

    code: str
    sentence: str
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """One criterion of one organisation. `before`: earlier years, the latest first."""

    standard: Part
    key: str
    number: str
    must: bool = False
    own: Rated = BLANK
    moderated: Rated | None = None
    mark: str = Mark.NONE
    refused: str | None = None  # what the organisation replied to a moderated rating it does not accept
    words: str = ""
    proof: tuple[Proof, ...] = ()
    has_action: bool = False
    doubts: tuple[Doubted, ...] = ()
    before: tuple[Year, ...] = ()

    @property
    def standing(self) -> Rated:
        """The moderator's rating where there is one, the organisation's own elsewhere."""
        return self.moderated or self.own

    @property
    def levels_above(self) -> int:
        """By how many levels the own rating is better than the moderator's; below 0 where it is worse."""
        if self.moderated is None or self.moderated.place is None or self.own.place is None:
            return 0
        return self.moderated.place - self.own.place


@dataclass(frozen=True)
class Promise:
    """An action of an earlier time that is not complete."""

    ref: str
    text: str
    due_on: date
    first_due_on: date
    standard_key: str = ""
    criterion_key: str = ""
    of_inspection: bool = False
    source_title: str = ""


@dataclass(frozen=True)
class Peers:
    """How a group of organisations rated itself: by criterion key, how many stand at each place."""

    name: tuple[str, str] = EVERYBODY
    size: int = 0  # whose returns are in
    places: Mapping[str, Counter[int]] = field(default_factory=dict)
    away: Mapping[str, int] = field(default_factory=dict)

    def rated(self, key: str) -> int:
        """How many gave this criterion a rating that counts."""
        return sum(self.places.get(key, Counter()).values())

    def middle_without(self, key: str, place: int) -> float:
        """The median place of the others: without one that stands at `place`."""
        places = sorted(self.places[key].elements())
        places.remove(place)
        half = len(places) // 2
        return places[half] if len(places) % 2 else (places[half - 1] + places[half]) / 2


@dataclass(frozen=True)
class About:
    """One organisation. What is not known stays empty: then no rule that needs it says anything."""

    organisation_id: int
    ref: str
    name: str
    kind: str = Kind.OTHER
    grade: str = ""  # at its last inspection
    return_ref: str = ""  # of a return that is in
    lines: tuple[Line, ...] = ()
    promises: tuple[Promise, ...] = ()
    days_late: int = 0
    is_in: bool = True
    times_sent_back: int = 0
    peers: Peers = Peers()

    @property
    def your(self) -> str:
        """How it is spoken to: your school, your setting, your organisation."""
        return f"your {BODIES.get(Kind(self.kind), 'organisation')}"

    @cached_property
    def by_standard(self) -> dict[Part, tuple[Line, ...]]:
        found: dict[Part, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.standard, []).append(line)
        return {part: tuple(lines) for part, lines in found.items()}

    @cached_property
    def rated(self) -> tuple[Line, ...]:
        """The criteria it gave a rating that counts."""
        return tuple(line for line in self.lines if line.own.place is not None)

    def of(self, promise: Promise) -> tuple[Line, ...]:
        """The criteria a promise is about; all of a standard where it names no criterion."""
        if promise.criterion_key:
            return tuple(line for line in self.lines if line.key == promise.criterion_key)
        return tuple(line for line in self.lines if line.standard.key == promise.standard_key)


@dataclass(frozen=True)
class Standing:
    """A standard in the whole cycle: ratings at the best level, ratings that count, and who is ahead."""

    part: Part
    best: int
    counted: int
    organisations: int
    below: int  # how many organisations rated less than half of it best
    ahead_id: int
    ahead_best: int
    ahead_counted: int


@dataclass(frozen=True)
class Whole:
    """What rules ask about the cycle as a whole."""

    today: date
    small_group: int
    everybody: Peers = Peers()
    criteria: Mapping[str, Line] = field(default_factory=dict)  # what is asked, by key, without any answer
    standards: tuple[Standing, ...] = ()
    small: tuple[tuple[str, int], ...] = ()  # groups too small to compare: what they are called, how many


def spelt(count: int) -> str:
    """one … ten, 11."""
    return SPELT[count] if count < len(SPELT) else f"{count:,}"


def listed(words: list[str] | tuple[str, ...], most: int = LISTED_MOST) -> str:
    """4.1, 4.2 and 4.3; of many the first, and how many more."""
    if len(words) > most:
        return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} more"
    return " and ".join([part for part in (", ".join(words[:-1]), words[-1] if words else "") if part])


def in_words(day: date) -> str:
    """3 March 2027"""
    return f"{day.day} {day:%B %Y}"


def numbers(lines: list[Line]) -> str:
    return listed([line.number for line in lines])


def short(text: str, longest: int = 160) -> str:
    """A text on one line, cut at a word."""
    joined = " ".join(text.split())
    return joined if len(joined) <= longest else f"{joined[:longest].rsplit(' ', 1)[0]}…"


def at_best(lines: tuple[Line, ...]) -> Iterator[Line]:
    return (line for line in lines if line.own.is_best)
