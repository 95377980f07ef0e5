"""Submission groups of a cycle: their dates, and who stands in them."""

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.cycles import days, operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.forms import GroupForm
from s11.cycles.models import Cycle, SubmissionGroup
from s11.cycles.operations.planning import dates_of
from s11.desk.pages import group_lines
from s11.desk.pages.year import own_dates
from s11.desk.views.blueprint import desk
from s11.desk.views.plan import Plan
from s11.returns import queries as returns
from s11.returns.operations import tell_new_dates
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


@desk.get("/<ref>/groups")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def groups(cycle: Cycle) -> ResponseReturnValue:
    """The groups with their dates and who stands in them, and the form of a new one."""
    return groups_page(cycle, GroupForm(formdata=None))


def groups_page(cycle: Cycle, form: GroupForm) -> ResponseReturnValue:
    plan = Plan(cycle)
    lines = group_lines(plan.lines, plan.audience, plan.groups, cycles.group_sizes(cycle.id), plan.names)
    page = render_template(
        "cycles/groups.html", cycle=cycle, form=form, lines=lines, own_dates=own_dates(plan.groups, cycle)
    )
    return make_response(page, 422 if form.errors else 200)


@desk.post("/<ref>/groups")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
@resumable
def add_group(cycle: Cycle) -> ResponseReturnValue:
    """Add a group with dates of its own."""
    form = GroupForm()
    if form.validate():
        try:
            refuse_far_off(form)
            group = operations.add_group(cycle, form.name.data or "", form.dates, by=current_user)
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
        else:
            warn(group)
            flash(f"{group.name} is added. Say now who stands in it.", "success")
            return redirect(url_for("desk.groups", ref=cycle.ref), 303)
    return groups_page(cycle, form)


@desk.route("/<ref>/groups/<group>", methods=["GET", "POST"])
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
@resumable
def group(cycle: Cycle, group: str) -> ResponseReturnValue:
    """Change the name and the dates of a group."""
    found, form = group_or_404(cycle, group), GroupForm()
    if not form.is_submitted():
        form.name.data = found.name
        form.show(dates_of(found))
        return group_page(cycle, found, form)
    if form.validate():
        try:
            refuse_far_off(form)
            moved = operations.change_group(found, form.name.data or "", form.dates, by=current_user)
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
        else:
            warn(found)
            flash(f"{found.name} is changed.", "success")
            if moved and form.tell.data:
                tell(found)
            return redirect(url_for("desk.groups", ref=cycle.ref), 303)
    return group_page(cycle, found, form)


def group_page(cycle: Cycle, found: SubmissionGroup, form: GroupForm) -> ResponseReturnValue:
    page = render_template(
        "cycles/group.html",
        cycle=cycle,
        group=found,
        form=form,
        asked=cycles.group_sizes(cycle.id).get(found.id, 0),
    )
    return make_response(page, 422 if form.errors else 200)


@desk.post("/<ref>/groups/<group>/remove")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def remove_group(cycle: Cycle, group: str) -> ResponseReturnValue:
    """Take a group away that nobody is asked in."""
    found = group_or_404(cycle, group)
    try:
        operations.remove_group(found, by=current_user)
    except DomainError as refusal:
        flash(refusal.sentence, "error")
    else:
        flash(f"{found.name} is removed. Its organisations go with the dates of the cycle.", "success")
    return redirect(url_for("desk.groups", ref=cycle.ref), 303)


def tell(group: SubmissionGroup) -> None:
    """Write to the leads of those in the group who have not returned and go by its date."""
    waiting = [one for one in returns.not_returned(group.cycle_id) if one.group_id == group.id]
    letters = tell_new_dates(group.cycle, [one for one in waiting if not one.has_longer])
    flash(f"{plural(letters, 'letter is', 'letters are')} ready to be sent.", "success")


def refuse_far_off(form: GroupForm) -> None:
    if fault := days.far_off(form.dates, clock.today()):
        raise Invalid(fault[0], field=fault[1])


def warn(group: SubmissionGroup) -> None:
    for sentence in days.warnings(dates_of(group), clock.today()):
        flash(sentence, "warning")


def group_or_404(cycle: Cycle, ref: str) -> SubmissionGroup:
    found = cycles.group_by_ref(cycle.id, ref)
    if found is None:
        abort(404)
    return found
