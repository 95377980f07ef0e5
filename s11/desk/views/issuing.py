"""Issuing: what will happen in exact words, and the asking itself, batch by batch."""

from collections.abc import Sequence

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import DomainError
from s11.cycles import days, operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.letters import filled_letter, values_of
from s11.cycles.models import Cycle, Issue
from s11.cycles.operations.issuing import ToAsk
from s11.cycles.operations.planning import NARROW, dates_of
from s11.cycles.rules import ASKED_AS_LABELS, AskedAs
from s11.desk.pages import Confirmation, Wave, confirmation, waves_of
from s11.desk.pages.year import own_dates
from s11.desk.queries.stopped import stopped
from s11.desk.views.blueprint import desk
from s11.desk.views.plan import Plan
from s11.people.rules import canonical_address
from s11.register.rules import Addressee
from s11.returns import queries as returns
from s11.returns.operations import carry_on
from s11.web.filters import plural
from s11.web.guards import guard

CHANGED = "Who is asked was changed while this page was open. Read it again, then issue."
NONE_CHOSEN = "Tick at least one group to ask."


@desk.get("/<ref>/issue")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def confirm_issue(cycle: Cycle) -> ResponseReturnValue:
    """Say exactly who is about to be asked what, before anybody hears of it."""
    return confirm_page(Plan(cycle))


def confirm_page(plan: Plan, error: str = "") -> ResponseReturnValue:
    cycle, said = plan.cycle, confirmation_of(plan)
    before = cycles.before_of(cycle)
    narrow = AskedAs(cycle.asked_as) is not AskedAs.FULL and not cycle.only_standards
    page = render_template(
        "cycles/confirm.html",
        cycle=cycle,
        edition=plan.edition,
        said=said,
        before=before,
        asked_as=ASKED_AS_LABELS[AskedAs(cycle.asked_as)],
        warnings=warned(said.waves, cycle),
        own_dates=own_dates(plan.groups, cycle),
        letter=letter_to(cycle, said),
        stops=[NARROW] if narrow else [],
        ready=cycle.edition.is_ready,
        ticked=request.form.getlist("wave") or [wave.key for wave in said.waves],
        error=error,
    )
    return make_response(page, 422 if error else 200)


def confirmation_of(plan: Plan) -> Confirmation:
    cycle = plan.cycle
    before = cycles.before_of(cycle)
    waves = waves_of(plan.lines, plan.groups, (cycle.opens_on, cycle.due_on), clock.today())
    ids = [one.organisation.id for wave in waves for one in wave.members]
    return confirmation(
        plan.lines,
        waves,
        reached(ids, cycle.partnership_id),
        cycles.asked_ids(before.id) if before else set(),
        plan.view.gone,
    )


def reached(organisation_ids: list[int], partnership_id: int) -> dict[int, list[Addressee]]:
    """Whom the letters reach: without the addresses that are known to take no mail."""
    found = returns.written_to(organisation_ids, partnership_id)
    silent = stopped({one.email for known in found.values() for one in known})
    deaf = {address for address, silence in silent.items() if not silence.copies}
    return {
        id_: [one for one in known if canonical_address(one.email) not in deaf]
        for id_, known in found.items()
    }


def warned(waves: Sequence[Wave], cycle: Cycle) -> list[str]:
    """What is worth a second look in the dates that are somebody's: those of the groups, and of the rest."""
    found = []
    for wave in waves:
        group = wave.members[0].group
        named = f"{wave.name}. " if group else ""
        found += [f"{named}{said}" for said in days.warnings(dates_of(group or cycle), clock.today())]
    return found


def letter_to(cycle: Cycle, said: Confirmation) -> str:
    """The letter as the first organisation will read it."""
    first = next((one for one in said.members if one.gets_letter), None)
    if first is None:
        return ""
    dates = dates_of(first.group or cycle)
    values = values_of(
        cycle,
        organisation=first.organisation.name,
        opens=days.words_of(dates.opens_on),
        due=days.words_of(dates.due_on),
    )
    return filled_letter(cycle, values)


@desk.post("/<ref>/issue")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def issue_cycle(cycle: Cycle) -> ResponseReturnValue:
    """Write down whom to ask; the page that follows asks them, and the clock does where it is left."""
    plan = Plan(cycle)
    said = confirmation_of(plan)
    if request.form.get("digest") != said.digest:
        begun_already = None if said.waves else cycles.newest_issue(cycle.id)
        if begun_already is not None:  # pressed twice, or by two: all of them are being asked
            return redirect(url_for("desk.issuing", ref=cycle.ref, issue=begun_already.ref), 303)
        return confirm_page(plan, CHANGED)
    chosen = [wave for wave in said.waves if wave.key in request.form.getlist("wave")]
    if not chosen:
        return confirm_page(plan, NONE_CHOSEN)
    try:
        begun = operations.begin_issue(
            cycle, to_ask(chosen), tells=request.form.get("quiet") != "yes", by=current_user
        )
    except DomainError as refusal:
        return confirm_page(plan, refusal.sentence)
    return redirect(url_for("desk.issuing", ref=cycle.ref, issue=begun.ref), 303)


def to_ask(chosen: list[Wave]) -> list[ToAsk]:
    return [ToAsk(one.organisation, one.group, one.verdict.exempt) for wave in chosen for one in wave.members]


@desk.get("/<ref>/issue/<issue>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def issuing(cycle: Cycle, issue: str) -> ResponseReturnValue:
    """How far the asking is, with a button that goes on; a script presses it."""
    begun = issue_or_404(cycle, issue)
    return render_template(
        "cycles/issuing.html",
        cycle=cycle,
        issue=begun,
        done=cycles.done_of(begun.id),
        waiting=cycles.waiting_groups(cycle.id),
    )


@desk.post("/<ref>/issue/<issue>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def go_on(cycle: Cycle, issue: str) -> ResponseReturnValue:
    """Ask the next of them. Two who press at once take different ones."""
    begun = issue_or_404(cycle, issue)
    carry_on(begun)
    return redirect(url_for("desk.issuing", ref=cycle.ref, issue=begun.ref), 303)


@desk.post("/<ref>/stop-asking")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def stop_asking(cycle: Cycle) -> ResponseReturnValue:
    """Ask nobody any more of those whose group opens later."""
    stopped = operations.stop_waiting(cycle, by=current_user)
    flash(f"Stopped: {plural(stopped, 'organisation is', 'organisations are')} not asked.", "success")
    return redirect(url_for("desk.cycle", ref=cycle.ref), 303)


def issue_or_404(cycle: Cycle, ref: str) -> Issue:
    found = cycles.issue_by_ref(cycle.id, ref)
    if found is None:
        abort(404)
    return found
