"""What a workbook would change in a return, before anything is changed.

A row is compared with three states: what its answer said when the workbook was made (the base), what it says
now, and what the workbook says. What only the workbook changed will change; what only somebody on screen
changed stays; where both did, the person chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from s11.questionnaires.fields import is_empty
from s11.questionnaires.rules import CriterionContent
from s11.returns.merging import NOTHING_SAID, PARTS, Said, merge
from s11.returns.operations.entering import FieldChange
from s11.returns.workbook.cells import plain, same
from s11.returns.workbook.contents import Place, Question, Scope
from s11.returns.workbook.found import AnswerRow, At, Fault, FieldCell, ReadReturn
from s11.returns.workbook.stamps import print_of

MINE, THEIRS, BOTH = "mine", "theirs", "both"
TEXTS = ("not_applicable_reason", "commentary", "strengths", "shortfalls")
Choices = Mapping[str, str]


@dataclass(frozen=True)
class Standing:
    """What an answer, or the entry of a field, says now, at which version, and who wrote it."""

    version: int = 0
    said: Any = None
    name: str = ""


@dataclass(frozen=True)
class PartLine:
    """One part of an answer that would become another: from what it says now to what the workbook says."""

    part: str
    old: Any
    new: Any
    clashes: bool

    @property
    def label(self) -> str:
        return PARTS[self.part].capitalize()

    @property
    def can_be_both(self) -> bool:
        return self.part in TEXTS and bool(self.old) and bool(self.new)


@dataclass(frozen=True)
class AnswerLine:
    """An answer that would change, or about which somebody has to choose. `at`: the cells of it, in words."""

    criterion: CriterionContent
    at: str
    standing: Standing
    parts: tuple[PartLine, ...]

    @property
    def clashes(self) -> tuple[PartLine, ...]:
        return tuple(part for part in self.parts if part.clashes)

    def name(self, part: PartLine) -> str:
        """The name under which a choice is posted."""
        return f"k{self.criterion.id}-{part.part}"

    def wanted(self, choices: Choices) -> Said:
        """What the answer should say: what nobody disputes, and what was chosen. Otherwise it stays."""
        taken = {
            part.part: chosen(part, choices.get(self.name(part), THEIRS) if part.clashes else MINE)
            for part in self.parts
        }
        said: Said = self.standing.said or NOTHING_SAID
        return replace(said, **taken)


def chosen(part: PartLine, choice: str) -> Any:
    if choice == BOTH and part.can_be_both:
        return f"{part.old}\n\n{part.new}"
    return part.new if choice == MINE else part.old


@dataclass(frozen=True)
class FieldLine:
    """A field that would change, or about which somebody has to choose."""

    question: Question
    at: At
    standing: Standing
    new: Any
    clashes: bool

    @property
    def name(self) -> str:
        return "kf{}-{}".format(*self.question.place)

    def is_wanted(self, choices: Choices) -> bool:
        return not self.clashes or choices.get(self.name) == MINE


@dataclass(frozen=True)
class Plan:
    """Everything a workbook would do."""

    answers: list[AnswerLine] = field(default_factory=list)
    entries: list[FieldLine] = field(default_factory=list)
    unchanged: int = 0
    # Numbers of what differs and is somebody else's to answer.
    not_theirs: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many answers and fields would change without anybody choosing."""
        return len(self) - self.conflicts

    @property
    def conflicts(self) -> int:
        return sum(bool(line.clashes) for line in self.answers) + sum(one.clashes for one in self.entries)

    @property
    def to_choose(self) -> list[str]:
        """The names of the choices that somebody has to make."""
        names = [line.name(part) for line in self.answers for part in line.clashes]
        return names + [line.name for line in self.entries if line.clashes]

    def wanted(self, choices: Choices) -> tuple[list[tuple[int, int, Said]], list[FieldChange]]:
        """What to save: of each answer its criterion, the version shown and its words; and the fields."""
        answers = [(one.criterion.id, one.standing.version, one.wanted(choices)) for one in self.answers]
        entries = [
            FieldChange(*one.question.place, one.standing.version, one.new)
            for one in self.entries
            if one.is_wanted(choices)
        ]
        return answers, entries

    def __len__(self) -> int:
        return len(self.answers) + len(self.entries)


def compare(
    read: ReadReturn,
    *,
    answers: Mapping[int, Standing],
    begun: Mapping[tuple[int, int], Said],
    entries: Mapping[Place, Standing],
    scope: Scope,
) -> Plan:
    """What a workbook would change. `begun`: earlier versions of answers, by criterion and version."""
    theirs = [fault for fault in read.faults if fault.about is None or is_theirs(fault.about, scope)]
    plan = Plan(faults=theirs, notes=read.notes)
    unchanged, not_theirs = 0, []
    for row in read.answers:
        answer_line = compared(row, answers.get(row.criterion.id, Standing()), begun)
        if answer_line is None:
            unchanged += 1
        elif row.criterion.id in scope.criteria:
            plan.answers.append(answer_line)
        else:
            not_theirs.append(row.criterion.number)
    for cell in read.entries:
        field_line = compared_entry(cell, entries.get(cell.question.place, Standing()))
        if field_line is None:
            continue
        if scope.holds(cell.question):
            plan.entries.append(field_line)
        else:
            not_theirs.append(f"{cell.question.number} {cell.question.field.label}".strip())
    return replace(plan, unchanged=unchanged, not_theirs=not_theirs)


def is_theirs(asked: CriterionContent | Question, scope: Scope) -> bool:
    return scope.holds(asked) if isinstance(asked, Question) else asked.id in scope.criteria


def compared(row: AnswerRow, standing: Standing, begun: Mapping[tuple[int, int], Said]) -> AnswerLine | None:
    """What a row would change in its answer; None for nothing."""
    theirs: Said = standing.said or NOTHING_SAID
    base = base_of(row, standing, begun)
    known = base or theirs
    mine = replace(known, **{part: as_it_was(part, known, value) for part, value in row.parts.items()})
    merged = merge(base, theirs, mine)
    parts = tuple(
        PartLine(part, getattr(theirs, part), getattr(mine, part), part in merged.clashes)
        for part in PARTS
        if part in merged.clashes or getattr(merged.said, part) != getattr(theirs, part)
    )
    if not parts:
        return None
    return AnswerLine(row.criterion, row.cells_of(part.part for part in parts), standing, parts)


def base_of(row: AnswerRow, standing: Standing, begun: Mapping[tuple[int, int], Said]) -> Said | None:
    """What the answer said when the workbook was made; None where nobody knows."""
    if row.version is None:
        # Where nothing is answered yet, there is nothing to disagree with.
        return NOTHING_SAID if standing.said in (None, NOTHING_SAID) else None
    if row.version == 0:
        return NOTHING_SAID
    if row.version == standing.version:
        said: Said | None = standing.said
        return said
    return begun.get((row.criterion.id, row.version))


def as_it_was(part: str, known: Said, value: Any) -> Any:
    """What a cell holds; the very words kept where they differ only in what no workbook holds."""
    before = getattr(known, part)
    return before if isinstance(before, str) and plain(before) == value else value


def compared_entry(cell: FieldCell, standing: Standing) -> FieldLine | None:
    """What a cell would change in its field; None for nothing."""
    asked = cell.question.field
    if same(asked, cell.value, standing.said):
        return None
    if cell.stamp is None:
        clashes = not is_empty(standing.said)
    elif cell.stamp.print == print_of(canonical(cell.value)):
        return None  # not touched in the workbook: what somebody entered since stands
    else:
        clashes = cell.stamp.version != standing.version
    return FieldLine(cell.question, cell.at, standing, cell.value, clashes)


def canonical(value: Any) -> Any:
    """A value of a field as a workbook gives it back, for its print."""
    if is_empty(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return plain(value).strip() if isinstance(value, str) else value
