"""What a cycle asks and takes: the standards of a mini-audit, and the rules for evidence."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.cycles import operations, permissions, queries
from s11.cycles.forms import EvidenceForm
from s11.cycles.models import Cycle
from s11.cycles.rules import ASKED_AS_LABELS, AskedAs
from s11.cycles.views.blueprint import blueprint
from s11.questionnaires import queries as questionnaires
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.route("/<ref>/standards", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def standards(cycle: Cycle) -> ResponseReturnValue:
    """Choose the standards a deep dive or a mini-audit asks."""
    if request.method == "GET":
        return standards_page(cycle, cycle.only_standards)
    chosen = request.form.getlist("standards")
    try:
        operations.choose_standards(cycle, chosen, by=current_user)
    except Invalid as refusal:
        return standards_page(cycle, chosen, refusal.sentence)
    flash("The standards are chosen. Choose now who is asked.", "success")
    return redirect(url_for("desk.audience", ref=cycle.ref), 303)


def standards_page(cycle: Cycle, chosen: list[str], error: str = "") -> ResponseReturnValue:
    content = questionnaires.content(cycle.edition)
    page = render_template(
        "cycles/standards.html",
        cycle=cycle,
        content=content,
        chosen=chosen,
        asked_as=ASKED_AS_LABELS[AskedAs(cycle.asked_as)],
        error=error,
    )
    return make_response(page, 422 if error else 200)


@blueprint.route("/<ref>/evidence", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def evidence(cycle: Cycle) -> ResponseReturnValue:
    """Say whether organisations may add files, and how many. It holds from the next file on."""
    form = EvidenceForm()
    if not form.is_submitted():
        form.takes_files.data = "yes" if cycle.takes_files else "no"
        form.files_at_most.data, form.megabytes_at_most.data = cycle.files_at_most, cycle.megabytes_at_most
        return render_template("cycles/evidence.html", form=form, cycle=cycle)
    if not form.validate():
        return make_response(render_template("cycles/evidence.html", form=form, cycle=cycle), 422)
    operations.rule_evidence(cycle, **form.rules, by=current_user)
    flash("Saved. It holds from the next piece of evidence on; what is shown already stays.", "success")
    return redirect(url_for("desk.cycle", ref=cycle.ref), 303)
