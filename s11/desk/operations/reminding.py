"""Reminders by the clock: what is due today and not sent yet, each once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from s11.core import clock
from s11.core.database import db, glance, unit_of_work
from s11.core.errors import DomainError
from s11.desk.models import ReminderRule
from s11.desk.operations.chasing import hold, keep_reminder, note, post
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
    nobody: int = 0  # to write to
    already: int = 0  # reminded a short while ago by somebody else
    faults: int = 0  # rules whose words cannot be filled in

    @property
    def said(self) -> str:
        parts = [
            f"{plural(self.organisations, 'organisation')} reminded in {plural(self.mails, 'mail')}",
            f"{self.nobody} without anybody to write to" if self.nobody else "",
            f"{self.already} reminded a short while before" if self.already else "",
            f"{plural(self.faults, 'rule')} whose words cannot be filled in" if self.faults else "",
        ]
        return "; ".join(part for part in parts if part) + "."


def remind_by_day() -> str:
    """What the clock does: the same as `remind_all`, but nothing before the morning."""
    if clock.local(clock.now()).hour < FROM_HOUR:
        return f"Nobody is reminded before {FROM_HOUR} in the morning."
    return remind_all()


def remind_all() -> str:
    """Remind whoever is due to be reminded today, in every cycle, and say what was done."""
    with glance():
        rules = [rule.id for rule in rules_at_work()]
    done = Done()
    for rule_id in rules:
        _work_through(rule_id, done)
    return done.said


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
    counted = 0
    for parcel in outlook.parcels:
        post(rule.cycle, parcel, key=key_of(rule, parcel.one), rule=rule)
        done.mails += len(parcel.mails)
        counted += 1
    tried |= {one.one.invitation_id for one in outlook.left_out}
    for one in outlook.left_out:
        if one.to_mend:
            done.nobody += 1  # tried again until its days are over: somebody may add an address
        else:
            keep_reminder(one.one, rule.template, mails=0, rule=rule)
            done.already += 1
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


def still_to_come(rule: ReminderRule) -> list[Asked]:
    """Whom a rule reminds today or later, as things stand now."""
    first = max(clock.today(), made_on(rule))

    def comes(one: Asked) -> bool:
        return goes_on(rule, one.due_on) >= first or is_time(
            rule, one, made_on=made_on(rule), today=clock.today()
        )

    return _pending(rule, comes)


def _pending(rule: ReminderRule, when: Callable[[Asked], bool]) -> list[Asked]:
    done = reminded_by(rule.id)
    return [
        one
        for one in asked_in(rule.cycle)
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
    found = [(rule, due_now(rule)) for rule in rules_at_work()]
    return [(rule, outlook_of(rule, due)) for rule, due in found if due]
