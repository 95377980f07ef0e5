"""A plan as it was printed, and what was understood of it.

Reading gives tables of printed rows; a person says what the columns mean; understanding is a pure function
of both and of what was mended by hand. Every printed row ends in exactly one `UnderstoodRow`: nothing is
dropped, and the words it had are kept beside what was made of them.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Meaning(StrEnum):
    """What a column of a printed plan holds."""

    NOTHING = "nothing"
    NUMBER = "number"
    RECOMMENDATION = "recommendation"
    THEME = "theme"
    FINDING = "finding"
    ACTION = "action"
    OUTCOME = "outcome"
    EVIDENCE = "evidence"
    MECHANISM = "mechanism"
    OWNER = "owner"
    DUE = "due"
    RESOURCES = "resources"
    PROGRESS = "progress"
    RATING = "rating"
    PRIORITY = "priority"


MEANING_LABELS = {
    Meaning.NOTHING: "Not brought in, kept with the row",
    Meaning.NUMBER: "Number of the recommendation",
    Meaning.RECOMMENDATION: "Words of the recommendation",
    Meaning.THEME: "Theme",
    Meaning.FINDING: "Finding or context",
    Meaning.ACTION: "Action",
    Meaning.OUTCOME: "Objective or intended outcome",
    Meaning.EVIDENCE: "Evidence that will show it",
    Meaning.MECHANISM: "Mechanism",
    Meaning.OWNER: "Owner",
    Meaning.DUE: "Timescale",
    Meaning.RESOURCES: "Resources",
    Meaning.PROGRESS: "Progress so far",
    Meaning.RATING: "RAG or status",
    Meaning.PRIORITY: "Priority",
}


@dataclass(frozen=True)
class PrintedRow:
    """A row as printed. `number` counts the rows of the whole plan from 1, in the order they were read."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table of a plan with the words that stand above it, headings among them: "FINDING 2: …"."""

    number: int
    above: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[PrintedRow, ...]


class RowKind(StrEnum):
    """What a printed row is."""

    ACTION = "action"
    RECOMMENDATION = "recommendation"  # words of a recommendation, without an action
    HEADING = "heading"  # repeated headings, or a title across the whole width
    LEFT_OUT = "left_out"  # a person said so; its words are kept with the import


class Lack(StrEnum):
    """What of an action has to be mended."""

    OWNER = "owner"  # no owner at all
    OWNER_NAME = "owner_name"  # a post or an organisation, and no person's name
    DUE = "due"  # no timescale at all
    DUE_OPEN = "due_open"  # "ongoing", "TBC", "onwards"
    DUE_UNCLEAR = "due_unclear"  # something stands there that is no date
    NUMBER = "number"  # names a recommendation that there is not
    TEXT = "text"  # no action is described


@dataclass(frozen=True)
class Post:
    """An owner as understood: a post, perhaps with name and organisation; `printed` is as it was spelt."""

    printed: str
    name: str = ""
    role: str = ""
    organisation_ref: str = ""


@dataclass(frozen=True)
class Step:
    """One of several dates of a row, with the part of the action it belongs to, where that is known."""

    text: str
    due_on: date | None
    printed: str


@dataclass(frozen=True)
class UnderstoodRow:
    """What was made of one printed row."""

    row: int
    kind: RowKind
    numbers: tuple[str, ...] = ()  # of recommendations as printed; with `answers_all` every one of them
    answers_all: bool = False
    themes: tuple[str, ...] = ()
    text: str = ""
    outcome: str = ""
    evidence: str = ""
    mechanism: str = ""
    owners: tuple[Post, ...] = ()  # the first leads
    due_on: date | None = None  # the last of its dates
    due_printed: str = ""
    steps: tuple[Step, ...] = ()
    resources: str = ""
    progress: str = ""
    status: str = ""
    priority: str = ""
    lacks: tuple[Lack, ...] = ()
    # What was understood, and what was not, as sentences for the person who mends it.
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnderstoodRecommendation:
    """A recommendation of the plan: by its number as printed, two of the same number being two."""

    key: str  # of this import: its place, so that two of one number stay apart
    number: str
    text: str
    themes: tuple[str, ...] = ()
    finding: str = ""
    rows: tuple[int, ...] = ()  # printed rows whose actions answer it


@dataclass(frozen=True)
class SamePost:
    """Several spellings that look like one post; a person decides."""

    key: str
    spellings: tuple[str, ...]
    suggestion: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class PlanFault:
    """Something that is wrong with the plan as a whole: "Number 16 is used twice." """

    kind: str  # number_twice, number_missing, without_action
    sentence: str
    number: str = ""


@dataclass(frozen=True)
class UnderstoodPlan:
    """The whole plan as understood."""

    recommendations: tuple[UnderstoodRecommendation, ...]
    rows: tuple[UnderstoodRow, ...]
    posts: tuple[SamePost, ...]
    faults: tuple[PlanFault, ...]

    def lacking(self, *lacks: Lack) -> int:
        """In how many actions one of these has to be mended."""
        return sum(1 for row in self.rows if set(row.lacks) & set(lacks))


@dataclass(frozen=True)
class Mended:
    """What a person decided about one printed row or one number; what is None is as it was understood."""

    kind: RowKind | None = None
    numbers: tuple[str, ...] | None = None
    text: str | None = None
    owner_name: str | None = None
    owner_role: str | None = None
    organisation_ref: str | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Known:
    """What is known of the partnership: organisations by ref with their names and short names, its own
    words for itself, and the people who could own an action (name, role, organisation ref)."""

    organisations: tuple[tuple[str, str, str], ...] = ()
    board_words: tuple[str, ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    today: date = field(default_factory=lambda: date(2000, 1, 1))
