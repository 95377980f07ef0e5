"""The composite plan as a paper for a meeting, in the columns Boards use; in Word it can be edited."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from s11.actions.rules import Rag
from s11.core import clock
from s11.packs.document import Cell, Column, Document, Of, Paragraph, Section, Table, Tone
from s11.packs.plans.values import ActionLine, PlanLines, RecommendationBlock, SourceBlock
from s11.packs.plans.wording import (
    MARKS_EXPLAINED,
    NO_ACTION,
    chip_of,
    counted_words,
    earlier_words,
    mark_words,
    owner_words,
    said_words,
    steps_words,
    time_words,
)
from s11.packs.rules import capital, stem_of
from s11.web.filters import day, moment

NOTICE = "For the Board and its sub-groups: it names owners. Not for publication."
COLUMNS = (
    Column("Recommendation", width=2.8),
    Column("Theme", width=1.4),
    Column("Action and milestones", width=3.4),
    Column("Evidence that will show it", width=2.2),
    Column("Owner", width=2.7),
    Column("Timescale", width=1.5),
    Column("Progress", width=3.0),
    Column("RAG", Of.RATING, width=1.4),
)
EMPTY = tuple(Cell("") for _ in COLUMNS[3:])
# With so many sources a paper begins with a list of them.
LISTED_FROM = 6
NOTHING = "There is no action that fits what was asked for."


@dataclass(frozen=True)
class Paper:
    """What a paper of the plan says besides its lines."""

    title: str
    partnership: str
    notice: str
    narrowed: str = ""
    left_out: str = ""
    stem: str = "action-plan"


def plan_paper(plan: PlanLines, paper: Paper) -> Document:
    """The plan by source and recommendation."""
    return Document(
        title=paper.title,
        subtitle=f"As it stood on {day(plan.today)}",
        partnership=paper.partnership,
        facts=tuple(_facts(plan, paper)),
        notice=paper.notice,
        built=f"Made on {moment(clock.now())} from the plan as it stood then.",
        sections=tuple(_sections(plan)),
        file_stem=stem_of(paper.stem, plan.today.isoformat()),
        has_cover=False,
        has_contents=len(plan.sources) >= LISTED_FROM,
        sideways=True,
    )


def _facts(plan: PlanLines, paper: Paper) -> Iterator[tuple[str, str]]:
    marks = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.LATER)
    found = [f"{count} {mark.value}" for mark in marks[:3] if (count := plan.marked(mark))]
    if count := plan.marked(Rag.LATER):
        found.append(f"{count} not due yet")
    if count := plan.marked(Rag.GONE):
        found.append(f"{count} superseded")
    yield "Actions", f"{len(plan.lines)}: {', '.join(found)}" if found else "None"
    if plan.unanswered:
        yield "Without an action", counted_words(0, plan.unanswered).removesuffix(", 0 actions")
    if paper.narrowed:
        yield "Only", paper.narrowed
    left = [paper.left_out] if paper.left_out else []
    if not plan.whole:
        left.append("recommendations without an action, since not the whole plan is printed")
    if left:
        yield "Left out", capital("; ".join(left))
    yield "RAG", MARKS_EXPLAINED


def _sections(plan: PlanLines) -> Iterator[Section]:
    if not plan.sources:
        yield Section("Actions", (Paragraph(NOTHING, Tone.QUIET),))
    for source in plan.sources:
        yield Section(source.heading, (_table(source),))


def _table(source: SourceBlock) -> Table:
    recommended = sum(block.is_printed for block in source.blocks)
    dated = f", {day(source.dated_on)}" if source.dated_on else ""
    return Table(
        f"{counted_words(len(source.lines), recommended)}{dated}",
        COLUMNS,
        tuple(row for block in source.blocks for row in _rows(block)),
        names=1,
    )


def _rows(block: RecommendationBlock) -> Iterable[tuple[Cell, ...]]:
    """The rows of a recommendation: its words in the first, its number in every one."""
    themes = Cell(", ".join(block.themes))
    head = Cell(_recommendation(block))
    for place, line in enumerate(block.actions):
        own = line.number if line.number not in ("", block.number) else ""
        together = f"Answered together: {own}" if own != "All" else "Answers all recommendations"
        first = Cell(head.text, note=together if own else "")
        again = Cell(f"{block.number} (as above)".strip(), note=together if own else "")
        yield _row(first if place == 0 else again, themes if place == 0 else Cell(""), line)
    began = bool(block.actions)
    rest = Cell(f"{block.number} (as above)".strip()) if began else head
    if block.elsewhere and not began:
        words = " and ".join(_at(number) for number in block.elsewhere)
        yield (rest, themes, Cell(f"See the action printed {words}."), *EMPTY)
    elif block.not_accepted and not began:
        yield (rest, themes, Cell("Not accepted", note=block.not_accepted, strong=True), *EMPTY)
    elif block.is_unanswered:
        yield (rest, Cell("") if began else themes, Cell(NO_ACTION, strong=True), *EMPTY)


def _further(line: ActionLine) -> str:
    """Who has a part in it besides the one who leads."""
    others = line.owners[1:]
    return f"With {owner_words(others)}" if others else ""


def _at(number: str) -> str:
    return "for all recommendations" if number == "All" else f"for {number}"


def _recommendation(block: RecommendationBlock) -> str:
    return f"{block.number}  {block.text}".strip() or "Answers no recommendation"


def _row(first: Cell, themes: Cell, line: ActionLine) -> tuple[Cell, ...]:
    said, by = said_words(line)
    return (
        first,
        themes,
        Cell(line.text, note=steps_words(line.steps)),
        Cell(line.evidence),
        Cell(owner_words(line.owners[:1]), note=_further(line)),
        Cell(time_words(line), note=earlier_words(line)),
        Cell(said, note=by),
        Cell(mark_words(line.mark), chip=chip_of(line.mark)),
    )
