"""Saying when whom to remind, and saying so no more."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles.models import Cycle
from s11.desk.models import ReminderRule
from s11.desk.operations.chasing import hold
from s11.desk.queries.history import rules_of
from s11.desk.reminding import DAYS_AT_MOST, USUAL, Ruling, said
from s11.desk.rules import Whom
from s11.people.models import Person
from s11.trail.operations import record


def add_rule(cycle: Cycle, rule: Ruling, *, by: Person | None = None) -> ReminderRule:
    """Keep a rule; it holds from today on, for days still to come."""
    hold(cycle)
    check(cycle, rule)
    if any(said(known) == said(rule) for known in rules_of(cycle.id)):
        raise Invalid("There is this very rule already.", field="days")
    return _keep(cycle, rule, by=by)


def add_usual(cycle: Cycle, *, by: Person | None = None) -> int:
    """Add what most offices do, less what is there; gives how many rules were added."""
    hold(cycle)
    if cycle.closed_at is not None:
        raise DomainError("This cycle is closed, so nobody is reminded of it any more.")
    known = {said(rule) for rule in rules_of(cycle.id)}
    wanted = [rule for rule in USUAL if said(rule) not in known]
    for rule in wanted:
        _keep(cycle, rule, by=by)
    return len(wanted)


def check(cycle: Cycle, rule: Ruling) -> None:
    if cycle.closed_at is not None:
        raise DomainError("This cycle is closed, so nobody is reminded of it any more.")
    if abs(rule.days_before) > DAYS_AT_MOST:
        raise Invalid(f"Enter a number of days from 0 to {DAYS_AT_MOST}.", field="days")
    if rule.whom == Whom.UNDER and not 1 <= (rule.under_percent or 0) <= 100:
        raise Invalid("Enter a number from 1 to 100: those under this share are reminded.", field="percent")


def _keep(cycle: Cycle, rule: Ruling, *, by: Person | None) -> ReminderRule:
    kept = ReminderRule(
        cycle_id=cycle.id,
        days_before=rule.days_before,
        whom=rule.whom,
        under_percent=rule.under_percent if rule.whom == Whom.UNDER else None,
        template=rule.template,
        copies_senior=rule.copies_senior,
        made_at=clock.now(),
        made_by_name=by.name if by else "",
    )
    db.session.add(kept)
    db.session.flush()
    _note("cycle:reminders:ruled", cycle, kept, by=by)
    return kept


def stop_rule(cycle: Cycle, rule: ReminderRule, *, by: Person | None = None) -> None:
    """It reminds nobody any more; whom it reminded stays."""
    hold(cycle)
    if rule.stopped_at is not None:
        return
    rule.stopped_at = clock.now()
    _note("cycle:reminders:stopped", cycle, rule, by=by)


def _note(tag: str, cycle: Cycle, rule: ReminderRule, *, by: Person | None) -> None:
    record(tag, cycle.id, by=by, partnership_id=cycle.partnership_id, after={"rule": said(rule)})
