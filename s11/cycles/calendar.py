"""The reporting calendar: what opens, is due and closes for whom, month by month, and what is expected again.

Plain Python: `today` is given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from s11.cycles.days import Dates

MONTHS_SHOWN = 12


class What(StrEnum):
    """What happens on a day of the calendar, in the order of a round."""

    OPENS = "opens"
    DUE = "due"
    CLOSES = "closes"
    MODERATION = "moderation"
    CHALLENGE = "challenge"
    EXPECTED = "expected"


WHAT_LABELS: dict[What, str] = {
    What.OPENS: "Opens",
    What.DUE: "Due",
    What.CLOSES: "Closes",
    What.MODERATION: "Moderation finished by",
    What.CHALLENGE: "Challenge day",
    What.EXPECTED: "Expected again this month",
}
OF_FIELD = {
    "opens_on": What.OPENS,
    "due_on": What.DUE,
    "closes_on": What.CLOSES,
    "moderation_on": What.MODERATION,
    "challenge_on": What.CHALLENGE,
}

OF_GROUPS = ("opens_on", "due_on", "closes_on")


@dataclass(frozen=True)
class Asking:
    """A cycle as the calendar sees it. `framework` tells rounds of the same audit."""

    ref: str
    title: str
    framework: str
    dates: Dates
    every_years: int
    groups: tuple[tuple[str, Dates], ...] = ()
    is_full: bool = True
    is_issued: bool = True
    # Everybody stands in a group, so that the days of the cycle itself are nobody's.
    only_groups: bool = False


@dataclass(frozen=True)
class Happening:
    """One thing on one day: of a cycle, for everybody or for a group."""

    on: date
    what: What
    title: str
    ref: str
    group: str = ""
    past: bool = False
    # Of a cycle that is not issued yet: it may still move.
    planned: bool = False

    @property
    def label(self) -> str:
        return WHAT_LABELS[self.what]


@dataclass(frozen=True)
class Month:
    """A month with what happens in it, by day."""

    first: date
    happenings: tuple[Happening, ...]

    @property
    def name(self) -> str:
        return f"{self.first:%B %Y}"


def happenings(askings: Sequence[Asking], today: date) -> list[Happening]:
    """Everything that is planned, by day, and each audit's next round where it is not planned yet."""
    found = [one for asking in askings for one in _of(asking)]
    found += _expected(askings, today)
    order = list(What)
    found.sort(key=lambda one: (one.on, order.index(one.what), one.title, one.group))
    return [replace(one, past=one.on < today) for one in found]


def _of(asking: Asking) -> Iterable[Happening]:
    for group, dates in (("", asking.dates), *asking.groups):
        for name, day in dates.named().items():
            if asking.only_groups and not group and name in OF_GROUPS:
                continue
            yield Happening(
                day, OF_FIELD[name], asking.title, asking.ref, group, planned=not asking.is_issued
            )


def _expected(askings: Sequence[Asking], today: date) -> Iterable[Happening]:
    """The next round of each audit, on the first of its month: no day of it is known."""
    last: dict[str, Asking] = {}
    for asking in askings:
        known = last.get(asking.framework)
        if asking.is_full and (known is None or asking.dates.due_on > known.dates.due_on):
            last[asking.framework] = asking
    for asking in last.values():
        due = asking.dates.due_on
        month = date(due.year + asking.every_years, due.month, 1)
        if month >= today.replace(day=1):
            yield Happening(month, What.EXPECTED, asking.title, asking.ref)


def months(found: Iterable[Happening], first: date, count: int = MONTHS_SHOWN) -> list[Month]:
    """So many months from the one of `first` on, each with what happens in it; empty ones too."""
    held = {key: tuple(group) for key, group in groupby(found, key=lambda one: one.on.replace(day=1))}
    starts = [month_after(first, at) for at in range(count)]
    return [Month(start, held.get(start, ())) for start in starts]


def month_after(day: date, months: int) -> date:
    """The first of the month so many months later."""
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, 1)


def year_of(day: date, starts_in: int) -> date:
    """The first day of the year a day lies in. Years begin in this month: 9 for schools, 4 for councils."""
    return date(day.year if day.month >= starts_in else day.year - 1, starts_in, 1)
