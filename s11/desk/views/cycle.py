"""One cycle: who has returned, who has not, and who needs what from the office today."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.sheets import write_csv
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk import pages
from s11.desk.narrowing import Narrowing
from s11.desk.pages.year import opens_of
from s11.desk.sheets import write_xlsx
from s11.desk.views.blueprint import desk
from s11.questionnaires import queries as questionnaires
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.limits import limited

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk.get("/<ref>")
@guard(cycles.by_ref, see=cycle_permissions.can_see)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """The deadline desk. Numbers only: no words of a return, no ratings."""
    wanted = Narrowing.of(request.args)
    shown = pages.desk_of(pages.lines_of(cycle), wanted, page_asked_for(), step_labels(cycle))
    return render_template(
        "cycles/cycle.html",
        cycle=cycle,
        desk=shown,
        opens=opens_of(cycle, cycles.spans_of([cycle.id]).get(cycle.id)),
        waiting=cycles.waiting_groups(cycle.id) if cycle.issued_at and not cycle.closed_at else [],
        chase=pages.chase_of(cycle, shown.standing.returned),
        wanted=wanted,
        may_change=cycle_permissions.can_change(current_user, cycle),
        may_plan=cycle_permissions.can_plan(current_user),
    )


def page_asked_for() -> int:
    """The page of the list, from the address; the first where it says nothing of use."""
    return request.args.get("page", 1, type=int)


def step_labels(cycle: Cycle) -> dict[str, str]:
    """What each signature is called."""
    return {step.step: step.label for step in questionnaires.content(cycle.edition).sign_off}


@desk.get("/<ref>/list.csv")
@guard(cycles.by_ref, see=cycle_permissions.can_see)
@limited("export")
def list_csv(cycle: Cycle) -> ResponseReturnValue:
    """The list as it is narrowed, for a spreadsheet."""
    rows, columns = listed(cycle)
    return attachment(cycle, write_csv(rows, columns).encode("utf-8-sig"), "text/csv", "csv")


@desk.get("/<ref>/list.xlsx")
@guard(cycles.by_ref, see=cycle_permissions.can_see)
@limited("export")
def list_xlsx(cycle: Cycle) -> ResponseReturnValue:
    """The same as an Excel workbook."""
    rows, columns = listed(cycle)
    return attachment(cycle, write_xlsx(rows, columns, cycle.title), EXCEL, "xlsx")


def listed(cycle: Cycle) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """The rows of the list; addresses of leads are for whoever writes to them."""
    lines = pages.narrowed(pages.lines_of(cycle), Narrowing.of(request.args))
    rows = [pages.sheet_row(row) for row in pages.rows_of(lines, step_labels(cycle))]
    writes = cycle_permissions.can_change(current_user, cycle)
    return rows, pages.COLUMNS + (pages.ADDRESSES if writes else ())


def attachment(cycle: Cycle, content: bytes, kind: str, ending: str) -> Response:
    person = current_user._get_current_object()
    look("cycle:list:exported", cycle.id, by=person, partnership_id=cycle.partnership_id)
    answer = Response(content, mimetype=kind)
    name = f"{cycle.code}-{clock.today().isoformat()}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
