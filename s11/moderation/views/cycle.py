"""Moderation of a whole cycle, and giving its returns to moderators, many at once."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.moderation import operations, pages, permissions, queries
from s11.moderation.forms import GiveForm, ShareForm
from s11.moderation.rules import Standing
from s11.moderation.sharing import ToModerate
from s11.moderation.views.blueprint import blueprint
from s11.returns.rules import Stage
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard

AT_MOST = 5000  # pairs of one form
FIELD = "to-"  # and the ref of a person: the returns they get


@blueprint.get("/cycles/<ref>")
@guard(cycles.by_ref, see=cycle_permissions.can_see)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """Every return that is in, and how far its moderation is. Numbers only: no words, no ratings."""
    form = ShareForm()
    return list_page(cycle, form)


def list_page(
    cycle: Cycle, form: ShareForm, *, errors: list[tuple[str, str | None]] | None = None, status: int = 200
) -> ResponseReturnValue:
    to_give = queries.to_give(cycle.id)
    if not form.is_submitted() and form.due_on.data is None:
        form.due_on.data = cycle.moderation_on
    show = request.values.get("show", "")
    shown = pages.cycle_page(
        cycle,
        show=show if show in pages.FILTERS else "",
        page=request.values.get("page", 1, type=int),
        bound_to=current_user.bound_to,
        parents={one.organisation_id: one.parent_id for one in to_give.values()},
    )
    may_assign = permissions.can_assign(current_user, cycle)
    page = render_template(
        "moderation/cycle.html",
        cycle=cycle,
        shown=shown,
        filters=pages.FILTERS,
        form=form,
        errors=errors or [],
        may_assign=may_assign,
        moderates=permissions.moderates_any(current_user),
        people=operations.candidates(cycle, to_give.values()) if may_assign else [],
        ticked=set(request.form.getlist("return")),
        chosen=set(request.form.getlist("moderator")),
        unassigned=shown.counts[Standing.UNASSIGNED],
    )
    return make_response(page, status)


@blueprint.post("/cycles/<ref>/preview")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=permissions.can_assign)
def preview(cycle: Cycle) -> ResponseReturnValue:
    """Who would get what. Nothing is given yet."""
    form, to_give = ShareForm(), queries.to_give(cycle.id)
    valid = form.validate()
    returns = chosen_returns(to_give, form.scope.data)
    refs = set(request.form.getlist("moderator"))
    people = [one for one in operations.candidates(cycle, to_give.values()) if one.ref in refs]
    errors = list(form.mistakes) if not valid else []
    if not returns and request.form.getlist("return"):
        raise DomainError("None of the returns you chose is waiting to be moderated. Look at the list again.")
    if not returns:
        errors.append(("Tick the returns to give out, or choose all that nobody moderates yet.", "#scope"))
    if not people:
        errors.append(("Tick the moderators to give them to.", "#moderator-1"))
    if errors:
        return list_page(cycle, form, errors=errors, status=422)
    if all(one.stage != Stage.SUBMITTED for one in returns):
        raise DomainError("None of the returns you chose is waiting to be moderated. Look at the list again.")
    plan = pages.plan_of(returns, people, share=form.how.data == "share", each=int(form.each.data))
    return preview_page(cycle, plan, GiveForm(), plan.pairs)


def chosen_returns(to_give: dict[str, ToModerate], scope: str | None) -> list[ToModerate]:
    """The returns ticked, or every one that waits and that nobody moderates yet, by name."""
    if scope == "unassigned":
        return [
            one
            for one in to_give.values()
            if one.stage == Stage.SUBMITTED and not one.given and not one.agreed
        ]
    refs = set(request.form.getlist("return"))
    return [one for one in to_give.values() if one.ref in refs]


def preview_page(
    cycle: Cycle, plan: pages.Plan | None, form: GiveForm, pairs: list[tuple[str, str]], status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "moderation/preview.html", cycle=cycle, plan=plan, form=form, pairs=pairs, field=FIELD
    )
    return make_response(page, status)


@blueprint.post("/cycles/<ref>/assign")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=permissions.can_assign)
def assign(cycle: Cycle) -> ResponseReturnValue:
    """Give out what the preview showed."""
    form, pairs = GiveForm(), pairs_sent()
    if not form.validate():
        return preview_page(cycle, None, form, pairs, 422)
    try:
        done = operations.assign(cycle, pairs, due_on=form.due_on.real, by=current_user)
    except Invalid as refusal:
        blame(form, refusal, otherwise="due_on")
        return preview_page(cycle, None, form, pairs, 422)
    say(done)
    return redirect(url_for("moderation.cycle", ref=cycle.ref), 303)


def pairs_sent() -> list[tuple[str, str]]:
    """Ref of the return and ref of the person: each person has a field of their own, by their ref."""
    return [
        (return_ref, name.removeprefix(FIELD))
        for name, return_refs in request.form.lists()
        if name.startswith(FIELD)
        for return_ref in return_refs
    ][:AT_MOST]


def say(done: operations.Assigned) -> None:
    """What was given out, and what was refused and why."""
    if done.returns:
        flash(
            f"{plural(done.returns, 'return')} given to {plural(done.moderators, 'moderator')}. "
            "They have been told by mail.",
            "success",
        )
    for sentence in done.refused[:8]:
        flash(sentence, "error")
    if len(done.refused) > 8:
        flash(f"And {len(done.refused) - 8} more could not be given.", "error")
