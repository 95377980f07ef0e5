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
    """A row as printed. `number` counts the rows of the whole plan from 1, in the order they were read.

    The words of a cell that is merged with the one above stand in both; the columns in which that is so are
    `joined`. Words across the whole width stand in the first cell, and make it a `title`.
    """

    number: int
    cells: tuple[str, ...]
    joined: tuple[int, ...] = ()
    title: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """A table of a plan with the words that stand above it, headings among them: "FINDING 2: …".

    Without headings of its own it has none; the words after the last table are `below` that one.
    """

    number: int
    above: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    below: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max([len(self.headings), *(len(row.cells) for row in self.rows)])


class RowKind(StrEnum):
    """What a printed row is."""

    ACTION = "action"
    RECOMMENDATION = "recommendation"  # words of a recommendation, without an action
    CONTINUED = "continued"  # goes on with the action above: its numbers and words are part of that one
    HEADING = "heading"  # repeated headings, or a title across the whole width
    LEFT_OUT = "left_out"  # a person said so; its words are kept with the import


ROW_KIND_LABELS = {
    RowKind.ACTION: "An action",
    RowKind.RECOMMENDATION: "Words of a recommendation, without an action",
    RowKind.CONTINUED: "Goes on with the action above",
    RowKind.HEADING: "A heading",
    RowKind.LEFT_OUT: "Left out, kept with the import",
}


class Lack(StrEnum):
    """What of an action has to be mended."""

    OWNER = "owner"  # no owner at all
    OWNER_NAME = "owner_name"  # a post or an organisation, and no person's name
    OWNER_ROLE = "owner_role"  # a name without a role
    DUE = "due"  # no timescale at all
    DUE_OPEN = "due_open"  # "ongoing", "TBC", "onwards"
    DUE_UNCLEAR = "due_unclear"  # something stands there that is no date
    NUMBER = "number"  # names a recommendation that there is not
    TEXT = "text"  # no action is described


LACK_LABELS = {
    Lack.OWNER: "No owner",
    Lack.OWNER_NAME: "A post, and nobody’s name",
    Lack.OWNER_ROLE: "A name, and no role",
    Lack.DUE: "No date",
    Lack.DUE_OPEN: "No end: ongoing, onwards, to be confirmed",
    Lack.DUE_UNCLEAR: "Not a date",
    Lack.NUMBER: "A recommendation that there is not",
    Lack.TEXT: "No action",
}


@dataclass(frozen=True)
class Post:
    """An owner as understood: a post, perhaps with name and organisation; `printed` is as it was spelt.

    What belongs to the Board itself names no organisation.
    """

    printed: str
    name: str = ""
    role: str = ""
    organisation_ref: str = ""
    of_board: bool = False


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
    answers: tuple[str, ...] = ()  # keys of the recommendations it answers
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
    may_continue: bool = False  # has no words of its own, as the lower part of a merged cell
    continues: int | None = None  # the row whose action it goes on with
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
    context: str = ""  # in what circumstances
    response: str = ""  # what the Board answered to it
    rows: tuple[int, ...] = ()  # printed rows whose actions answer it


@dataclass(frozen=True)
class SamePost:
    """A post of the plan with its spellings; where several look like one, a person decides.

    `key` is of the first spelling, so that it stays when others are merged into it.
    """

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
    """What a person decided about one printed row; what is None is as it was understood.

    Recommendations are named by number, or by key where two have the same number.
    """

    kind: RowKind | None = None
    numbers: tuple[str, ...] | None = None
    answers: tuple[str, ...] | None = None
    text: str | None = None
    owner_name: str | None = None
    owner_role: str | None = None
    organisation_ref: str | None = None
    of_board: bool | None = None
    due_on: date | None = None
    undated: bool | None = None  # the date that was understood is none of this action


@dataclass(frozen=True)
class Known:
    """What is known of the partnership: organisations by ref with their names and short names, its own
    words for itself, and the people who could own an action (name, role, organisation ref)."""

    organisations: tuple[tuple[str, str, str], ...] = ()
    board_words: tuple[str, ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    # Of the review it is brought into, where that stands in the plan already: ref, number, words.
    recommendations: tuple[tuple[str, str, str], ...] = ()
    today: date = field(default_factory=lambda: date(2000, 1, 1))
