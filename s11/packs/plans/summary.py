"""One page of the composite plan for the sub-group: the figures of its page, in print."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from s11.analysis import queries
from s11.analysis.lazy import pages
from s11.core import clock
from s11.core.shares import share
from s11.organisations.models import Partnership
from s11.packs.document import (
    Bar,
    Beside,
    Block,
    Cell,
    Chart,
    Chip,
    Column,
    Document,
    Facts,
    Line,
    Of,
    Paragraph,
    Section,
    Table,
    Tone,
    Trend,
)
from s11.packs.rules import excerpt, stem_of
from s11.packs.writing.shades import FILLS
from s11.web.filters import day, moment, plural, short_day

if TYPE_CHECKING:
    from s11.analysis.pages import PlanDrawing, PlanFigures
    from s11.analysis.queries import Tracked

NOTICE = "For the Board and its sub-groups."
# As much as one page holds.
LONGEST, DRIFTING, UNANSWERED, ORGANISATIONS, BARS = 5, 3, 3, 6, 6
WORDS = 70
RULES = (
    "Open: not started, on track or at risk. To verify: complete as its owner says, not yet verified by the "
    "Board. Overdue: open, and its date is past. Drifting: open, its date moved twice or more. Done: to "
    "verify, verified or closed. Superseded actions are not counted."
)


def summary(place: Partnership, *, since: date, in_columns: bool = True) -> Document:
    """The plan of a partnership on one page. `since`: the day it is compared with. `in_columns`: tables stand
    side by side; a format that lets them run from one column into the next has them one beneath the other."""
    figures = pages.plan_figures(
        queries.of_plan(place),
        queries.moves(place.id),
        queries.unanswered(place.id),
        day=since,
        today=clock.today(),
    )
    return Document(
        title="Action plan on a page",
        subtitle="",
        partnership=place.name,
        facts=(),
        notice=NOTICE,
        built=f"Made on {moment(clock.now())}; compared with the end of {day(since)}.",
        sections=(Section("", tuple(_blocks(figures, in_columns))),),
        file_stem=stem_of("action-plan-on-a-page", figures.today.isoformat()),
        has_cover=False,
        has_contents=False,
    )


def _blocks(figures: "PlanFigures", in_columns: bool) -> Iterable[Block]:
    now = figures.now
    yield Facts(
        (
            ("Open", str(now.open)),
            ("Overdue", f"{now.overdue} ({share(now.overdue, now.open)})"),
            ("Drifting", str(now.drifting)),
            ("To verify", str(now.to_verify)),
            ("Verified", str(now.verified)),
            ("Closed", str(now.closed)),
            ("Actions counted", str(now.counted)),
            ("Recommendations unanswered", str(len(figures.unanswered))),
        ),
        big=True,
    )
    yield Beside((_trend(pages.over_the_months(figures)),), (_chart(pages.by_organisation(figures, BARS)),))
    pairs: list[tuple[tuple[Block, ...], tuple[Block, ...]]] = [
        ((_then_and_now(figures),), (_organisations(figures),)),
        ((_overdue(figures),), (*_drifting(figures.drifting), *_unanswered(figures))),
    ]
    for left, right in pairs:
        if in_columns:
            yield Beside(left, right)
        else:
            yield from (*left, *right)
    yield Paragraph(RULES, Tone.QUIET)


def _trend(drawing: "PlanDrawing") -> Trend:
    lines = tuple(Line(trace.label, trace.points) for trace in drawing.traces)
    return Trend(drawing.title, drawing.summary, drawing.marks, lines, counts=True)


def _chart(drawing: "PlanDrawing") -> Chart:
    levels = tuple(Chip(one.letter, one.label, FILLS[one.colour]) for one in drawing.levels)
    bars = tuple(Bar(bar.label, bar.counts) for bar in drawing.bars)
    return Chart(drawing.title, drawing.summary, levels, bars, of=drawing.of)


def _then_and_now(figures: "PlanFigures") -> Table:
    said = ", ".join(f"{count} {words}" for words, count in pages.in_passing(figures.happened))
    return Table(
        f"Then, at the end of {short_day(figures.day)}, and now",
        (Column("", width=2), Column("Then", Of.NUMBER), Column("Now", Of.NUMBER)),
        tuple((Cell(words), _number(then), _number(now)) for words, then, now in pages.then_and_now(figures)),
        note=f"Since then: {said}.",
    )


def _overdue(figures: "PlanFigures") -> Block:
    some = figures.longest_overdue
    if not some:
        return Paragraph("Nothing is overdue.")
    return Table(
        "Longest overdue",
        (Column("Action", width=5), Column("Days", Of.NUMBER, 0.8)),
        tuple(
            (
                Cell(
                    excerpt(one.text, WORDS),
                    note=f"{one.holder}; {_led_by(one)}; due {short_day(one.due_on)}",
                ),
                _number((figures.today - one.due_on).days if one.due_on else 0),
            )
            for one in some[:LONGEST]
        ),
        note=_more(len(some) - LONGEST),
        names=0,
    )


def _led_by(one: "Tracked") -> str:
    return one.led_by or "no owner"


def _drifting(some: Sequence["Tracked"]) -> Iterable[Block]:
    if not some:
        yield Paragraph("No open action had its date moved twice or more.")
        return
    yield Table(
        "Drifting",
        (Column("Action", width=5), Column("Moved", Of.NUMBER, 0.8)),
        tuple(
            (
                Cell(
                    excerpt(one.text, WORDS),
                    note=f"{one.holder}; first {short_day(one.first_due_on)}, now {short_day(one.due_on)}",
                ),
                _number(one.times_moved),
            )
            for one in some[:DRIFTING]
        ),
        note=_more(len(some) - DRIFTING),
        names=0,
    )


def _unanswered(figures: "PlanFigures") -> Iterable[Block]:
    found = figures.unanswered
    if not found:
        yield Paragraph("Every recommendation the Board accepts has an action.")
        return
    yield Table(
        "Recommendations without an action",
        (Column("Recommendation"),),
        tuple(
            (Cell(excerpt(f"{one.number} {one.text}".strip(), WORDS + 10), note=excerpt(one.source, WORDS)),)
            for one in found[:UNANSWERED]
        ),
        note=_more(len(found) - UNANSWERED),
        names=0,
    )


def _more(count: int) -> str:
    return f"And {count} more." if count > 0 else ""


def _organisations(figures: "PlanFigures") -> Table:
    more = figures.organisations[ORGANISATIONS:]
    left = sum(group.stands.counted for group in more)
    return Table(
        "By organisation, most overdue first",
        (
            Column("", width=3.6), Column("Actions", Of.NUMBER), Column("Open", Of.NUMBER),
            Column("Overdue", Of.NUMBER), Column("Done", Of.NUMBER),
        ),
        tuple(
            (Cell(group.name), *map(_number, (one.counted, one.open, one.overdue, one.done)))
            for group in figures.organisations[:ORGANISATIONS]
            for one in (group.stands,)
        ),
        note=f"And {plural(len(more), 'more organisation')} with {plural(left, 'action')}." if more else "",
        empty="There is no action yet.",
    )  # fmt: skip


def _number(value: int) -> Cell:
    return Cell(str(value), number=value)
