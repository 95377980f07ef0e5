"""The composite plan in figures: a page for the sub-group, its pictures, and its tables as files."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from flask import Response, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.rules import DRIFTING, OVERDUE, PlanFilter
from s11.analysis import permissions, plan_rules, queries
from s11.analysis.forms import SinceForm
from s11.analysis.lazy import exports, pages
from s11.analysis.rules import a_quarter_before
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.drawing import NARROW
from s11.analysis.views.files import TYPES
from s11.core import clock
from s11.organisations.models import Partnership
from s11.trail.operations import look
from s11.web.guards import signed_in
from s11.web.limits import limited

if TYPE_CHECKING:
    from s11.analysis.pages import PlanDrawing, PlanFigures, PlanGroup

LISTED = 5  # lines of a list that points at the longest and the most of something
MEASURED_BY = {
    "organisations": "organisation",
    "sources": "source",
    "mechanisms": "mechanism",
    "themes": "theme",
}


@analysis.get("/plan")
@signed_in(permissions.can_see_any)
def plan() -> ResponseReturnValue:
    """What the sub-group reads of the plan in two minutes."""
    place, form = board_here(), SinceForm(request.args)
    figures = figures_of_plan(place, since_of(form))
    return render_template(
        "analysis/plan.html",
        place=place,
        form=form,
        figures=figures,
        stats=stats_of(figures),
        then_and_now=pages.then_and_now(figures),
        happened=pages.happened(figures.happened),
        timeliness=pages.timeliness(figures),
        listed=LISTED,
        drawings=[chart_of(draw(figures), form) for draw in pages.DRAWINGS.values()],
        head=pages.GROUP_HEAD,
        tables=[
            (name, what, [pages.group_line(one, href_of(name, one)) for one in getattr(figures, name)])
            for name, what in MEASURED_BY.items()
        ],
        rules=plan_rules.RULES,
        address={"since": figures.day.isoformat()},
    )


@analysis.get("/plan/charts/<name>.svg")
@signed_in(permissions.can_see_any)
def plan_chart(name: str) -> ResponseReturnValue:
    """A chart of the plan by its name, with "-narrow" behind it as it is drawn for a phone."""
    about, narrow = name.removesuffix(NARROW), name.endswith(NARROW)
    if about not in pages.DRAWINGS:
        abort(404)
    figures = figures_of_plan(board_here(), since_of(SinceForm(request.args)))
    drawing = pages.DRAWINGS[about](figures)
    return Response(drawing.svg(name=f"plan-{name}", narrow=narrow), mimetype="image/svg+xml")


@analysis.get("/plan/tables/<name>.<suffix>")
@signed_in(permissions.can_see_any)
@limited("export")
def plan_table(name: str, suffix: str) -> ResponseReturnValue:
    """A table of the plan's figures by its name."""
    if suffix not in TYPES or name not in exports.PLAN_TABLES:
        abort(404)
    place = board_here()
    made = exports.PLAN_TABLES[name](figures_of_plan(place, since_of(SinceForm(request.args))))
    content = exports.csv_of(made) if suffix == "csv" else exports.workbook([made])
    answer = Response(content, mimetype=TYPES[suffix])
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"plan-{name}-{clock.today().isoformat()}.{suffix}"
    )
    person = current_user._get_current_object()
    look("partnership:figures:exported", place.id, by=person, partnership_id=place.id)
    return answer


def board_here() -> Partnership:
    """The partnership worked in, to somebody who holds a role there; to others there is nothing here."""
    place: Partnership | None = g.get("place")
    if place is None or not current_user.roles_for(place.id):
        abort(404)
    return place


def figures_of_plan(place: Partnership, day: date) -> "PlanFigures":
    """The figures of a partnership's plan today, beside those of an earlier day."""
    return pages.plan_figures(
        queries.of_plan(place),
        queries.moves(place.id),
        queries.unanswered(place.id),
        day=day,
        today=clock.today(),
    )


def since_of(form: SinceForm) -> date:
    """The day an address compares with; a quarter ago where it names none that can be."""
    form.validate()
    return form.since.day if form.since.day and not form.since.errors else a_quarter_before(clock.today())


def stats_of(figures: "PlanFigures") -> Sequence[dict[str, object]]:
    """The figures at the head of the page, each with the actions behind it."""
    now = figures.now
    named = [
        ("Open", now.open, "open"),
        ("Overdue", now.overdue, OVERDUE),
        ("Drifting", now.drifting, DRIFTING),
        ("To verify", now.to_verify, "complete"),
        ("Verified", now.verified, "verified"),
        ("Closed", now.closed, "closed"),
    ]
    return [
        {
            "number": count,
            "label": label,
            "href": url_for("actions.plan", **PlanFilter(status=status).address),
        }
        for label, count, status in named
    ]


def href_of(name: str, group: "PlanGroup") -> str:
    """The plan, narrowed to a group; nothing leads to those that have no name."""
    field = MEASURED_BY[name]
    return url_for("actions.plan", **{field: group.key}) if group.key else ""


def chart_of(drawing: "PlanDrawing", form: SinceForm) -> dict[str, object]:
    """A chart as the page prints it."""

    def src(behind: str) -> str:
        return url_for("analysis.plan_chart", name=f"{drawing.name}{behind}")

    return {"shows": drawing, "src": src(""), "narrow": (src(NARROW), *drawing.size(narrow=True))}
