"""The composite plan in figures: how it stands, and what happened since a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s11.actions.rules import MECHANISM_LABELS, SOURCE_LABELS, Mechanism, Source
from s11.analysis.measures import plan as measures
from s11.analysis.measures.plan import ImpactSaid, Month, PlanStanding, Since
from s11.analysis.pages.tables import FigureLine
from s11.analysis.queries import Moved, Tracked, Unanswered
from s11.analysis.rules import share

MONTHS = 13  # a year, and the month in hand
NO_MECHANISM, NO_THEME = "No mechanism given", "No theme given"


@dataclass(frozen=True)
class PlanGroup:
    """Actions that have something in common: what that is called, and how they stand."""

    key: str
    name: str
    stands: PlanStanding


@dataclass(frozen=True)
class PlanFigures:
    """Everything a plan adds up to on a day, and how it stood at the end of an earlier one."""

    today: date
    day: date
    now: PlanStanding
    then: PlanStanding
    happened: Since
    late: Mapping[str, int]
    ages: Mapping[str, int]
    moved: Mapping[str, int]
    months: Sequence[Month]
    on_first_date: tuple[int, int]
    days_to_complete: tuple[float | None, int]
    impact: ImpactSaid
    organisations: Sequence[PlanGroup]
    sources: Sequence[PlanGroup]
    mechanisms: Sequence[PlanGroup]
    themes: Sequence[PlanGroup]
    late_by_source: Mapping[str, Mapping[str, int]]
    longest_overdue: Sequence[Tracked]
    drifting: Sequence[Tracked]
    unanswered: Sequence[Unanswered]


def plan_figures(
    rows: Sequence[Tracked],
    history: Sequence[Moved],
    unanswered: Sequence[Unanswered],
    *,
    day: date,
    today: date,
) -> PlanFigures:
    """The figures of a plan; `day` is the one it is compared with."""
    labels = {str(kind): label for kind, label in SOURCE_LABELS.items()}
    by_source = {
        kind: [one for one in rows if one.source == kind]
        for kind in labels
        if kind in {r.source for r in rows}
    }
    return PlanFigures(
        today=today,
        day=day,
        now=measures.standing(rows, today),
        then=measures.standing(measures.as_of(rows, history, day), day),
        happened=measures.since(rows, history, day),
        late=measures.lateness(rows, today),
        ages=measures.ages(rows, today),
        moved=measures.moved(rows),
        months=measures.over_time(rows, today, months=MONTHS),
        on_first_date=measures.on_first_date(rows, today),
        days_to_complete=measures.days_to_complete(rows),
        impact=measures.impact(rows),
        organisations=_groups(
            measures.grouped(rows, lambda one: (one.organisation,), today),
            {one.organisation: one.holder for one in rows},
        ),
        sources=_groups(measures.grouped(rows, lambda one: (one.source,), today), labels),
        mechanisms=_groups(
            measures.grouped(rows, lambda one: (one.mechanism,), today),
            {"": NO_MECHANISM, **{str(kind): MECHANISM_LABELS[kind] for kind in Mechanism}},
        ),
        themes=_groups(measures.grouped(rows, lambda one: one.themes or ("",), today), {"": NO_THEME}),
        late_by_source={labels[kind]: measures.lateness(some, today) for kind, some in by_source.items()},
        longest_overdue=measures.longest_overdue(rows, today),
        drifting=measures.drifting(rows),
        unanswered=unanswered,
    )


def _groups(found: Mapping[str, PlanStanding], names: Mapping[str, str]) -> list[PlanGroup]:
    """Most overdue first, then most open; groups of nothing but superseded actions are left out."""
    groups = [PlanGroup(key, names.get(key, key), one) for key, one in found.items() if one.counted]
    return sorted(groups, key=lambda g: (-g.stands.overdue, -g.stands.open, g.name.lower(), g.key))


GROUP_HEAD = ("Actions", "Open", "Overdue", "Drifting", "To verify", "Verified", "Closed", "Done")


def group_cells(one: PlanStanding) -> tuple[tuple[str, str], ...]:
    """The figures of a group as they are printed, with shares of what is open and of all."""

    def part(count: int, of: int) -> tuple[str, str]:
        return str(count), share(count, of) if count else ""

    return (
        (str(one.counted), ""), (str(one.open), ""),
        part(one.overdue, one.open), part(one.drifting, one.open),
        (str(one.to_verify), ""), (str(one.verified), ""), (str(one.closed), ""), part(one.done, one.counted),
    )  # fmt: skip


def group_line(group: PlanGroup, href: str = "") -> FigureLine:
    return FigureLine(group.key, group.name, href, group_cells(group.stands), {})


def then_and_now(figures: PlanFigures) -> list[tuple[str, int, int]]:
    """What stood how many then, and stands how many now."""
    then, now = figures.then, figures.now
    return [
        ("Actions counted", then.counted, now.counted),
        ("Open", then.open, now.open),
        ("Overdue", then.overdue, now.overdue),
        ("Drifting", then.drifting, now.drifting),
        ("To verify", then.to_verify, now.to_verify),
        ("Verified", then.verified, now.verified),
        ("Closed", then.closed, now.closed),
    ]


def happened(found: Since) -> list[tuple[str, int]]:
    """What happened since, in the words of a line each."""
    return [
        ("New in the plan", found.came),
        ("Said to be complete", found.complete),
        ("Verified by the Board", found.verified),
        ("Closed", found.closed),
        ("Returned or opened again", found.reopened),
        ("Given a later or another date", found.moved),
        ("Superseded", found.superseded),
    ]


def in_passing(found: Since) -> list[tuple[str, int]]:
    """The same as parts of a sentence, each behind its number."""
    return [
        ("new", found.came),
        ("said to be complete", found.complete),
        ("verified", found.verified),
        ("closed", found.closed),
        ("returned or opened again", found.reopened),
        ("given another date", found.moved),
        ("superseded", found.superseded),
    ]


def timeliness(figures: PlanFigures) -> list[tuple[str, str, str]]:
    """What is known about time and impact: what, figure, of how many."""
    kept, due = figures.on_first_date
    middle, of = figures.days_to_complete
    told = figures.impact
    moved = sum(count for words, count in figures.moved.items() if words != "Never")
    return [
        ("Complete on the first date", f"{kept} of {due}", share(kept, due)),
        ("Date moved at least once", f"{moved} of {figures.now.counted}", share(moved, figures.now.counted)),
        (
            "Days to completion, the middle one",
            "–" if middle is None else f"{middle:g}",
            f"of {of} complete actions",
        ),
        ("Say what difference they made", f"{told.said} of {told.of}", share(told.said, told.of)),
        ("Made a difference, and it is known how", f"{told.made} of {told.of}", share(told.made, told.of)),
    ]


def source_name(one: Tracked) -> str:
    """Practice review: Child Q, 2026."""
    label = SOURCE_LABELS[Source(one.source)]
    return f"{label}: {one.source_title}" if one.source_title else label
