"""Whom a reminder reaches and on which day, and how a rule reads: plain rules, known to no database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from s11.desk.rules import Whom
from s11.returns.rules import RETURNED, Stage

# A reminder whose run was missed still goes out so many days later; after that its day is over.
CATCH_UP = timedelta(days=3)
# Nobody is reminded twice within this time, whoever does it.
AGAIN_AFTER = timedelta(hours=20)
DAYS_AT_MOST = 90


@dataclass(frozen=True)
class Asked:
    """One organisation asked in a cycle, as far as chasing has to know it: numbers only."""

    invitation_id: int
    organisation_id: int
    organisation_ref: str
    organisation: str
    return_ref: str
    stage: Stage
    answered: int
    asked: int
    asked_on: date
    due_on: date
    last_day: date | None  # on which the return is still taken
    exempt_reason: str
    waiting_for: str
    opens_on: date = date.min
    # Closed, part of another by now, or no more at the partnership's table.
    is_gone: bool = False
    open_steps: tuple[str, ...] = ()  # the signatures that can be given now

    @property
    def is_in(self) -> bool:
        return self.stage in RETURNED

    @property
    def waits_for_signature(self) -> bool:
        """Whether everything is answered, and only somebody's signature is missing."""
        return self.stage is Stage.AWAITING_SIGN_OFF

    @property
    def is_waited_for(self) -> bool:
        """Whether a reminder is of any use: neither in nor let off."""
        return not self.is_in and not self.exempt_reason


class Ruling(Protocol):
    """What a rule says, kept or still being thought of."""

    @property
    def days_before(self) -> int: ...
    @property
    def whom(self) -> str: ...
    @property
    def under_percent(self) -> int | None: ...
    @property
    def template(self) -> str: ...
    @property
    def copies_senior(self) -> bool: ...


@dataclass(frozen=True)
class NewRule:
    """A rule before it is kept."""

    days_before: int
    whom: Whom
    under_percent: int | None = None
    template: str = "reminder"
    copies_senior: bool = False


# What most offices do, offered with one button.
USUAL = (
    NewRule(14, Whom.NOT_STARTED),
    NewRule(7, Whom.UNDER, under_percent=50),
    NewRule(0, Whom.EVERYBODY),
    NewRule(-3, Whom.EVERYBODY, template="overdue", copies_senior=True),
)

WHOM_SAID: dict[Whom, str] = {
    Whom.EVERYBODY: "everybody who has not returned",
    Whom.NOT_STARTED: "those who have not started",
    Whom.AWAITING: "those who wait for a signature",
    Whom.SENT_BACK: "those whose return was sent back",
}


def goes_on(rule: Ruling, due_on: date) -> date:
    """The day on which a rule writes to an organisation that is due on that day."""
    return due_on - timedelta(days=rule.days_before)


def reaches(rule: Ruling, one: Asked) -> bool:
    """Whether a rule is for an organisation as it stands now."""
    if not one.is_waited_for or one.is_gone:
        return False
    match Whom(rule.whom):
        case Whom.EVERYBODY:
            return True
        case Whom.NOT_STARTED:
            return one.stage is Stage.NOT_STARTED
        case Whom.UNDER:
            # Exactly, without rounding: 10 of 20 is not under 50 per cent.
            return one.answered * 100 < (rule.under_percent or 0) * one.asked
        case Whom.AWAITING:
            return one.stage is Stage.AWAITING_SIGN_OFF
        case Whom.SENT_BACK:
            return one.stage is Stage.SENT_BACK


def is_time(rule: Ruling, one: Asked, *, made_on: date, today: date) -> bool:
    """Whether a rule writes to an organisation today: on its day, or up to three days late.

    Never for a day that was over before the rule was made, the organisation asked, or its return opened.
    """
    on = goes_on(rule, one.due_on)
    return max(made_on, one.asked_on, one.opens_on) <= on <= today <= on + CATCH_UP and is_taken(one, today)


def is_taken(one: Asked, today: date) -> bool:
    """Whether the return could still come in."""
    return one.last_day is None or today <= one.last_day


def said(rule: Ruling) -> str:
    """A rule as a sentence: "7 days before its due day, to those under 50 % of what they are asked"."""
    copy = ", with a copy to the senior person" if rule.copies_senior else ""
    return f"{when_said(rule.days_before)}, to {whom_said(rule)}{copy}."


def when_said(days_before: int) -> str:
    if days_before == 0:
        return "On its due day"
    days = f"{abs(days_before)} day{'' if abs(days_before) == 1 else 's'}"
    return f"{days} {'before' if days_before > 0 else 'after'} its due day"


def whom_said(rule: Ruling) -> str:
    if Whom(rule.whom) is Whom.UNDER:
        return f"those under {rule.under_percent} % of what they are asked"
    return WHOM_SAID[Whom(rule.whom)]


def standing_said(one: Asked) -> str:
    """Where a return stands, for a mail: how many, and never what."""
    if one.stage is Stage.NOT_STARTED:
        return "Nothing has been answered yet."
    if one.stage is Stage.AWAITING_SIGN_OFF:
        who = f": {one.waiting_for}" if one.waiting_for else ""
        return f"Everything is answered, and it waits to be signed{who}."
    if one.stage is Stage.SENT_BACK:
        return "It was sent back, and waits to be put right."
    return f"{one.answered} of {one.asked} questions are answered."


@dataclass(frozen=True)
class LastReminder:
    """When somebody was reminded last, and by whom; the name is empty where a rule did it."""

    at: datetime
    by_name: str
