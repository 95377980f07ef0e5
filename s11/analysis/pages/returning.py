"""Who returned, and by when: cycle by cycle, and week by week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import pandas as pd

from s11.analysis import measures
from s11.analysis.charts import Trace
from s11.analysis.pages.tables import FigureLine, records
from s11.analysis.rules import one_decimal, share

FIRST_WEEK, LAST_WEEK = -8, 5  # from the due day
DAYS = 7
AT_MOST = 6  # curves in one picture: more cannot be told apart


@dataclass(frozen=True)
class Rate:
    """Who was asked in one cycle: asked = exempt + withdrawn + due. Of those due so many are in now, were in
    a week before the due day of the cycle and at its end (None while that day is not over), and came after
    their own day."""

    asked: int
    exempt: int
    withdrawn: int
    due: int
    returned: int
    week_before: int | None
    on_due_day: int | None
    late: int


SETTLED = ("asked", "exempt", "withdrawn", "due", "returned", "late")
OVER_AFTER = {"week_before": -DAYS, "on_due_day": 0}


def rates(returns: pd.DataFrame, until: Mapping[str, int]) -> dict[str, Rate]:
    """A rate for each cycle by its code, from the rows of `frames.returns_of`. `until`: the last day of each
    that is over, counted from its due day."""
    table = measures.return_rates(returns)[[*SETTLED, *OVER_AFTER]].fillna(0)
    found = {}
    for code, row in records(table):
        counts = {name: int(row[name]) for name in SETTLED}
        known = {
            name: int(row[name]) if until[str(code)] >= day else None for name, day in OVER_AFTER.items()
        }
        found[str(code)] = Rate(**counts, week_before=known["week_before"], on_due_day=known["on_due_day"])
    return found


def rate_line(title: str, href: str, one: Rate) -> FigureLine:
    of_due = (
        ("not yet", "") if part is None else (str(part), share(part, one.due))
        for part in (one.returned, one.week_before, one.on_due_day)
    )
    counts = ((str(one.asked), ""), (str(one.exempt), ""), (str(one.withdrawn), ""), (str(one.due), ""))
    return FigureLine(title, title, href, (*counts, *of_due, (str(one.late), share(one.late, one.due))), {})


@dataclass(frozen=True)
class Curves:
    """How returns came in, week by week, a line a cycle; with the words and the figures of the picture."""

    marks: tuple[str, ...]
    traces: tuple[Trace, ...]
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def curves(
    returns: pd.DataFrame, told: Mapping[str, Rate], called: Mapping[str, str], until: Mapping[str, int]
) -> Curves:
    """The curves of the latest cycles. `told`: their rates by code, the earliest first; `called`: what each
    is called; `until`: the last day of each that is over, counted from its due day."""
    codes = list(told)[-AT_MOST:]
    weeks = list(range(FIRST_WEEK, LAST_WEEK + 1))
    table = measures.chase(returns, FIRST_WEEK * DAYS, LAST_WEEK * DAYS, until=until)
    points = {code: [float(table.loc[week * DAYS, code]) for week in weeks] for code in codes}
    return Curves(
        marks=tuple("due" if not week else f"{week:+d}".replace("-", "−") for week in weeks),
        traces=tuple(
            Trace(called[code], tuple(None if isnan(p) else p for p in points[code])) for code in codes
        ),
        summary=summary(codes, told, called),
        head=("End of", *(called[code] for code in codes)),
        rows=tuple(
            (week_words(week), *(cell(points[code][place], told[code].due) for code in codes))
            for place, week in enumerate(weeks)
        ),
    )


def cell(percent: float, due: int) -> str:
    return "–" if isnan(percent) else f"{round(percent * due / 100)} of {due} ({one_decimal(percent)} %)"


def week_words(week: int) -> str:
    if not week:
        return "The due day"
    many = f"{abs(week)} week{'s' if abs(week) > 1 else ''}"
    return f"{many} {'before' if week < 0 else 'after'}"


def summary(codes: Sequence[str], told: Mapping[str, Rate], called: Mapping[str, str]) -> str:
    """What was in on the due day, the latest cycle first."""
    said = [
        f"{called[code]}: {one.on_due_day} of {one.due} ({share(one.on_due_day, one.due)})"
        for code in reversed(codes)
        if (one := told[code]).on_due_day is not None and one.due
    ]
    return f"In by the end of the due day, {'; '.join(said)}." if said else "No due day has passed yet."
