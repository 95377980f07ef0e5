"""Planning a new cycle, from nothing or from an earlier one. How it stands is shown by the desk."""

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles import days, operations, permissions, queries
from s11.cycles.copying import following
from s11.cycles.forms import CycleForm, DatesForm, PlanForm
from s11.cycles.models import Cycle
from s11.cycles.operations.planning import dates_of
from s11.cycles.rules import AskedAs
from s11.cycles.views.blueprint import blueprint
from s11.organisations.models import Partnership
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.web.forms import blame
from s11.web.guards import signed_in
from s11.web.kept import resumable


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(permissions.can_plan)
@resumable
def new() -> ResponseReturnValue:
    """Plan a cycle: an edition, a title and the dates. Nobody is asked until it is issued."""
    form = CycleForm()
    usable = offer_editions(form)
    earlier = earlier_of(form.like.data if form.is_submitted() else request.args.get("like", ""))
    if not form.is_submitted():
        begin(form, usable, earlier)
        return render_template("cycles/new.html", form=form, earlier=earlier)
    edition = next((one for one in usable if one.code == form.edition.data), None)
    if form.validate() and edition is not None:
        try:
            return planned(form, edition, earlier)
        except Invalid as refusal:
            blame(form, refusal, otherwise="code")
    return make_response(render_template("cycles/new.html", form=form, earlier=earlier), 422)


def planned(form: CycleForm, edition: Edition, earlier: Cycle | None) -> ResponseReturnValue:
    check_far_off(form)
    values: dict[str, Any] = {**vars(form.dates), **form.words, **form.rules}
    if earlier is not None:
        values["only_standards"] = earlier.only_standards
    cycle = operations.plan(office_of(), edition, **values, by=current_user)
    if earlier is not None:
        operations.copy_of(earlier, cycle, by=current_user)
    for sentence in days.warnings(dates_of(cycle), clock.today()):
        flash(sentence, "warning")
    if AskedAs(cycle.asked_as) is not AskedAs.FULL:
        flash("The cycle is planned. Choose now which standards it asks.", "success")
        return redirect(url_for("cycles.standards", ref=cycle.ref), 303)
    flash("The cycle is planned. Choose now who is asked.", "success")
    return redirect(url_for("desk.audience", ref=cycle.ref), 303)


def check_far_off(form: DatesForm) -> None:
    """Refuse a year that is a slip of the pen."""
    if fault := days.far_off(form.dates, clock.today()):
        raise Invalid(fault[0], field=fault[1])


def begin(form: CycleForm, usable: list[Edition], earlier: Cycle | None) -> None:
    """Fill an empty form: from an earlier cycle, or with the partnership's rules for evidence."""
    partnership = office_of()
    rules: Cycle | Partnership = earlier or partnership
    form.takes_files.data = "yes" if rules.takes_files else "no"
    form.files_at_most.data, form.megabytes_at_most.data = rules.files_at_most, rules.megabytes_at_most
    form.edition.data = request.args.get("edition", "")
    if earlier is None:
        return
    form.show(days.following(dates_of(earlier), earlier.every_years))
    form.like.data, form.every_years.data = earlier.ref, str(earlier.every_years)
    form.asked_as.data, form.letter.data, form.guidance.data = (
        earlier.asked_as,
        earlier.letter,
        earlier.guidance,
    )
    form.title.data = following(earlier.title, earlier.every_years)
    form.code.data = following(earlier.code, earlier.every_years)
    newest = next((one for one in usable if one.framework_id == earlier.edition.framework_id), None)
    form.edition.data = newest.code if newest else ""


def offer_editions(form: DatesForm, chosen: Edition | None = None) -> list[Edition]:
    """The editions that can be asked, the approved ones first; where a form chooses one, it is offered them.

    `chosen` is offered too, whatever has become of it.
    """
    usable = [
        one
        for one in questionnaires.editions_for(current_user.partnership_ids)
        if one.stage != "archived" or one is chosen
    ]
    ready, drafts = ([one for one in usable if one.is_ready is yes] for yes in (True, False))
    if isinstance(form, PlanForm):
        form.edition.choices = [("", "Choose a questionnaire"), *((one.code, one.title) for one in ready)]
        form.edition.choices += [(one.code, f"{one.title} (not approved yet)") for one in drafts]
    return [*ready, *drafts]


def earlier_of(ref: str | None) -> Cycle | None:
    """The cycle a new one is planned from; of another partnership it does not exist."""
    if not ref:
        return None
    found = queries.by_ref(ref)
    if found is None or found.partnership_id != office_of().id:
        abort(404)
    return found


def office_of() -> Partnership:
    """The partnership whose year this person runs."""
    return next(m.partnership for m in current_user.current if permissions.runs(m) and m.partnership)
