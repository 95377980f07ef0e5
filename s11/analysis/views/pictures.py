"""Charts as pictures of their own, so that a page does not wait for them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from s11.analysis import permissions
from s11.analysis.lazy import charts, measures, pages
from s11.analysis.rules import By
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.comparing import chosen_of
from s11.analysis.views.drawing import NARROW, Drawn, of_criteria, of_organisation, of_several
from s11.analysis.views.figures import Figures, asked_of, figures_of, return_of
from s11.analysis.views.ladders import themes_of
from s11.analysis.views.returning import curves_of, rates_of
from s11.analysis.views.trends import years_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.web.guards import guard

if TYPE_CHECKING:
    from s11.analysis.charts import Group


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


def organisation(cycle: Cycle, name: str, narrow: bool) -> str:
    """The bars of one organisation, standard by standard."""
    return_ = return_of(cycle, request.args.get("return", ""))
    figures = figures_of(cycle)
    return barred(figures, of_organisation(figures, return_.ref), return_.organisation.name, name, narrow)


def standard(cycle: Cycle, name: str, narrow: bool) -> str:
    """The bars of one standard, criterion by criterion."""
    figures = figures_of(cycle, asked=asked_of())
    one = figures.edition.standard(request.args.get("number", ""))
    if one is None:
        abort(404)
    drawn = of_criteria(figures, [criterion.number for criterion in one.criteria])
    return barred(figures, drawn, f"{one.number} {one.title}", name, narrow)


def theme(cycle: Cycle, name: str, narrow: bool) -> str:
    """The bars of one theme, criterion by criterion."""
    figures = figures_of(cycle, asked=asked_of())
    told = themes_of(figures.edition).get(request.args.get("code", ""))
    if told is None:
        abort(404)
    title, numbers = told
    return barred(figures, of_criteria(figures, list(numbers)), title, name, narrow)


def comparison(cycle: Cycle, name: str, narrow: bool) -> str:
    """The bars of chosen organisations; without names where their page has none."""
    asked = asked_of()
    figures = figures_of(cycle, asked=asked)
    chosen = chosen_of(figures)
    if not chosen.refs or (chosen.anonymous and chosen.few):
        abort(404)
    return barred(figures, of_several(figures, chosen.called, chosen.standard), cycle.title, name, narrow)


def barred(figures: Figures, drawn: Drawn, about: str, name: str, narrow: bool) -> str:
    """The picture of a chart whose words stand on its page."""
    return charts.stacked_bars(
        pages.bars(drawn.tables, drawn.called, figures.levels),
        figures.levels,
        name=name,
        title=f"{drawn.title}, {about}",
        description="The figures stand in the table beneath the picture.",
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
    "organisation": organisation,
    "standard": standard,
    "theme": theme,
    "comparison": comparison,
}
