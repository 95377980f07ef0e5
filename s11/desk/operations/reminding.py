"""Reminders by the clock: what is due today and not sent yet, each once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from s11.core import clock
from s11.core.database import db, glance, unit_of_work
from s11.core.errors import DomainError
from s11.desk.models import ReminderRule
from s11.desk.operations.chasing import Reminded, hold, keep_reminders, note, post
from s11.desk.operations.composing import LeftOut, Outlook, by_standing, compose, why_not
from s11.desk.queries.asked import asked_in
from s11.desk.queries.history import last_reminders, reminded_by, rules_at_work
from s11.desk.queries.reaching import SIGNATORY
from s11.desk.reminding import AGAIN_AFTER, Asked, goes_on, is_time, reaches
from s11.register.rules import ContactRole
from s11.web.filters import plural

# So many organisations in one piece of work: nobody who saves an answer waits long for it.
AT_ONCE = 100
# Nobody is written to in the night.
FROM_HOUR = 7


@dataclass
class Done:
    """What a run did."""

    organisations: int = 0
    mails: int = 0
    asleep: int = 0  # rules whose partnership has no morning yet
    nobody: int = 0  # to write to
    already: int = 0  # reminded a short while ago by somebody else
    faults: int = 0  # rules whose words cannot be filled in

    @property
    def said(self) -> str:
        parts = [
            f"{plural(self.organisations, 'organisation')} reminded in {plural(self.mails, 'mail')}",
            f"{plural(self.asleep, 'rule')} before {FROM_HOUR} in the morning" if self.asleep else "",
            f"{self.nobody} without anybody to write to" if self.nobody else "",
            f"{self.already} reminded a short while before" if self.already else "",
            f"{plural(self.faults, 'rule')} whose words cannot be filled in" if self.faults else "",
        ]
        return "; ".join(part for part in parts if part) + "."


def remind_by_day() -> str:
    """What the clock does: the same as `remind_all`, but nothing before the morning of a partnership."""
    return remind_all(from_hour=FROM_HOUR)


def remind_all(*, from_hour: int = 0) -> str:
    """Remind whoever is due to be reminded today, in every cycle, and say what was done.

    What day it is, and whether it is morning, is each partnership's own affair.
    """
    with glance():
        rules = [(rule.id, zone_of(rule)) for rule in rules_at_work()]
    done = Done()
    for rule_id, zone in rules:
        with clock.in_zone(zone):
            if clock.local(clock.now()).hour < from_hour:
                done.asleep += 1
            else:
                _work_through(rule_id, done)
    return done.said


def zone_of(rule: ReminderRule) -> str:
    return rule.cycle.partnership.time_zone


def _work_through(rule_id: int, done: Done) -> None:
    """One rule, a piece at a time. Another run at the same moment waits, and finds what we have done."""
    tried: set[int] = set()
    while True:
        try:
            with unit_of_work():
                if not remind_some(rule_id, done, tried):
                    return
        except DomainError:
            done.faults += 1
            return


def remind_some(rule_id: int, done: Done, tried: set[int]) -> bool:
    """Remind some; gives whether there may be more. `tried`: of whom nothing came in this run."""
    rule = _at_work(rule_id)
    if rule is None:
        return False
    hold(rule.cycle)
    due = [one for one in due_now(rule) if one.invitation_id not in tried][:AT_ONCE]
    outlook = outlook_of(rule, due)
    counted = len(outlook.parcels)
    parcels = [(key_of(rule, parcel.one), parcel) for parcel in outlook.parcels]
    done.mails += post(rule.cycle, parcels, rule=rule)
    tried |= {one.one.invitation_id for one in outlook.left_out}
    # Who has nobody to write to is tried again until its days are over: somebody may add an address.
    already = [Reminded(one.one, rule.template, 0) for one in outlook.left_out if not one.to_mend]
    keep_reminders(already, rule=rule)
    done.already += len(already)
    done.nobody += len(outlook.left_out) - len(already)
    if counted:
        note(rule.cycle, counted, by=None)
    done.organisations += counted
    db.session.flush()
    return len(due) == AT_ONCE


def _at_work(rule_id: int) -> ReminderRule | None:
    return next((rule for rule in rules_at_work() if rule.id == rule_id), None)


def key_of(rule: ReminderRule, one: Asked) -> str:
    return f"rule:{rule.ref}:{one.invitation_id}:{one.due_on.isoformat()}"


def due_now(rule: ReminderRule) -> list[Asked]:
    """Whom a rule has to remind today, or should have in the last days."""
    return _pending(rule, lambda one: is_time(rule, one, made_on=made_on(rule), today=clock.today()))


def still_to_come(rule: ReminderRule, asked: Sequence[Asked] | None = None) -> list[Asked]:
    """Whom a rule reminds today or later, as things stand now. `asked`: everybody, where that is known."""
    first = max(clock.today(), made_on(rule))

    def comes(one: Asked) -> bool:
        return goes_on(rule, one.due_on) >= max(first, one.opens_on) or is_time(
            rule, one, made_on=made_on(rule), today=clock.today()
        )

    return _pending(rule, comes, asked)


def _pending(
    rule: ReminderRule, when: Callable[[Asked], bool], asked: Sequence[Asked] | None = None
) -> list[Asked]:
    done = reminded_by(rule.id)
    return [
        one
        for one in (asked_in(rule.cycle) if asked is None else asked)
        if when(one) and reaches(rule, one) and (one.invitation_id, one.due_on) not in done
    ]


def made_on(rule: ReminderRule) -> date:
    return clock.local(rule.made_at).date()


def outlook_of(rule: ReminderRule, ones: list[Asked], *, now: bool = True) -> Outlook:
    """The mails of a rule to these; with `now` less those who were reminded a short while ago."""
    cycle, outlook, wanted = rule.cycle, Outlook(), ones
    if now:
        last = last_reminders(cycle.id, since=clock.now() - AGAIN_AFTER)
        whys = {one.invitation_id: why_not(one, last.get(one.invitation_id)) for one in ones}
        outlook.left_out = [LeftOut(one, whys[one.invitation_id]) for one in ones if whys[one.invitation_id]]
        wanted = [one for one in ones if not whys[one.invitation_id]]
    return compose(cycle, wanted, by_standing(cycle, rule.template), to_whom(rule), outlook)


def to_whom(rule: ReminderRule) -> set[str]:
    """The lead, whoever has to sign where only that is missing, and the senior person if the rule says so."""
    copies = {ContactRole.SENIOR} if rule.copies_senior else set()
    return {ContactRole.LEAD, SIGNATORY, *copies}


def would_go() -> list[tuple[ReminderRule, Outlook]]:
    """What the rules would send now, for whoever asks before."""
    found = []
    for rule in rules_at_work():
        with clock.in_zone(zone_of(rule)):
            if due := due_now(rule):
                found.append((rule, outlook_of(rule, due)))
    return found
