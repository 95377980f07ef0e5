"""Charts of the composite plan: what each shows, in words and figures."""

from collections.abc import Callable
from dataclasses import dataclass

from s11.analysis.charts import Bar, Group, Trace, size_of, size_of_traces, stacked_bars, traces
from s11.analysis.measures.plan import PlanStanding
from s11.analysis.pages.plan import PlanFigures
from s11.analysis.plan_rules import LATE, NO_DATE, NOT_DUE
from s11.analysis.rules import share
from s11.questionnaires.rules import LevelContent

DRAWN_AT_MOST = 15  # organisations in a picture: the table has all of them
LABEL_LONGEST = 34  # letters beside a bar
THICK_AT_MOST = 9  # bars; more are drawn slim


@dataclass(frozen=True)
class PlanDrawing:
    """What a chart of the plan shows, in words and figures: bars of levels, or lines over months."""

    name: str
    title: str
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    levels: tuple[LevelContent, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    of: str = ""

    @property
    def groups(self) -> list[Group]:
        return [Group(" " if len(self.bars) > THICK_AT_MOST else "", self.bars)]

    def svg(self, *, name: str, narrow: bool = False) -> str:
        """The picture; `name` goes into every id of it."""
        description = f"{self.summary} The figures stand in the table beneath the picture."
        if self.traces:
            return traces(
                self.marks,
                self.traces,
                name=name,
                title=self.title,
                description=description,
                narrow=narrow,
                counts=True,
            )
        return stacked_bars(
            self.groups, self.levels, name=name, title=self.title, description=description,
            narrow=narrow, of=self.of,
        )  # fmt: skip

    def size(self, *, narrow: bool = False) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        if self.traces:
            return size_of_traces(self.traces, narrow=narrow)
        return size_of(self.groups, self.levels, narrow=narrow)


def _levels(*told: tuple[str, str, str]) -> tuple[LevelContent, ...]:
    """The parts of a bar, from letter, label and colour."""
    return tuple(
        LevelContent(
            id=place, code=letter, label=label, letter=letter, order=-place, value=None, colour=colour,
            meaning="", counts=True,
        )
        for place, (letter, label, colour) in enumerate(told)
    )  # fmt: skip


STANDING_LEVELS = _levels(
    ("D", "Done", "green"), ("O", "Open, not overdue", "scale-2"), ("L", "Late: overdue", "red")
)
LATE_LEVELS = _levels(
    ("N", NOT_DUE, "scale-3"), ("1", LATE[0][1], "scale-1"), ("2", LATE[1][1], "scale-2"),
    ("3", LATE[2][1], "amber"), ("4", LATE[3][1], "red"), ("?", NO_DATE, "grey"),
)  # fmt: skip


def over_the_months(figures: PlanFigures) -> PlanDrawing:
    """Lines: how many actions had been agreed, were complete and were verified, month by month."""
    months = figures.months
    last = months[-1]
    parts = {
        "Agreed": [month.agreed for month in months],
        "Complete": [month.complete for month in months],
        "Verified": [month.verified for month in months],
    }
    said = (
        f"Of {last.agreed} actions agreed so far, {last.complete} ({share(last.complete, last.agreed)}) are "
        f"complete and {last.verified} ({share(last.verified, last.agreed)}) are verified."
    )
    earlier = months[0]
    return PlanDrawing(
        "months",
        "Agreed, complete and verified, month by month",
        f"{said} At the end of {earlier.ends:%B %Y} it was {earlier.complete} and {earlier.verified} of "
        f"{earlier.agreed}.",
        ("End of", *parts),
        tuple(
            (
                f"{month.ends:%B %Y}" if month.ends < figures.today else "Today",
                *(str(points[place]) for points in parts.values()),
            )
            for place, month in enumerate(months)
        ),
        marks=tuple(f"{month.ends:%b %y}" for month in months),
        traces=tuple(Trace(label, tuple(map(float, points))) for label, points in parts.items()),
    )


def by_organisation(figures: PlanFigures, at_most: int = DRAWN_AT_MOST) -> PlanDrawing:
    """Bars: how the actions of each organisation stand, those with most overdue first."""
    shown = figures.organisations[:at_most]
    return PlanDrawing(
        "organisations",
        "How the actions of each organisation stand",
        _most_overdue(figures) + _left_out(len(figures.organisations) - len(shown)),
        ("Organisation", *(level.label for level in STANDING_LEVELS), "Actions"),
        tuple(
            (group.name, *(str(count) for count in _parts(group.stands)), str(group.stands.counted))
            for group in figures.organisations
        ),
        levels=STANDING_LEVELS,
        bars=tuple(Bar(_short(group.name), _parts(group.stands), 0, 0) for group in shown),
        of="Share of the actions of each",
    )


def _short(name: str) -> str:
    """A name that fits beside a bar; the table has it whole."""
    return name if len(name) <= LABEL_LONGEST else f"{name[: LABEL_LONGEST - 1].rstrip()}…"


def _parts(one: PlanStanding) -> tuple[int, int, int]:
    return one.done, one.open - one.overdue, one.overdue


def _left_out(more: int) -> str:
    if more <= 0:
        return ""
    return f" {more} more organisation{'s are' if more > 1 else ' is'} in the table only."


def _most_overdue(figures: PlanFigures) -> str:
    now = figures.now
    said = f"{now.overdue} of {now.open} open actions are overdue ({share(now.overdue, now.open)})."
    late = [group for group in figures.organisations if group.stands.overdue]
    if not late:
        return said
    most = late[0].stands.overdue
    first = [group.name for group in late if group.stands.overdue == most]
    more = f", and {len(first) - 1} more with as many" if len(first) > 1 else ""
    return f"{said} Most of them, {most}: {first[0].rstrip('.')}{more}."


def how_late(figures: PlanFigures) -> PlanDrawing:
    """Bars: how many days the open actions of each source are overdue."""
    every = {"All open actions": figures.late, **figures.late_by_source}
    kept = {name: found for name, found in every.items() if sum(found.values())}
    words = [level.label for level in LATE_LEVELS]
    long = figures.late[LATE[-1][1]]
    open_ = figures.now.open
    return PlanDrawing(
        "late",
        "How long open actions are overdue",
        f"{figures.now.overdue} of {open_} open actions are overdue, {long} of them for more than half a "
        f"year. {figures.late[NO_DATE]} {'have' if figures.late[NO_DATE] != 1 else 'has'} no date.",
        ("Source", *words, "Open"),
        tuple(
            (name, *(str(found[word]) for word in words), str(sum(found.values())))
            for name, found in kept.items()
        ),
        levels=LATE_LEVELS,
        bars=tuple(Bar(name, tuple(found[word] for word in words), 0, 0) for name, found in kept.items()),
        of="Share of the open actions of each",
    )


DRAWINGS: dict[str, Callable[[PlanFigures], PlanDrawing]] = {
    "months": over_the_months,
    "organisations": by_organisation,
    "late": how_late,
}
