"""Choosing who is asked: clauses, organisations by hand, and who is exempt from the start."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.cycles import operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.audience import Audience, clause_key
from s11.cycles.models import Cycle
from s11.desk.pages import group_lines
from s11.desk.views.blueprint import desk
from s11.desk.views.plan import Plan
from s11.organisations.models import Organisation
from s11.web.guards import guard

SHOWN_OF_SEARCH = 20


@desk.get("/<ref>/audience")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def audience(cycle: Cycle) -> ResponseReturnValue:
    """Who is asked, in words and numbers, with ways to change it."""
    return audience_page(Plan(cycle))


def audience_page(plan: Plan, status: int = 200) -> ResponseReturnValue:
    searched = " ".join(request.args.get("q", "").split())[:80]
    matches = [one for one in plan.lines if searched and is_called(one.organisation, searched)]
    page = render_template(
        "cycles/audience.html",
        cycle=plan.cycle,
        edition=plan.edition,
        view=plan.view,
        ready=plan.cycle.edition.is_ready,
        searched=searched,
        matches=matches[:SHOWN_OF_SEARCH],
        more=max(0, len(matches) - SHOWN_OF_SEARCH),
        groups=group_lines(
            plan.lines, plan.audience, plan.groups, cycles.group_sizes(plan.cycle.id), plan.names
        ),
        also=plan.audience.also,
        never=plan.audience.never,
        placed=plan.audience.placed,
        going_on=cycles.newest_issue(plan.cycle.id),
    )
    return make_response(page, status)


@desk.post("/<ref>/audience")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def change_audience(cycle: Cycle) -> ResponseReturnValue:
    """Take a clause away, or ask or leave out one organisation by hand."""
    before = Audience.of(cycle.audience)
    after = changed(cycle, before)
    if after is None:
        flash("Choose what to change first.", "error")
    else:
        operations.address(cycle, after, by=current_user)
        flash("Saved. Nobody hears of it before you issue.", "success")
    anchor = "by-hand" if request.form.get("organisation") else None
    return redirect(
        url_for("desk.audience", ref=cycle.ref, q=request.form.get("q") or None, _anchor=anchor), 303
    )


def changed(cycle: Cycle, audience: Audience) -> Audience | None:
    """The audience as the form in hand makes it; None where it says nothing that can be done."""
    form = request.form
    if (organisation := form.get("organisation", "")) and (what := form.get("what", "")):
        known = {subject.ref for _, subject in cycles.subjects(cycle.partnership_id)}
        if organisation not in known:
            abort(404)
        return by_hand(cycle, audience, organisation, what)
    return (
        dropped(form.get("drop", ""), audience.ask, lambda rest: replace(audience, ask=rest))
        or dropped(form.get("drop_exempt", ""), audience.exempt, lambda rest: replace(audience, exempt=rest))
        or dropped(form.get("drop_rule", ""), audience.groups, lambda rest: replace(audience, groups=rest))
    )


def dropped(
    key: str, held: tuple[Any, ...], audience_with: Callable[[tuple[Any, ...]], Audience]
) -> Audience | None:
    """The audience without the clause of this key; None where it is not there any more."""
    rest = tuple(one for place, one in enumerate(held) if clause_key(place, one) != key)
    return audience_with(rest) if key and len(rest) < len(held) else None


def is_called(organisation: Organisation, searched: str) -> bool:
    return searched.casefold() in f"{organisation.name} {organisation.short_name}".casefold()


def by_hand(cycle: Cycle, audience: Audience, ref: str, what: str) -> Audience | None:
    """Ask one organisation, leave it out, go by the clauses again, or put it into a group."""
    also = tuple(one for one in audience.also if one != ref)
    never = tuple(one for one in audience.never if one != ref)
    if what == "ask":
        return replace(audience, also=(*also, ref), never=never)
    if what == "leave":
        return replace(audience, also=also, never=(*never, ref))
    if what == "forget":
        return replace(audience, also=also, never=never)
    if what == "place":
        return placed(cycle, audience, ref, request.form.get("group", ""))
    return None


def placed(cycle: Cycle, audience: Audience, ref: str, group: str) -> Audience | None:
    """An organisation in a group whatever the rules say; with no group named the rules decide again."""
    if group and cycles.group_by_ref(cycle.id, group) is None:
        return None
    rest = {one: held for one, held in audience.placed.items() if one != ref}
    return replace(audience, placed={**rest, ref: group} if group else rest)
