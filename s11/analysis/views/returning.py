"""Who returned, and by when, in every cycle of a questionnaire that whoever asks may see."""

from datetime import date
from typing import TYPE_CHECKING

from s11.analysis.lazy import frames, pages
from s11.analysis.views.figures import siblings
from s11.core import clock
from s11.cycles.models import Cycle

if TYPE_CHECKING:
    from s11.analysis.pages import Curves, Rate


def rates_of(cycle: Cycle) -> "list[tuple[Cycle, Rate]]":
    """Each cycle with its rates, the earliest first."""
    every = [one for one in siblings(cycle) if one.issued_at is not None]
    found = pages.rates(frames.returns_of(every), until_of(every)) if every else {}
    return [(one, found[one.code]) for one in every]


def curves_of(told: "list[tuple[Cycle, Rate]]") -> "Curves":
    """How the returns of these cycles came in."""
    every = [cycle for cycle, _ in told]
    called = short_of([cycle.due_on for cycle in every])
    return pages.curves(
        frames.returns_of(every),
        {cycle.code: rate for cycle, rate in told},
        dict(zip((cycle.code for cycle in every), called, strict=True)),
        until_of(every),
    )


def until_of(every: list[Cycle]) -> dict[str, int]:
    """The last day that is over, counted from the due day of each."""
    return {cycle.code: (clock.today() - cycle.due_on).days - 1 for cycle in every}


def short_of(days: list[date]) -> list[str]:
    """The year of each day, or month and year where two fall into one year."""
    years = [str(day.year) for day in days]
    return years if len(set(years)) == len(years) else [f"{day:%b %Y}" for day in days]
