"""The years of a questionnaire beside each other."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from s11.analysis import permissions
from s11.analysis.lazy import charts, frames, pages
from s11.analysis.narrowing import Asked
from s11.analysis.rules import BEST_RULE, CHASE_RULE, RETURN_RATES_RULE, YEARS_RULE, Basis, By
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.figures import figures_of, siblings
from s11.analysis.views.returning import curves_of, rates_of, short_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.questionnaires.rules import EditionContent
from s11.web.guards import guard

if TYPE_CHECKING:
    import pandas as pd

    from s11.analysis.pages import Trend


@dataclass(frozen=True)
class Years:
    """Several years of one questionnaire by the refs of their cycles, the earliest first."""

    titles: dict[str, str]
    frames: "dict[str, pd.DataFrame]"
    editions: dict[str, EditionContent]
    days: dict[str, date]

    @property
    def short(self) -> list[str]:
        return short_of(list(self.days.values()))


def years_of(cycle: Cycle, *, until: bool = True, asked: Asked | None = None) -> Years:
    """The years that have anything in, up to this one unless all are wanted; own ratings."""
    titles, tables, editions, days = {}, {}, {}, {}
    for one in siblings(cycle):
        if until and one.due_on > cycle.due_on:
            continue
        figures = figures_of(one, Basis.SELF, asked=asked)
        if figures.own.empty:
            continue
        titles[one.ref], tables[one.ref] = one.title, figures.own
        editions[one.ref], days[one.ref] = figures.edition, one.due_on
    return Years(titles, tables, editions, days)


def year_before(cycle: Cycle) -> Cycle | None:
    """The cycle before this one of the same questionnaire that whoever asks may see."""
    earlier = [one for one in siblings(cycle) if one.due_on < cycle.due_on]
    return earlier[-1] if earlier else None


def before_of(cycle: Cycle) -> "tuple[Cycle, pd.DataFrame, EditionContent] | None":
    """The year before with its own ratings and what it asked; None where there is none or nothing is in."""
    before = year_before(cycle)
    if before is None:
        return None
    table = frames.tables(before, Basis.SELF)[Basis.SELF]
    return None if table.empty else (before, table, cycles.content_of(before))


@analysis.get("/cycles/<ref>/years")
@guard(cycles.by_ref, see=permissions.can_see)
def trend(cycle: Cycle) -> ResponseReturnValue:
    """Every standard over the years, and where its line breaks."""
    years = years_of(cycle, until=False)
    found = pages.trend(years.titles, years.frames, years.editions) if years.titles else None
    figures = figures_of(cycle, Basis.SELF)
    return render_template(
        "analysis/trend.html",
        cycle=cycle,
        edition=figures.edition,
        best=pages.best_word(figures.edition),
        trend=found,
        chart=picture_of(cycle, found) if found else None,
        counting=figures.rules(BEST_RULE, YEARS_RULE, RETURN_RATES_RULE, CHASE_RULE),
        **returned_of(cycle),
    )


def returned_of(cycle: Cycle) -> dict[str, object]:
    """Who returned by when, cycle by cycle, and the curves of the latest of them."""
    told = rates_of(cycle)
    found = curves_of(told)
    return {
        "rates": [
            pages.rate_line(one.title, url_for("analysis.cycle", ref=one.ref), rate) for one, rate in told
        ],
        "curves": found,
        "curves_chart": {
            "src": url_for("analysis.chart", ref=cycle.ref, name="returns"),
            "narrow": url_for("analysis.chart", ref=cycle.ref, name="returns-narrow"),
            "size": charts.size_of_traces(found.traces),
            "narrow_size": charts.size_of_traces(found.traces, narrow=True),
        },
    }


def picture_of(cycle: Cycle, found: "Trend") -> dict[str, object]:
    """Where the chart of the years is, and how large."""
    panels = found.panels
    return {
        "src": url_for("analysis.chart", ref=cycle.ref, name="years"),
        "narrow": url_for("analysis.chart", ref=cycle.ref, name="years-narrow"),
        "size": charts.size_of_lines(panels),
        "narrow_size": charts.size_of_lines(panels, narrow=True),
    }


def criteria_over_years(cycle: Cycle, asked: Asked, keys: list[str], standard_key: str) -> object | None:
    """One standard and its criteria over the years; None where there is only one."""
    years = years_of(cycle, asked=asked)
    if len(years.titles) < 2:
        return None
    every = (years.titles, years.frames, years.editions)
    of_standard = pages.trend(*every, By.STANDARD, keys=[standard_key])
    of_criteria = pages.trend(*every, By.CRITERION, keys=keys)
    return {
        "years": of_standard.years,
        "lines": (*of_standard.lines, *of_criteria.lines),
        "breaks": of_criteria.breaks,
    }
