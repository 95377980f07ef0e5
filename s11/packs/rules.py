"""What a challenge-day pack contains: plain values, which a writer only has to set."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from s11.challenge.ratings import CriterionRating, StandardRatings, Tally
from s11.organisations.rules import Kind
from s11.questionnaires.rules import LevelContent

# So many of each are printed: a profile is read in minutes, and the return itself holds the rest.
STRENGTHS, WEAKEST, WITHOUT_EVIDENCE, AWAY, ACTIONS = 3, 3, 3, 2, 3
EXCERPT = 220
SHORT_EXCERPT = 95  # two lines of a column
PROMISE_EXCERPT, REASON_EXCERPT = 140, 120


@dataclass(frozen=True)
class AgendaItem:
    """A session as the agenda prints it."""

    starts_at: str
    ends_at: str
    organisation: str
    questioner: str


@dataclass(frozen=True)
class Finding:
    """One criterion worth naming, with what is said of it. `moderated` is empty when nobody looked twice."""

    number: str
    text: str
    own: str
    moderated: str
    letter: str
    colour: str
    excerpt: str
    reason: str
    evidence: int


@dataclass(frozen=True)
class Away:
    """A criterion declared not applicable, with the reason given."""

    number: str
    text: str
    reason: str


@dataclass(frozen=True)
class Promise:
    """An action that is not complete."""

    text: str
    owner: str
    due_on: str
    standing: str
    overdue: bool


@dataclass(frozen=True)
class Question:
    """A line of enquiry: prepared for the day, or suggested by the figures."""

    question: str
    why: str
    standard: str
    asked_by: str


@dataclass(frozen=True)
class Listed:
    """Some of a longer list: what is shown, and a sentence about the rest."""

    shown: tuple
    rest: str = ""


@dataclass(frozen=True)
class Profile:
    """One agency of the pack."""

    organisation: str
    short: str
    kind: str
    submitted: str
    signed_by: str
    session: str
    own: Tally
    moderated: Tally
    is_moderated: bool
    standards: tuple[StandardRatings, ...]
    strengths: Listed
    weakest: Listed
    away: Listed
    without_evidence: Listed
    actions: Listed
    questions: tuple[Question, ...]
    suggested: tuple[Question, ...]


@dataclass(frozen=True)
class PackContents:
    """A whole pack, from the cover to the last record sheet."""

    title: str
    partnership: str
    cycle: str
    edition: str
    held_on: str
    place: str
    built: str
    standard_word: str
    criterion_word: str
    body: str  # what an organisation of this pack is called: agency, school or setting
    bodies: str
    how_to_read: tuple[str, ...]
    key: tuple[LevelContent, ...]
    returns: str
    missing: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    totals: tuple[StandardRatings, ...]  # over all agencies of the pack
    own: Tally
    moderated: Tally
    profiles: tuple[Profile, ...]

    @property
    def file_name(self) -> str:
        """section-11-2027-challenge-pack.pdf"""
        plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in self.cycle.lower())
        return "-".join(part for part in plain.split("-") if part)[:80] + "-challenge-pack.pdf"


SCHOOLS = frozenset({Kind.SCHOOL, Kind.COLLEGE})
SETTINGS = frozenset({Kind.EARLY_YEARS, Kind.CHILDMINDER})


def body_words(kinds: Iterable[str]) -> tuple[str, str]:
    """What organisations of these kinds are called, one and many: schools are nobody's agencies."""
    found = set(kinds)
    if found <= SCHOOLS:
        return "school", "schools"
    if found <= SETTINGS:
        return "setting", "settings"
    return "agency", "agencies"


def excerpt(text: str, longest: int = EXCERPT) -> str:
    """The beginning of a text, cut at a word, in one paragraph; "…" says that there is more."""
    joined = " ".join(text.split())
    if len(joined) <= longest:
        return joined
    cut = joined[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-") + " …"


def strengths(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """What a moderator confirmed at the best level; best evidenced first, then as printed."""
    confirmed = [one for one in ratings if one.moderated.best]
    return sorted(confirmed, key=lambda one: -one.evidence)


def weakest(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """What stands lowest on its scale, below the best level: lowest first, the least evidenced first."""

    def height(one: CriterionRating) -> tuple[int, int]:
        return (one.standing.level.order if one.standing.level else 0), one.evidence

    low = [
        one for one in ratings if one.standing.level and one.standing.level.counts and not one.standing.best
    ]
    return sorted(low, key=height)


def without_evidence(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """Rated best by the agency with nothing to show for it."""
    return [one for one in ratings if one.own.best and one.evidence == 0]


def lowered(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """Where the moderator rated lower than the agency."""
    return [
        one
        for one in ratings
        if one.own.level and one.moderated.level and one.moderated.level.order < one.own.level.order
    ]


def listed(found: Sequence, at_most: int, what: str, of: Callable = lambda one: one) -> Listed:
    """The first of a list, each made ready by `of`, and how many more there are: "and 12 more answers"."""
    more = len(found) - at_most
    rest = f"and {more} more {what}{'s' if more != 1 else ''}" if more > 0 else ""
    return Listed(tuple(of(one) for one in found[:at_most]), rest)
