"""Charts as pictures of their own, so that a page does not wait for them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Response, abort
from flask.typing import ResponseReturnValue

from s11.analysis import permissions
from s11.analysis.lazy import charts, measures, pages
from s11.analysis.rules import By
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.figures import Figures, figures_of
from s11.analysis.views.returning import curves_of, rates_of
from s11.analysis.views.trends import years_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.web.guards import guard

if TYPE_CHECKING:
    from s11.analysis.charts import Group

NARROW = "-narrow"


@analysis.get("/cycles/<ref>/charts/<name>.svg")
@guard(cycles.by_ref, see=permissions.can_see)
def chart(cycle: Cycle, name: str) -> ResponseReturnValue:
    """A chart by its name, with "-narrow" behind it as it is drawn for a phone."""
    about, narrow = name.removesuffix(NARROW), name.endswith(NARROW)
    if about not in DRAWN:
        abort(404)
    return Response(DRAWN[about](cycle, name, narrow), mimetype="image/svg+xml")


def standards(cycle: Cycle, name: str, narrow: bool) -> str:
    """The bars of every standard, own above moderated."""
    figures = figures_of(cycle)
    return charts.stacked_bars(
        by_standard(figures),
        figures.levels,
        name=name,
        title=f"Ratings by {figures.edition.labels.get('standard', 'standard').lower()}, {cycle.title}",
        description="The figures stand in the table beneath the picture.",
        narrow=narrow,
    )


def years(cycle: Cycle, name: str, narrow: bool) -> str:
    """The share at the best level of every standard, year by year."""
    told = years_of(cycle, until=False)
    if not told.titles:
        abort(404)
    found = pages.trend(told.titles, told.frames, told.editions)
    return charts.lines(
        found.panels,
        told.short,
        name=name,
        title=f"Year by year, {cycle.edition.framework.title}",
        description="The figures, and where years break, stand in the table beneath the picture.",
        narrow=narrow,
    )


def returned(cycle: Cycle, name: str, narrow: bool) -> str:
    """The share of those due that was in, week by week, a line a cycle."""
    found = curves_of(rates_of(cycle))
    return charts.traces(
        found.marks,
        found.traces,
        name=name,
        title=f"How returns came in, {cycle.edition.framework.title}",
        description=f"{found.summary} The figures stand in the table beneath the picture.",
        narrow=narrow,
    )


def by_standard(figures: Figures) -> "list[Group]":
    found = {
        basis: measures.summary(frame, By.STANDARD, figures.levels) for basis, frame in figures.tables.items()
    }
    return pages.standard_groups(found, figures.edition, figures.levels)


DRAWN: dict[str, Callable[[Cycle, str, bool], str]] = {
    "standards": standards,
    "years": years,
    "returns": returned,
}
