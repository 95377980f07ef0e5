"""The rules for reminders of one cycle: added, looked at, stopped."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response

from s11.core import clock
from s11.core.errors import DomainError
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk import operations
from s11.desk.forms.reminding import RuleForm
from s11.desk.models import ReminderRule
from s11.desk.operations.reminding import outlook_of, still_to_come
from s11.desk.pages.chasing import preview_of
from s11.desk.pages.reminding import day_lines, rule_lines
from s11.desk.permissions import can_chase
from s11.desk.queries import history
from s11.desk.queries.asked import asked_in
from s11.desk.reminding import USUAL, goes_on, said
from s11.desk.views.blueprint import desk
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard


@desk.get("/<ref>/reminders")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def reminders(cycle: Cycle) -> ResponseReturnValue:
    """When whom is reminded, and what that means day by day as things stand now."""
    return reminders_page(cycle, RuleForm(formdata=None))


def reminders_page(cycle: Cycle, form: RuleForm) -> ResponseReturnValue:
    rules = history.rules_of(cycle.id)
    asked = asked_in(cycle) if rules and not cycle.closed_at else []
    coming = {rule.id: still_to_come(rule, asked) for rule in rules}
    page = render_template(
        "desk/reminders.html",
        cycle=cycle,
        form=form,
        rules=rule_lines(rules, history.sent_by_rules(cycle.id), coming),
        days=day_lines(rules, coming, clock.today()),
        usual=[said(rule) for rule in USUAL],
        mistakes=form.mistakes,
    )
    return make_response(page, 422 if form.errors else 200)


@desk.post("/<ref>/reminders")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def add_rule(cycle: Cycle) -> ResponseReturnValue:
    """Keep a rule."""
    form = RuleForm()
    if not form.validate():
        return reminders_page(cycle, form)
    try:
        operations.add_rule(cycle, form.rule, by=current_user)
    except DomainError as refusal:
        if refusal.field is None:
            raise
        blame(form, refusal, otherwise="days")
        return reminders_page(cycle, form)
    flash(f"Added: {said(form.rule)}", "success")
    return back(cycle)


@desk.post("/<ref>/reminders/usual")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def add_usual(cycle: Cycle) -> ResponseReturnValue:
    """Add what most offices do."""
    added = operations.add_usual(cycle, by=current_user)
    flash(f"{plural(added, 'rule is', 'rules are')} added." if added else "They are all there.", "success")
    return back(cycle)


@desk.get("/<ref>/reminders/<rule>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def rule(cycle: Cycle, rule: str) -> ResponseReturnValue:
    """Every mail a rule would send, as things stand now."""
    found = rule_or_404(cycle, rule)
    wanted = [one for one in still_to_come(found) if found.stopped_at is None and not cycle.closed_at]
    preview = preview_of(outlook_of(found, wanted, now=False), page_asked_for())
    return render_template(
        "desk/reminder_rule.html",
        cycle=cycle,
        rule=found,
        sentence=said(found),
        preview=preview,
        days={one.invitation_id: max(clock.today(), goes_on(found, one.due_on)) for one in wanted},
    )


@desk.post("/<ref>/reminders/<rule>/stop")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def stop_rule(cycle: Cycle, rule: str) -> ResponseReturnValue:
    """A rule reminds nobody any more."""
    found = rule_or_404(cycle, rule)
    operations.stop_rule(cycle, found, by=current_user)
    flash(f"Stopped: {said(found)}", "success")
    return back(cycle)


def back(cycle: Cycle) -> Response:
    return redirect(url_for("desk.reminders", ref=cycle.ref), 303)


def rule_or_404(cycle: Cycle, ref: str) -> ReminderRule:
    found = history.rule_by_ref(cycle.id, ref)
    if found is None:
        abort(404)
    return found


def page_asked_for() -> int:
    return request.args.get("page", default=1, type=int)
