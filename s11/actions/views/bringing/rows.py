"""The third step: every row beside what was understood of it, mended on the spot."""

from dataclasses import replace

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.bringing import operations, pages, queries
from s11.actions.bringing.forms import RowForm
from s11.actions.bringing.keeping import tables_from
from s11.actions.bringing.mending import FIELDS_OF, Typed, mark_of, mended_by, typed_of
from s11.actions.bringing.permissions import can_see
from s11.actions.bringing.shapes import Mended, RowKind, UnderstoodRow
from s11.actions.models import PlanImport
from s11.actions.views.blueprint import blueprint
from s11.actions.views.bringing.here import Here, Mistakes, TypedPost
from s11.core.errors import Invalid, Stale
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable

# The fields of a row in the order they are asked for.
ORDER = ("owner_name", "owner_role", "organisation", "due_on", "numbers", "kind", "text")
MEANWHILE = "Somebody changed row {} while you had it open. Look at both, and save again."


@blueprint.get("/bring/<ref>/rows")
@guard(queries.by_ref, see=can_see)
def bring_rows(brought: PlanImport) -> ResponseReturnValue:
    """What was understood, and what was not."""
    if brought.stage != "rows":
        return redirect(url_for("actions.brought", ref=brought.ref))
    return rows_page(Here(brought))


@blueprint.post("/bring/<ref>/rows/<int:number>")
@guard(queries.by_ref, see=can_see)
@resumable
def mend_row(brought: PlanImport, number: int) -> ResponseReturnValue:
    """Save what was mended of one row, by itself."""
    if brought.stage != "rows":
        return redirect(url_for("actions.brought", ref=brought.ref), 303)
    here = Here(brought)
    row = here.row(number)
    form = here.form(row, sent=True)
    if not form.validate():
        return rows_page(here, form, row, 422)
    before = here.mended.get(number, Mended())
    if form.mark.data != mark_of(before):
        return changed_meanwhile(here, form, row)
    try:
        operations.mend(
            brought,
            number,
            mended_by(typed_in(form, row), typed_of(row), before),
            by=current_user._get_current_object(),
            version=brought.version,
        )
    except Stale:
        here = Here(brought)
        return changed_meanwhile(here, form, here.row(number))
    except Invalid as refusal:
        blame(form, refusal, otherwise="text")
        return rows_page(here, form, row, 422)
    return redirect(place_of(brought, saved=number), 303)


def typed_in(form: RowForm, row: UnderstoodRow) -> Typed:
    """What came back in the fields of a row; one that nobody touched holds what it held."""
    held = typed_of(row)
    came: dict[str, object] = {
        "kind": RowKind(form.kind.data),
        "numbers": form.numbers.data or "",
        "text": form.text.data or "",
        "owner_name": form.owner_name.data or "",
        "owner_role": form.owner_role.data or "",
        "due_on": form.due_on.day,
    }
    changed = {name: value for name, value in came.items() if form.changed(name)}
    if form.changed("organisation"):
        ref = form.organisation_ref
        changed |= {"organisation_ref": ref or "", "of_board": ref == ""}
    return replace(held, **changed)  # type: ignore[arg-type]


def changed_meanwhile(here: Here, form: RowForm, row: UnderstoodRow) -> ResponseReturnValue:
    """The row as it stands now, and beside it what was typed: the next save is of both."""
    form.mark.data = mark_of(here.mended.get(row.row, Mended()))
    return rows_page(here, form, row, 412)


def place_of(brought: PlanImport, *, saved: int = 0, anchor: str = "") -> str:
    """The same page of the same rows, at the row that was saved."""
    asked = asked_now(to_mend=True)
    return url_for(
        "actions.bring_rows",
        ref=brought.ref,
        **asked.address,
        saved=saved or None,
        _anchor=anchor or f"row-{saved}",
    )


def asked_now(*, to_mend: bool) -> pages.Asked:
    return pages.asked_for(request.args, to_mend=to_mend)


def rows_page(
    here: Here,
    typed: RowForm | None = None,
    row: UnderstoodRow | None = None,
    status: int = 200,
    post: TypedPost | None = None,
) -> ResponseReturnValue:
    """The rows that were asked for; `typed` is the form of one of them that came back."""
    asked = asked_now(to_mend=any(one.lacks for one in here.plan.rows))
    if row is not None:
        asked = replace(asked, saved=row.row)
    shown = pages.rows_page(here.plan, tables_from(here.brought.tables), here.known, asked)
    if row is not None:
        shown = replace(shown, asked=replace(shown.asked, saved=0))
    forms = {one.number: here.form(one.row) for one in shown.rows}
    mistakes: Mistakes = []
    if typed is not None and row is not None:
        forms[row.row] = typed
        mistakes = [(f"Row {row.row}: {sentence}", href) for sentence, href in typed.mistakes]
        if status == 412:
            mistakes = [(MEANWHILE.format(row.row), f"#row-{row.row}")]
    if post is not None:
        mistakes = post.said
    page = render_template(
        "actions/bringing/rows.html",
        brought=here.brought,
        shown=shown,
        known=here.known,
        mended=here.mended,
        forms=forms,
        order=ORDER,
        opened={one.number: opened(one.row) for one in shown.rows},
        meanwhile={row.row} if row is not None and status == 412 else set(),
        posts=here.posts,
        posts_open=request.args.get("posts") == "open",
        typed_post=post,
        name_of=here.name_of,
        mistakes=mistakes,
    )
    return make_response(page, status)


def opened(row: UnderstoodRow) -> frozenset[str]:
    """The fields that stand open because something is wanted in them."""
    return frozenset(name for lack in row.lacks for name in FIELDS_OF[lack])
