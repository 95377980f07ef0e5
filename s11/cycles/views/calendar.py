"""The reporting calendar, on screen and as a file."""

from datetime import date
from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.cycles import permissions, queries
from s11.cycles.calendar import Asking, Happening, happenings, month_after, months, year_of
from s11.cycles.ics import calendar_file
from s11.cycles.operations.planning import dates_of
from s11.cycles.rules import AskedAs
from s11.cycles.views.blueprint import blueprint
from s11.web.guards import signed_in
from s11.web.limits import limited

# In which month a year begins, by what the address says.
YEARS = {"school": 9, "council": 4}


@blueprint.get("/calendar")
@signed_in(permissions.can_run)
def calendar() -> ResponseReturnValue:
    """What is due to which group when, in a school year or a council's."""
    kind = _kind_asked_for()
    this_year = year_of(clock.today(), YEARS[kind])
    first = _first_day()
    return render_template(
        "cycles/calendar.html",
        months=months(planned(), first),
        kind=kind,
        first=first,
        before=month_after(first, -12),
        after=month_after(first, 12),
        is_this_year=first == this_year,
        today=clock.today(),
    )


@blueprint.get("/calendar.ics")
@signed_in(permissions.can_run)
@limited("export")
def calendar_ics() -> ResponseReturnValue:
    """The same as a file for one's own calendar: from the first day of the year that is shown."""
    first = _first_day()
    ahead = [one for one in planned() if one.on >= first]
    host = urlsplit(current_app.config["S11"].address).hostname or "localhost"
    text = calendar_file(ahead, name="Safeguarding reporting calendar", host=host, at=clock.now())
    answer = Response(text, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename="reporting-calendar.ics")
    return answer


def planned() -> list[Happening]:
    """Everything in the cycles this person may see, in a handful of queries."""
    visible = queries.visible_to(current_user)
    ids = [cycle.id for cycle in visible]
    groups, spans = queries.groups_of(ids), queries.spans_of(ids)
    askings = [
        Asking(
            ref=cycle.ref,
            title=cycle.title,
            framework=f"{cycle.partnership_id} {cycle.edition.framework_id}",
            dates=dates_of(cycle),
            every_years=cycle.every_years,
            groups=tuple((group.name, dates_of(group)) for group in groups[cycle.id]),
            is_full=AskedAs(cycle.asked_as) is AskedAs.FULL,
            is_issued=cycle.issued_at is not None,
            only_groups=cycle.id in spans,
        )
        for cycle in visible
    ]
    return happenings(askings, clock.today())


def _kind_asked_for() -> str:
    kind = request.args.get("year", "school")
    return kind if kind in YEARS else "school"


def _first_day() -> date:
    """The first day of the year that the address means: this year where it says nothing of use."""
    starts_in = YEARS[_kind_asked_for()]
    return year_of(_asked_for(clock.today()), starts_in)


def _asked_for(otherwise: date) -> date:
    """The day the address names, as 2026-09-01; what is no day there is passed over."""
    try:
        asked = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return otherwise
    return asked if 2000 <= asked.year <= 2100 else otherwise
