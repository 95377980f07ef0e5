"""The second step: which tables come in, and what their columns hold."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.bringing import operations, pages, queries
from s11.actions.bringing.columns import guess_all
from s11.actions.bringing.forms import columns_form
from s11.actions.bringing.keeping import tables_from
from s11.actions.bringing.permissions import can_see
from s11.actions.models import PlanImport
from s11.actions.views.blueprint import blueprint
from s11.actions.views.bringing.here import Mistakes
from s11.core.errors import Invalid, Stale
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.get("/bring/<ref>/columns")
@guard(queries.by_ref, see=can_see)
def bring_columns(brought: PlanImport) -> ResponseReturnValue:
    """Every table with its columns, guessed or as they were said before."""
    if brought.stage == "done":
        return redirect(url_for("actions.brought", ref=brought.ref))
    return columns_page(brought)


@blueprint.post("/bring/<ref>/columns")
@guard(queries.by_ref, see=can_see)
@resumable
def choose_columns(brought: PlanImport) -> ResponseReturnValue:
    groups = groups_of(brought)
    form = form_of(groups)
    if not form.validate():
        return columns_page(brought, form.mistakes, 422)
    chosen = pages.meanings_chosen(groups, form.data)
    try:
        operations.choose_columns(
            brought,
            chosen,
            by=current_user._get_current_object(),
            version=request.form.get("version", 0, type=int),
        )
    except (Invalid, Stale) as refusal:
        first = groups[0].columns[0].name if groups and groups[0].columns else ""
        return columns_page(brought, [(refusal.sentence, f"#{first}")], refusal.status)
    return redirect(url_for("actions.bring_rows", ref=brought.ref), 303)


def groups_of(brought: PlanImport) -> list[pages.ShownGroup]:
    tables = tables_from(brought.tables)
    return pages.groups_of(tables, guess_all(tables), operations.meanings_of(brought))


def form_of(groups: list[pages.ShownGroup]) -> Any:
    """The form of these groups: as it came back, or as it was guessed and said before."""
    meanings = {column.name: str(column.meaning) for group in groups for column in group.columns}
    tables = {table.name: table for group in groups for table in group.tables}
    form_class = columns_form(meanings, {name: table.label for name, table in tables.items()})
    said = meanings | {name: table.comes_in for name, table in tables.items()}
    return form_class(data=said) if request.method != "POST" else form_class()


def columns_page(
    brought: PlanImport, mistakes: Mistakes | None = None, status: int = 200
) -> ResponseReturnValue:
    groups = groups_of(brought)
    tables = [table for group in groups for table in group.tables]
    page = render_template(
        "actions/bringing/columns.html",
        brought=brought,
        version=brought.version,
        groups=groups,
        form=form_of(groups),
        tables=tables,
        row_count=sum(table.rows for table in tables),
        mistakes=mistakes or [],
    )
    return make_response(page, status)
