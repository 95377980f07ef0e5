"""Somebody's due dates as a file that calendars read (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from s11.actions.models import Action
from s11.actions.reminding.queries import steps_ahead
from s11.actions.rules import SOURCE_LABELS, Source
from s11.cycles.ics import escaped, folded


@dataclass(frozen=True)
class DueDay:
    """A day of the calendar: what falls due, and where it is read. The action's own words stay inside,
    since whoever keeps the calendar reads along."""

    uid: str
    on: date
    title: str
    address: str
    sequence: int


def due_days(actions: Iterable[Action], root: str) -> list[DueDay]:
    """The due dates of actions and of the steps on their way."""
    found = []
    for action in actions:
        source = SOURCE_LABELS[Source(action.source)].lower()
        where = f"{root}/actions/{action.ref}"
        if action.due_on is not None:
            words = f"Action due: {action.holder}, from {_a(source)}"
            found.append(DueDay(action.ref, action.due_on, words, where, action.version))
        for step in steps_ahead(action):
            if step.due_on is not None:
                words = f"Step of an action due: {action.holder}, from {_a(source)}"
                found.append(DueDay(step.ref, step.due_on, words, where, action.version))
    return found


def calendar_file(days: Iterable[DueDay], *, host: str, at: datetime) -> str:
    """The file; `host` makes the names of its events ours. Calendars ask again by themselves."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Safeguarding self-assessment//Action plan//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Actions due",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}@{host}",
            f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"SEQUENCE:{one.sequence}",
            f"DTSTART;VALUE=DATE:{_day(one.on)}",
            f"DTEND;VALUE=DATE:{_day(one.on + timedelta(days=1))}",
            f"SUMMARY:{escaped(one.title)}",
            f"DESCRIPTION:{escaped(one.address)}",
            f"URL:{one.address}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
