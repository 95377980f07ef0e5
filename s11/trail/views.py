"""The trail of a partnership: who did what, when and from where, and the same as a file."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from s11.core import clock
from s11.core.sheets import write_csv
from s11.organisations import queries as organisations
from s11.trail import pages, permissions, queries
from s11.trail.forms import ANY_ORGANISATION, TrailFilter
from s11.trail.operations import look
from s11.web.guards import signed_in
from s11.web.limits import limited

blueprint = Blueprint("trail", __name__, url_prefix="/trail")


@blueprint.get("/")
@signed_in(permissions.can_read_any)
def entries() -> ResponseReturnValue:
    """Every entry of one's partnerships, newest first."""
    form = trail_filter()
    ids = permissions.partnerships_read(current_user)
    found = queries.how_many(ids, form.wanted)
    last = max(1, -(-found // queries.PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    rows = queries.of_partnerships(ids, form.wanted, page=page)
    known_as = queries.pseudonyms()
    shown = render_template(
        "trail/entries.html",
        form=form,
        lines=[pages.line(entry, organisation=name, pseudonyms=known_as) for entry, name in rows],
        found=found,
        page=page,
        pages=last,
    )
    return make_response(shown, 422 if form.errors else 200)


@blueprint.get("/trail.csv")
@signed_in(permissions.can_read_any)
@limited("export")
def download() -> ResponseReturnValue:
    """The same, filtered alike, for a spreadsheet. That somebody took it is an entry too."""
    ids = permissions.partnerships_read(current_user)
    found, known_as = queries.of_partnerships(ids, trail_filter().wanted), queries.pseudonyms()
    rows = [pages.sheet_row(entry, name, known_as) for entry, name in found]
    person = current_user._get_current_object()
    for partnership_id in ids:
        look("partnership:trail:exported", partnership_id, by=person, partnership_id=partnership_id)
    answer = Response(write_csv(rows, pages.COLUMNS).encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=trail-{clock.today().isoformat()}.csv"
    return answer


def trail_filter() -> TrailFilter:
    form = TrailFilter(request.args)
    seated = {
        one.ref: one.name
        for partnership_id in permissions.partnerships_read(current_user)
        for one in organisations.seated(partnership_id)
    }
    by_name = sorted(seated.items(), key=lambda pair: pair[1])
    form.organisation.choices = [ANY_ORGANISATION, *(SelectChoice(ref, name) for ref, name in by_name)]
    form.validate()
    return form
