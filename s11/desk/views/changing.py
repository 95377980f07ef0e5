"""Changing a plan: everything of it before it is issued, dates and words afterwards."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles import days, operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.forms import MovedForm, PlanForm, WordsForm
from s11.cycles.letters import filled_letter, values_of
from s11.cycles.models import Cycle
from s11.cycles.operations.planning import dates_of
from s11.cycles.rules import AskedAs
from s11.cycles.views.planning import check_far_off, offer_editions
from s11.desk.pages.year import own_dates
from s11.desk.views.blueprint import desk
from s11.desk.views.plan import Plan
from s11.returns import queries as returns
from s11.returns.operations import tell_new_dates
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


@desk.route("/<ref>/plan", methods=["GET", "POST"])
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
@resumable
def change_plan(cycle: Cycle) -> ResponseReturnValue:
    """Change dates and words, and until it is issued what is asked."""
    form = MovedForm() if cycle.issued_at else PlanForm()
    usable = {one.code: one.id for one in offer_editions(form, cycle.edition)}
    if not form.is_submitted():
        fill(form, cycle)
        return plan_page(cycle, form)
    if form.validate():
        try:
            check_far_off(form)
            words = form.words
            if isinstance(form, PlanForm):
                words["edition_id"] = usable[form.edition.data]
            moved = operations.change(cycle, form.dates, **words, by=current_user)
        except Invalid as refusal:
            blame(form, refusal, otherwise="title")
        else:
            return changed(cycle, form, moved=moved)
    return plan_page(cycle, form)


def fill(form: WordsForm, cycle: Cycle) -> None:
    """Show the plan as it is."""
    form.show(dates_of(cycle))
    form.title.data, form.letter.data, form.guidance.data = cycle.title, cycle.letter, cycle.guidance
    form.every_years.data = str(cycle.every_years)
    if isinstance(form, PlanForm):
        form.edition.data, form.code.data = cycle.edition.code, cycle.code
        form.asked_as.data = cycle.asked_as


def plan_page(cycle: Cycle, form: WordsForm) -> ResponseReturnValue:
    values = values_of(cycle, organisation="Hill Primary School")
    page = render_template(
        "cycles/change.html",
        cycle=cycle,
        form=form,
        letter=filled_letter(cycle, values),
        grouped=bool(cycles.groups(cycle.id)),
    )
    return make_response(page, 422 if form.errors else 200)


def changed(cycle: Cycle, form: WordsForm, *, moved: bool) -> ResponseReturnValue:
    """Say what was done, warn of days nobody is at work, and write to leads where that was wanted."""
    flash("The plan is changed.", "success")
    if moved:
        plan = Plan(cycle)
        if said := own_dates(plan.groups, cycle):
            flash(said, "info")
        if plan.goes_by_own_dates:
            for sentence in days.warnings(dates_of(cycle), clock.today()):
                flash(sentence, "warning")
    if moved and isinstance(form, MovedForm) and form.tell.data:
        waiting = [one for one in returns.not_returned(cycle.id) if one.group_id is None]
        letters = tell_new_dates(cycle, [one for one in waiting if not one.has_longer])
        flash(f"{plural(letters, 'letter is', 'letters are')} ready to be sent.", "success")
    if AskedAs(cycle.asked_as) is not AskedAs.FULL and not cycle.only_standards:
        return redirect(url_for("cycles.standards", ref=cycle.ref), 303)
    return redirect(url_for("desk.cycle", ref=cycle.ref), 303)
