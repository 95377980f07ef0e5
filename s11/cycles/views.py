"""Planning a new cycle. Who has returned is shown by the desk: see `s11.desk.views`."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.cycles import operations, permissions, queries
from s11.cycles.forms import CycleForm, EvidenceForm
from s11.cycles.models import Cycle
from s11.organisations.models import Partnership
from s11.questionnaires import queries as questionnaires
from s11.web.forms import blame
from s11.web.guards import guard, signed_in
from s11.web.kept import resumable

blueprint = Blueprint("cycles", __name__, url_prefix="/cycles")


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(permissions.can_plan)
@resumable
def new() -> ResponseReturnValue:
    """Plan a cycle: an edition, a title and the dates. Nobody is asked until it is issued."""
    form = CycleForm()
    usable = [e for e in questionnaires.editions_for(current_user.partnership_ids) if e.stage != "archived"]
    ready, drafts = ([e for e in usable if e.is_ready is yes] for yes in (True, False))
    form.edition.choices = [("", "Choose a questionnaire"), *((e.code, e.title) for e in ready)]
    form.edition.choices += [(e.code, f"{e.title} (not approved yet)") for e in drafts]
    if not form.is_submitted():
        form.edition.data = request.args.get("edition", "")
        return render_template("cycles/new.html", form=form)
    edition = next((e for e in usable if e.code == form.edition.data), None)
    if form.validate() and edition is not None:
        try:
            cycle = operations.plan(
                office_of(),
                edition,
                code=form.code.data,
                title=form.title.data,
                opens_on=form.opens_on.real,
                due_on=form.due_on.real,
                letter=form.letter.data or "",
                **form.rules,
                by=current_user,
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="code")
        else:
            flash("The cycle is planned. Choose now who is asked.", "success")
            return redirect(url_for("desk.audience", ref=cycle.ref), 303)
    return make_response(render_template("cycles/new.html", form=form), 422)


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


def office_of() -> Partnership:
    """The partnership whose year this person runs."""
    return next(m.partnership for m in current_user.current if permissions.runs(m) and m.partnership)
