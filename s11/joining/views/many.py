"""Inviting many from a spreadsheet: a preview first, and nothing is kept until it is confirmed.

The preview carries the lines of the list with it, signed: no half-made list lies about on the server.
"""

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from s11.core.errors import Invalid
from s11.core.sheets import write_csv
from s11.joining import operations, permissions, queries
from s11.joining.forms import ListForm
from s11.joining.lists.judging import Judged, judge
from s11.joining.lists.reading import rows_of
from s11.joining.lists.rules import COLUMNS, SAMPLE, Line, lines_of
from s11.joining.views.blueprint import blueprint
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.limits import limited
from s11.web.uploads import takes_files

SALT = "people from a spreadsheet"
see, may = permissions.can_see_of_partnership, permissions.can_invite_many


@blueprint.get("/partnerships/<ref>/people/spreadsheet")
@guard(queries.partnership_by_ref, see=see, may=may)
def many(partnership: Partnership) -> ResponseReturnValue:
    return choose(partnership, ListForm())


def choose(partnership: Partnership, form: ListForm) -> ResponseReturnValue:
    page = render_template(
        "joining/many.html", form=form, partnership=partnership, steps=queries.signing_steps(partnership)
    )
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.get("/partnerships/<ref>/people/spreadsheet/template.csv")
@guard(queries.partnership_by_ref, see=see, may=may)
@limited("export")
def template(partnership: Partnership) -> ResponseReturnValue:
    written = write_csv([dict(zip(COLUMNS, SAMPLE, strict=True))], COLUMNS)
    answer = Response(written.encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=people.csv"
    return answer


@blueprint.post("/partnerships/<ref>/people/spreadsheet")
@guard(queries.partnership_by_ref, see=see, may=may)
@limited("upload")
@takes_files
def preview(partnership: Partnership) -> ResponseReturnValue:
    """Row by row what would happen. Nothing has happened yet."""
    form = ListForm()
    try:
        lines = lines_sent(form.file.data)
    except Invalid as refusal:
        blame(form, refusal, otherwise="file")
        return choose(partnership, form)
    return show(partnership, lines)


def lines_sent(file: object) -> list[Line]:
    """The lines of the file that was sent, or Invalid with what is wrong with it."""
    if not isinstance(file, FileStorage) or not file.filename:
        raise Invalid("Choose the file with your list.", field="file")
    lines, missing = lines_of(rows_of(file.stream, file.filename))
    if missing:
        raise Invalid(
            f"The first row of the list has no column “{'”, “'.join(missing)}”. "
            "Name the columns as in the template.",
            field="file",
        )
    if not lines:
        raise Invalid("There is nobody in this list. Fill in a row for each person.", field="file")
    return lines


def show(partnership: Partnership, lines: list[Line]) -> ResponseReturnValue:
    judged = judge(partnership, lines, by=current_user)
    return make_response(
        render_template(
            "joining/preview.html",
            partnership=partnership,
            judged=judged,
            good=sum(one.is_good for one in judged),
            faulty=sum(bool(one.faults) for one in judged),
            packed=pack(partnership, lines),
        )
    )


@blueprint.post("/partnerships/<ref>/people/spreadsheet/confirm")
@guard(queries.partnership_by_ref, see=see, may=may)
@limited("upload")
def confirm(partnership: Partnership) -> ResponseReturnValue:
    """Invite everybody in whose line nothing is wrong. The list is judged anew: much may have changed."""
    lines = unpack(partnership, request.form.get("list", ""))
    if lines is None:
        flash("This preview is no longer good. Choose the file again.", "error")
        return redirect(url_for("joining.many", ref=partnership.ref), 303)
    person: Person = current_user._get_current_object()
    judged = judge(partnership, lines, by=person)
    good = [one for one in judged if one.is_good]
    faulty = sum(1 for one in judged if one.faults)
    for one in good:
        invite(one, by=person)
    if good:
        left_out = f" {plural(faulty, 'row')} with a fault left out." if faulty else ""
        flash(f"{plural(len(good), 'invitation')} sent.{left_out}", "success")
    else:
        flash(
            "Nobody was invited: everybody in the list was invited before, or their line has a fault.", "info"
        )
    return redirect(url_for("joining.index"), 303)


def invite(judged: Judged, *, by: Person) -> None:
    assert judged.place is not None and judged.wanted is not None
    operations.invite(judged.place, judged.wanted, by=by)


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=SALT)


def pack(partnership: Partnership, lines: list[Line]) -> str:
    """The lines, signed for this person and this partnership."""
    rows = [list(vars(line).values()) for line in lines]
    packed: str = signer().dumps([current_user.ref, partnership.ref, rows])
    return packed


def unpack(partnership: Partnership, packed: str) -> list[Line] | None:
    """The lines that were shown to this person here; None for anything else."""
    try:
        person, place, rows = signer().loads(packed)
    except (BadData, ValueError):
        return None
    if (person, place) != (current_user.ref, partnership.ref):
        return None
    return [Line(*row) for row in rows]
