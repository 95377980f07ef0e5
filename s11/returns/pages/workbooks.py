"""What the page prints that shows what a workbook would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from s11.questionnaires.changes.marking import Mark, Run, marked
from s11.returns.merging import Said
from s11.returns.pages.answering import words_of
from s11.returns.workbook.cells import entry_words
from s11.returns.workbook.comparing import BOTH, MINE, TEXTS, THEIRS, AnswerLine, FieldLine, PartLine, Plan

# Comparing word by word costs; beyond so many characters on one page texts are shown one after the other.
COMPARED_AT_MOST = 120_000
FAULTS_LISTED = 200


Typed = dict[str, str] | None


@dataclass(frozen=True)
class Difference:
    """One part that would change: words by the runs that lead to the new ones, a choice by both."""

    label: str
    runs: tuple[Run, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Choice:
    """One part that somebody has to decide: both texts, and what can be chosen."""

    name: str
    label: str
    theirs: str
    mine: str
    who: str
    choices: list[tuple[str, str]]
    chosen: str | None
    error: str | None


@dataclass(frozen=True)
class Line:
    """A criterion or a question with what would change in it, and what has to be chosen."""

    number: str
    title: str
    at: str
    differences: list[Difference]
    choices: list[Choice]


@dataclass(frozen=True)
class WorkbookPage:
    """The whole page."""

    changes: list[Line]
    conflicts: list[Line]
    faults: list[tuple[str, str]]
    more_faults: int
    shown: str
    button: str

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """Sentences for the summary at the top, each leading to its choice."""
        return [
            (f"{line.number} {choice.label}: {choice.error}".strip(), f"#{choice.name}")
            for line in self.conflicts
            for choice in line.choices
            if choice.error
        ]


class _Words:
    """Compares texts word by word as long as that is cheap."""

    def __init__(self) -> None:
        self.left = COMPARED_AT_MOST

    def runs(self, old: str, new: str) -> tuple[Run, ...]:
        self.left -= len(old) + len(new)
        if old and new and self.left > 0:
            return marked(old, new)
        both = ((Mark.DELETED, old), (Mark.INSERTED, new))
        return tuple(Run(mark, text) for mark, text in both if text)


def workbook_page(plan: Plan, typed: dict[str, str] | None) -> WorkbookPage:
    """What a plan prints; `typed`: the choices that were sent, to be completed."""
    words = _Words()
    lines = [answer_line(one, words, typed) for one in plan.answers]
    lines += [field_line(one, words, typed) for one in plan.entries]
    faults = [(str(fault.at), fault.sentence) for fault in plan.faults]
    return WorkbookPage(
        changes=[line for line in lines if line.differences],
        conflicts=[line for line in lines if line.choices],
        faults=faults[:FAULTS_LISTED],
        more_faults=max(0, len(faults) - FAULTS_LISTED),
        shown=packed(plan),
        button=button_of(plan),
    )


def answer_line(line: AnswerLine, words: _Words, typed: Typed) -> Line:
    criterion = line.criterion

    def said(part: PartLine, value: Any) -> str:
        text = words_of(criterion, Said(**{part.part: value}), part.part)
        return "" if text == "Nothing" else text

    return Line(
        number=criterion.number,
        title=criterion.headline,
        at=line.at,
        differences=[
            Difference(part.label, words.runs(said(part, part.old), said(part, part.new)))
            if part.part in TEXTS
            else Difference(part.label, before=said(part, part.old), after=said(part, part.new))
            for part in line.parts
            if not part.clashes
        ],
        choices=[
            Choice(
                name=line.name(part),
                label=part.label,
                theirs=said(part, part.old) or "Nothing",
                mine=said(part, part.new) or "Nothing",
                who=line.standing.name,
                choices=choices_of(part.can_be_both),
                **as_typed(line.name(part), typed),
            )
            for part in line.clashes
        ],
    )


def field_line(line: FieldLine, words: _Words, typed: Typed) -> Line:
    asked = line.question.field
    old, new = entry_words(asked, line.standing.said), entry_words(asked, line.new)
    choice = Choice(
        name=line.name,
        label=asked.label,
        theirs=old or "Nothing",
        mine=new or "Nothing",
        who=line.standing.name,
        choices=choices_of(False),
        **as_typed(line.name, typed),
    )
    return Line(
        number=line.question.number,
        title=asked.label,
        at=str(line.at),
        differences=[] if line.clashes else [difference_of(asked.kind, asked.label, old, new, words)],
        choices=[choice] if line.clashes else [],
    )


def difference_of(kind: str, label: str, old: str, new: str, words: _Words) -> Difference:
    """What changes in a field: its words, or one value for another."""
    if kind in ("text", "long_text", "choices"):
        return Difference(label, words.runs(old, new))
    return Difference(label, before=old or "Nothing", after=new or "Nothing")


def as_typed(name: str, typed: Typed) -> dict[str, str | None]:
    """A choice as it was sent, with a sentence where none was made."""
    if typed is None:
        return {"chosen": None, "error": None}
    return {"chosen": typed.get(name), "error": None if name in typed else "Choose what should stand."}


def choices_of(can_be_both: bool) -> list[tuple[str, str]]:
    found = [(THEIRS, "Keep what is on screen"), (MINE, "Take what is in the workbook")]
    return [*found, (BOTH, "Keep both, one after the other")] if can_be_both else found


def button_of(plan: Plan) -> str:
    """What the button says it will do."""
    if plan.conflicts:
        return "Apply the changes and your choices" if plan.changes else "Apply your choices"
    if plan.faults or plan.not_theirs:
        return f"Apply the {plan.changes} that can be"
    return f"Apply these {plan.changes} changes" if plan.changes > 1 else "Apply this change"


# Which state was shown travels with the form, so that nothing is applied that was not.


def packed(plan: Plan) -> str:
    """The versions of what is shown, as "a12.5 f3-12.1"."""
    answers = [f"a{line.criterion.id}.{line.standing.version}" for line in plan.answers]
    entries = ["f{}-{}.{}".format(*line.question.place, line.standing.version) for line in plan.entries]
    return " ".join((*answers, *entries))


@dataclass(frozen=True)
class ShownVersions:
    """The same, unpacked: versions by criterion, and by place of a field."""

    answers: dict[int, int]
    entries: dict[tuple[int, int], int]


def unpacked(text: str) -> ShownVersions:
    """What cannot be read was not shown."""
    answers: dict[int, int] = {}
    entries: dict[tuple[int, int], int] = {}
    for what, numbers in _readable(text.split()):
        if what == "a" and len(numbers) == 2:
            answers[numbers[0]] = numbers[1]
        elif what == "f" and len(numbers) == 3:
            entries[numbers[0], numbers[1]] = numbers[2]
    return ShownVersions(answers, entries)


def _readable(parts: Iterable[str]) -> Iterable[tuple[str, list[int]]]:
    for part in parts:
        numbers = part[1:].replace("-", ".").split(".")
        if all(one.isascii() and one.isdecimal() and len(one) < 10 for one in numbers):
            yield part[:1], [int(one) for one in numbers]
