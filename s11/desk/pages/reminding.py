"""The rules of a cycle, and the days on which each writes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s11.desk.models import ReminderRule
from s11.desk.reminding import Asked, goes_on, said
from s11.desk.words import TEMPLATE_SAID


@dataclass(frozen=True)
class RuleLine:
    """A rule as it reads, and whom it wrote to so far."""

    rule: ReminderRule
    sentence: str
    words: str
    reminded: int
    to_come: int


@dataclass(frozen=True)
class DayLine:
    """What one rule would send on one day, as things stand now."""

    on: date
    rule: ReminderRule
    sentence: str
    organisations: int


def rule_lines(
    rules: Sequence[ReminderRule], sent: Mapping[int, int], coming: Mapping[int, Sequence[Asked]]
) -> list[RuleLine]:
    return [
        RuleLine(
            rule,
            said(rule),
            TEMPLATE_SAID.get(rule.template, rule.template),
            sent.get(rule.id, 0),
            len(coming[rule.id]),
        )
        for rule in rules
    ]


def day_lines(
    rules: Iterable[ReminderRule], coming: Mapping[int, Sequence[Asked]], today: date
) -> list[DayLine]:
    """Which day brings which reminders; what was missed in the last days goes today."""
    lines = []
    for rule in rules:
        days = Counter(max(today, goes_on(rule, one.due_on)) for one in coming[rule.id])
        lines += [DayLine(on, rule, said(rule), count) for on, count in days.items()]
    return sorted(lines, key=lambda line: (line.on, -line.rule.days_before, line.rule.id))
