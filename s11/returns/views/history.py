"""The history of an answer: who wrote what, and an earlier text put back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.returns import operations, permissions, queries
from s11.returns.forms import whole_number
from s11.returns.models import Return
from s11.returns.pages import history as told
from s11.returns.views.blueprint import blueprint
from s11.returns.views.evidence import criterion_or_404
from s11.returns.views.part import refuse_unless_answers
from s11.web.guards import guard


@blueprint.get("/<ref>/history/<number>")
@guard(queries.by_ref, see=permissions.can_open)
def history(return_: Return, number: str) -> ResponseReturnValue:
    """Every piece of work on one answer, the latest first."""
    standard, criterion = criterion_or_404(return_, number)
    answer = queries.answer_of(return_.id, criterion.id)
    versions = queries.versions(answer.id) if answer else []
    page = max(request.args.get("page", 1, type=int), 1)
    entries, pages = told(criterion, versions, page)
    if page > pages:
        abort(404)
    return render_template(
        "returns/history.html",
        return_=return_,
        standard=standard,
        criterion=criterion,
        entries=entries,
        newest=versions[-1].version if versions else 0,
        saves=len(versions),
        may_put_back=permissions.may_answer_now(current_user, return_, standard, criterion),
        address=lambda n: url_for("returns.history", ref=return_.ref, number=number, page=n),
        page=page,
        pages=pages,
    )


@blueprint.post("/<ref>/history/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def put_back(return_: Return, number: str) -> ResponseReturnValue:
    """Let an answer say again what it said before."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    operations.put_back(
        return_,
        criterion,
        whole_number(request.form.get("version", "")),
        seen=whole_number(request.form.get("seen", "")),
        by=current_user._get_current_object(),
    )
    flash(f"The earlier text of {number} stands again. What stood there before is in the history.", "success")
    return redirect(url_for("returns.history", ref=return_.ref, number=number), 303)
