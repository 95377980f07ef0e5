"""What was done to get one return in, as one line of time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from s11.cycles.models import Extension
from s11.desk.models import Call, Escalation, Reminder, ReminderRule
from s11.desk.reminding import said
from s11.desk.words import TEMPLATE_SAID
from s11.notices.models import Notice
from s11.web.filters import day, moment, plural


@dataclass(frozen=True)
class Entry:
    """Something that happened, as `components/timeline.html` prints it."""

    at: datetime
    what: str
    who: str = ""
    detail: str = ""

    @property
    def when(self) -> str:
        return moment(self.at)


@dataclass(frozen=True)
class Done:
    """Everything that was done about one organisation in one cycle."""

    reminders: Sequence[Reminder]
    rules: Mapping[int, ReminderRule]
    mails: Sequence[Notice]
    calls: Sequence[Call]
    escalations: Sequence[Escalation]
    extensions: Sequence[Extension]

    @property
    def entries(self) -> list[Entry]:
        """All of it, the newest first."""
        found = [
            *(self._reminder(one) for one in self.reminders),
            *(_mail(one) for one in self.mails),
            *(_call(one) for one in self.calls),
            *(entry for one in self.escalations for entry in _escalation(one)),
            *(_extension(one) for one in self.extensions),
        ]
        return sorted(found, key=lambda entry: entry.at, reverse=True)

    @property
    def call_back_on(self) -> date | None:
        """The day on which somebody promised to ring again, unless there was a call since."""
        return self.calls[0].call_back_on if self.calls else None

    def _reminder(self, one: Reminder) -> Entry:
        rule = self.rules.get(one.rule_id) if one.rule_id is not None else None
        if not one.mails:
            return Entry(
                one.at, "Not reminded again: there was a reminder a short while before", "", _rule(rule)
            )
        words = TEMPLATE_SAID.get(one.template, one.template).lower()
        sent = f"Reminded in {plural(one.mails, 'mail')} ({words})"
        return Entry(one.at, sent, one.by_name or "By a rule", _rule(rule))


def _rule(rule: ReminderRule | None) -> str:
    return said(rule) if rule else ""


def _mail(one: Notice) -> Entry:
    to = f"Mail to {one.to_name or one.to_address}"
    if one.bounced_at:
        return Entry(one.queued_at, f"{to} came back on {day(one.bounced_at)}", one.to_address, one.subject)
    how = f", sent {moment(one.sent_at)}" if one.sent_at else ", waiting to be sent"
    return Entry(one.queued_at, f"{to}{how}", one.to_address, one.subject)


def _call(one: Call) -> Entry:
    spoke = f"Call with {one.spoke_to}" if one.spoke_to else "Call"
    back = f"\nCall back on {day(one.call_back_on)}." if one.call_back_on else ""
    return Entry(one.at, spoke, one.by_name, f"{one.said}{back}")


def _escalation(one: Escalation) -> Iterable[Entry]:
    role = f", {one.to_role}" if one.to_role else ""
    by = f"Answer asked for by {day(one.answer_by)}." if one.answer_by else ""
    yield Entry(one.at, f"Escalated to {one.to_name}{role}", one.by_name, by)
    if one.answered_at:
        yield Entry(one.answered_at, f"Answer to the escalation to {one.to_name}", "", one.outcome)


def _extension(one: Extension) -> Entry:
    what = f"Given longer: until {day(one.until)} instead of {day(one.before)}"
    return Entry(one.at, what, one.by_name, one.reason)
