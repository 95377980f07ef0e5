"""The page on which one document is shown for many criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from s11.evidence.models import Document
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns.models import AnswerEvidence, Return


@dataclass(frozen=True)
class Ticked:
    """What was sent: names of criteria ticked now, ticked when the page was made, and the notes."""

    now: frozenset[str]
    before: frozenset[str]
    notes: dict[str, str]
    notes_before: dict[str, str]

    @classmethod
    def of(cls, form: "MultiDict[str, str]") -> "Ticked":
        return cls(
            frozenset(form.getlist("show")),
            frozenset(form.getlist("was")),
            {name[5:]: value for name, value in form.items() if name.startswith("note-")},
            {name[9:]: value for name, value in form.items() if name.startswith("was-note-")},
        )

    def changed_note(self, name: str) -> bool:
        return self.notes.get(name, "").strip() != self.notes_before.get(name, "").strip()


@dataclass(frozen=True)
class Box:
    """One criterion to tick."""

    name: str
    criterion: CriterionContent
    ticked: bool
    was: bool
    note: str
    note_before: str
    revision: int | None  # the number of the revision shown there


@dataclass(frozen=True)
class Part:
    """A standard with its criteria."""

    standard: StandardContent
    boxes: tuple[Box, ...]

    @property
    def count(self) -> int:
        return sum(box.ticked for box in self.boxes)


@dataclass(frozen=True)
class Choosing:
    """An open return with its standards, as far as somebody answers them."""

    return_: Return
    parts: tuple[Part, ...]


def choosing(
    return_: Return,
    standards: Sequence[StandardContent],
    evidence: Mapping[int, Sequence[AnswerEvidence]],
    document: Document,
    typed: Ticked | None,
) -> Choosing:
    parts = []
    for standard in standards:
        boxes = [
            _box(return_, criterion, evidence.get(criterion.id, ()), document, typed)
            for criterion in standard.criteria
        ]
        parts.append(Part(standard, tuple(boxes)))
    return Choosing(return_, tuple(parts))


def _box(
    return_: Return,
    criterion: CriterionContent,
    evidence: Sequence[AnswerEvidence],
    document: Document,
    typed: Ticked | None,
) -> Box:
    name = f"{return_.ref}-{criterion.id}"
    shown = next((one for one in evidence if one.revision.document_id == document.id), None)
    note = shown.note if shown else ""
    return Box(
        name=name,
        criterion=criterion,
        ticked=name in typed.now if typed else shown is not None,
        was=shown is not None,
        note=typed.notes.get(name, note) if typed else note,
        note_before=note,
        revision=shown.revision.number if shown else None,
    )
