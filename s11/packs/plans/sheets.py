"""The composite plan as a workbook: a line an action, to filter and to add up, with real dates."""

from collections.abc import Iterable, Iterator
from datetime import date

from s11.actions.rules import SOURCE_LABELS, STATUS_LABELS, Status
from s11.core import clock
from s11.packs.document import Cell, Column, Document, Of, Section, Table
from s11.packs.plans.contents import NOTHING, Paper
from s11.packs.plans.values import ActionLine, PlanLines, RecommendationBlock, SourceBlock
from s11.packs.plans.wording import (
    MARKS_EXPLAINED,
    NO_ACTION,
    chip_of,
    owner_words,
    said_words,
    step_words,
    steps_words,
)
from s11.packs.rules import stem_of
from s11.web.filters import day, moment, short_day

PLAN = (
    Column("Source"), Column("No."), Column("Recommendation"), Column("Theme"),
    Column("Action and milestones"), Column("Evidence that will show it"), Column("Owner"),
    Column("Due", Of.DATE), Column("Progress"), Column("RAG", Of.RATING), Column("Why"),
)  # fmt: skip
DETAILS = (
    Column("Ref"), Column("Source"), Column("No."), Column("Recommendation", width=3), Column("Theme"),
    Column("Action", width=3), Column("Milestones", width=2), Column("Evidence that will show it", width=2),
    Column("Intended outcome", width=2), Column("Mechanism"), Column("Organisation"), Column("Lead owner"),
    Column("Lead owner’s role"), Column("Further owners"), Column("First date", Of.DATE),
    Column("Earlier dates"), Column("Due", Of.DATE), Column("Times moved", Of.NUMBER), Column("Status"),
    Column("RAG", Of.RATING), Column("Why"), Column("Days overdue", Of.NUMBER),
    Column("Last word on progress", width=3), Column("Said on", Of.DATE), Column("Said by"),
)  # fmt: skip
RECOMMENDATIONS = (
    Column("Source"), Column("Date", Of.DATE), Column("No."), Column("Recommendation", width=3),
    Column("Theme"), Column("Answer"), Column("Actions", Of.NUMBER), Column("Of these overdue", Of.NUMBER),
    Column("Of these done", Of.NUMBER),
)  # fmt: skip
MILESTONES = (
    Column("Ref"), Column("Source"), Column("No."), Column("Action", width=3), Column("Milestone", width=3),
    Column("By", Of.DATE), Column("Reached", Of.DATE),
)  # fmt: skip
BLANK = Cell("")


def plan_book(plan: PlanLines, paper: Paper) -> Document:
    """The plan as sheets: its actions, its recommendations, its milestones."""
    narrowed = (("Only", paper.narrowed),) if paper.narrowed else ()
    left = () if plan.whole else (("Left out", "Recommendations without an action"),)
    return Document(
        title=paper.title,
        subtitle=f"As it stood on {day(plan.today)}",
        partnership=paper.partnership,
        facts=(("Actions", str(len(plan.lines))), *narrowed, *left, ("RAG", MARKS_EXPLAINED)),
        notice=paper.notice,
        built=f"Made on {moment(clock.now())} from the plan as it stood then.",
        sections=(
            _sheet("Plan", "Actions, and recommendations without one", PLAN, _plan(plan), names=2),
            _sheet("Details", "Every action with all that is known of it", DETAILS, _details(plan)),
            _sheet("Recommendations", "Recommendations as printed", RECOMMENDATIONS, _recommended(plan)),
            _sheet("Milestones", "Steps on the way", MILESTONES, _milestones(plan)),
        ),
        file_stem=stem_of(paper.stem, plan.today.isoformat()),
        has_cover=False,
        sideways=True,
    )


def _sheet(
    name: str, caption: str, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], *, names: int = 1
) -> Section:
    table = Table(caption, columns, tuple(rows), sheet=name, wide=True, empty=NOTHING, names=names)
    return Section(name, (table,))


def _plan(plan: PlanLines) -> Iterator[tuple[Cell, ...]]:
    """The columns Boards use, narrow enough to be printed."""
    for source in plan.sources:
        words = _words(source)
        for block in source.blocks:
            themes = Cell(", ".join(block.themes))
            for line in block.actions:
                said, by = said_words(line)
                yield (
                    Cell(source.heading),
                    Cell(line.number),
                    Cell(_answered(line, block, words)),
                    themes,
                    Cell(line.text, note=steps_words(line.steps)),
                    Cell(line.evidence),
                    Cell(owner_words(line.owners)),
                    _day(line.due_on),
                    Cell(said, note=by),
                    Cell(line.mark.label, chip=chip_of(line.mark)),
                    Cell(line.mark.why),
                )
            if block.is_unanswered:
                told = (Cell(source.heading), Cell(block.number), Cell(block.text), themes, Cell(NO_ACTION))
                yield (*told, *([BLANK] * (len(PLAN) - len(told))))


def _details(plan: PlanLines) -> Iterator[tuple[Cell, ...]]:
    for source in plan.sources:
        words = _words(source)
        for block in source.blocks:
            for line in block.actions:
                yield _line(source, block, line, plan.today, words)


def _words(source: SourceBlock) -> dict[str, str]:
    return {block.number: block.text for block in source.blocks if block.number}


def _line(
    source: SourceBlock, block: RecommendationBlock, line: ActionLine, today: date, words: dict[str, str]
) -> tuple[Cell, ...]:
    lead, *others = line.owners
    overdue = (today - line.due_on).days if line.due_on and line.is_late(today) else 0
    said = line.word
    return (
        Cell(line.ref),
        Cell(source.heading),
        Cell(line.number),
        Cell(_answered(line, block, words)),
        Cell(", ".join(block.themes)),
        Cell(line.text),
        Cell("\n".join(step_words(step) for step in line.steps)),
        Cell(line.evidence),
        Cell(line.outcome),
        Cell(line.mechanism),
        Cell(line.holder),
        Cell(lead.name),
        Cell(lead.role),
        Cell(owner_words(others) if others else ""),
        _day(line.first_due_on),
        Cell("\n".join(short_day(one) for one in line.earlier)),
        _day(line.due_on),
        _number(line.times_moved),
        Cell(STATUS_LABELS[line.status]),
        Cell(line.mark.label, chip=chip_of(line.mark)),
        Cell(line.mark.why),
        _number(overdue),
        Cell(said.text if said else ""),
        _day(said.on if said else None),
        Cell(said.by if said else ""),
    )


def _answered(line: ActionLine, block: RecommendationBlock, words: dict[str, str]) -> str:
    """The words of every recommendation an action answers, with their numbers where there are several."""
    if line.number in ("", block.number):
        return block.text
    if line.number == "All":
        return "All recommendations of this source"
    numbers = line.number.replace(" & ", ", ").split(", ")
    return "\n".join(f"{number}  {words[number]}" for number in numbers if number in words) or block.text


def _recommended(plan: PlanLines) -> Iterator[tuple[Cell, ...]]:
    for source in plan.sources:
        for block in source.blocks:
            if not block.is_printed:
                continue
            lines = [line for line in source.lines if answers(line, block)]
            yield (
                Cell(SOURCE_LABELS[source.kind] if not source.title else source.heading),
                _day(source.dated_on),
                Cell(block.number),
                Cell(block.text),
                Cell(", ".join(block.themes)),
                Cell(_answer(block)),
                _number(len(lines)),
                _number(sum(line.is_late(plan.today) for line in lines)),
                _number(sum(line.is_done for line in lines)),
            )


def answers(line: ActionLine, block: RecommendationBlock) -> bool:
    """Whether an action of the same source answers a recommendation, and was not superseded."""
    return line.status != Status.SUPERSEDED and (line in block.actions or line.number in block.elsewhere)


def _answer(block: RecommendationBlock) -> str:
    if block.not_accepted:
        return f"Not accepted: {block.not_accepted}"
    return NO_ACTION if block.is_unanswered else ""


def _milestones(plan: PlanLines) -> Iterator[tuple[Cell, ...]]:
    for source in plan.sources:
        for line in source.lines:
            for step in line.steps:
                told = (line.ref, source.heading, line.number, line.text, step.text)
                yield (*(Cell(text) for text in told), _day(step.due_on), _day(step.done_on))


def _day(value: date | None) -> Cell:
    return Cell(short_day(value), date=value.isoformat()) if value else BLANK


def _number(value: int) -> Cell:
    return Cell(str(value), number=value)
