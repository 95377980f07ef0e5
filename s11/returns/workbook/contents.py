"""What a workbook of a return is made from, and what of it one person may answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from s11.questionnaires.rules import CriterionContent, EditionContent, FieldContent, StandardContent
from s11.returns.models import Answer, FieldAnswer
from s11.returns.sealing import SealedAnswer

# What is filled in on screen: a cell holds neither a file nor a table.
ON_SCREEN = ("file", "table")
Place = tuple[int, int]  # the field's id, and the standard or criterion it is asked for (0: the whole return)


@dataclass(frozen=True)
class Scope:
    """What one person may answer: standards and criteria by id, and what is asked about the whole return."""

    standards: frozenset[int]
    criteria: frozenset[int]
    whole: bool

    def holds(self, place: "Question") -> bool:
        """Whether a question outside the rows of the criteria is theirs."""
        if place.criterion is not None:
            return place.criterion.id in self.criteria
        return place.standard.id in self.standards if place.standard is not None else self.whole


@dataclass(frozen=True)
class Question:
    """A field that has a row of its own: about a criterion, a standard, or the whole return."""

    field: FieldContent
    standard: StandardContent | None = None
    criterion: CriterionContent | None = None

    @property
    def place(self) -> Place:
        subject = self.criterion or self.standard
        return self.field.id, subject.id if subject else 0

    @property
    def number(self) -> str:
        subject = self.criterion or self.standard
        return subject.number if subject else ""


@dataclass(frozen=True)
class Contents:
    """A return as it stands, with everything that is printed beside it."""

    ref: str
    organisation: str
    cycle: str
    due_on: date
    edition: EditionContent
    standards: tuple[StandardContent, ...]
    fields: tuple[FieldContent, ...]
    answers: Mapping[int, Answer]
    entries: Mapping[Place, FieldAnswer]
    evidence: Mapping[int, list[str]]
    last_year: Mapping[str, SealedAnswer]
    scope: Scope
    is_open: bool
    may_grow: bool  # answers can lead to further questions
    made_at: datetime
    made_by: str

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(questions_of(self.standards, self.fields))

    @property
    def every_field(self) -> Iterator[FieldContent]:
        """What is asked beside the ratings, wherever it stands."""
        yield from self.fields
        for standard in self.standards:
            yield from standard.fields
            for criterion in standard.criteria:
                yield from criterion.fields

    def word(self, name: str, otherwise: str) -> str:
        return self.edition.labels.get(name, otherwise)

    def before(self, criterion: CriterionContent) -> SealedAnswer | None:
        """What was said last year to what a criterion is, or was made from."""
        keys = (criterion.key, *criterion.change_from)
        return next((self.last_year[key] for key in keys if key in self.last_year), None)

    def value(self, place: Place) -> Any:
        entry = self.entries.get(place)
        return entry.value if entry else None


def questions_of(
    standards: tuple[StandardContent, ...], fields: tuple[FieldContent, ...]
) -> Iterator[Question]:
    """The fields with a row of their own, in the order asked. What every criterion asks stands in its row."""
    yield from (Question(field) for field in fields)
    for standard in standards:
        for criterion in standard.criteria:
            yield from (
                Question(field, standard, criterion) for field in criterion.fields if not field.repeated
            )
        yield from (Question(field, standard) for field in standard.fields)


def in_row(field: FieldContent) -> bool:
    """Whether a field beside a criterion has a column: what every criterion asks, and a cell can hold."""
    return field.repeated and field.kind not in ON_SCREEN
