"""The last step: how many come in, and bring them in; then what became of every row."""

from datetime import date

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.bringing import operations, pages, queries
from s11.actions.bringing.dropping import drop
from s11.actions.bringing.keeping import tables_from
from s11.actions.bringing.permissions import can_see
from s11.actions.models import PlanImport
from s11.actions.rules import SOURCE_LABELS, Source
from s11.actions.views.blueprint import blueprint
from s11.actions.views.bringing.here import Mistakes
from s11.core.errors import DomainError, Stale
from s11.web.guards import guard

MEANWHILE = "Somebody mended this plan while you looked at it. These are the figures now: look at them again."


@blueprint.get("/bring/<ref>")
@guard(queries.by_ref, see=can_see)
def brought(brought: PlanImport) -> ResponseReturnValue:
    """A plan where it stands: the next step, or the record of what was brought in."""
    if brought.stage == "columns":
        return redirect(url_for("actions.bring_columns", ref=brought.ref))
    if brought.stage == "rows":
        return redirect(url_for("actions.bring_rows", ref=brought.ref))
    plan, known = operations.understood(brought), operations.known_for(brought)
    asked = pages.asked_for({"show": "all"} | request.args.to_dict(), to_mend=False)
    source = brought.source.ref if brought.source else None

    def in_plan(status: str | None = None) -> str:
        return url_for("actions.plan", of=source, status=status)

    return render_template(
        "actions/bringing/record.html",
        brought=brought,
        kind=kind_of(brought),
        shown=pages.rows_page(plan, tables_from(brought.tables), known, asked),
        mended=operations.mended_of(brought),
        made=queries.actions_of(brought.id),
        ready=pages.ready(plan),
        in_plan=in_plan,
    )


@blueprint.get("/bring/<ref>/confirm")
@guard(queries.by_ref, see=can_see)
def bring_confirm(brought: PlanImport) -> ResponseReturnValue:
    """The last question, with the numbers."""
    if brought.stage != "rows":
        return redirect(url_for("actions.brought", ref=brought.ref))
    return confirm_page(brought)


@blueprint.post("/bring/<ref>/confirm")
@guard(queries.by_ref, see=can_see)
def bring_in(brought: PlanImport) -> ResponseReturnValue:
    """Every row that is an action or a recommendation comes into the plan, or none does."""
    if brought.stage != "rows":
        return redirect(url_for("actions.brought", ref=brought.ref), 303)
    version = request.form.get("version", 0, type=int)
    try:
        operations.bring_in(brought, by=current_user._get_current_object(), version=version)
    except Stale:
        return confirm_page(brought, [(MEANWHILE, None)], 412)
    except DomainError as refusal:
        return confirm_page(brought, [(refusal.sentence, None)], refusal.status)
    flash("The plan is in. Its rows as printed stay here.", "success")
    return redirect(url_for("actions.brought", ref=brought.ref), 303)


def kind_of(brought: PlanImport) -> str:
    return SOURCE_LABELS[Source(brought.about["kind"])]


def confirm_page(
    brought: PlanImport, mistakes: Mistakes | None = None, status: int = 200
) -> ResponseReturnValue:
    plan = operations.understood(brought)
    there = brought.source
    dated_on = brought.about.get("dated_on")
    page = render_template(
        "actions/bringing/confirm.html",
        brought=brought,
        version=brought.version,
        ready=pages.ready(plan),
        kind=kind_of(brought),
        dated_on=date.fromisoformat(dated_on) if dated_on else None,
        there=there,
        there_counts=queries.how_many_of(there) if there else (0, 0),
        mistakes=mistakes or [],
    )
    return make_response(page, status)


@blueprint.post("/bring/<ref>/drop")
@guard(queries.by_ref, see=can_see)
def drop_plan(brought: PlanImport) -> ResponseReturnValue:
    """Forget a plan that was read and is not wanted."""
    try:
        drop(brought, by=current_user._get_current_object())
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return redirect(url_for("actions.brought", ref=brought.ref), 303)
    flash("The plan has been dropped. Nothing of it is kept.", "success")
    return redirect(url_for("actions.bring"), 303)
