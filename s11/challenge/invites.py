"""A challenge day as a calendar takes it (RFC 5545, RFC 5546): asked for, changed, called off."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from s11.challenge.rules.times import minutes_of
from s11.cycles.ics import escaped, folded

# What makes somebody's entry another one, if it differs.
TOLD = ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "URL", "DESCRIPTION")
NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f"]')
NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"\\,;]")


class Method(StrEnum):
    """What a file wants of the calendar it comes to."""

    REQUEST = "REQUEST"  # and an answer goes to the office
    PUBLISH = "PUBLISH"  # nobody waits for an answer
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Entry:
    """A day for one person. Without times it lasts the whole day."""

    uid: str
    sequence: int
    held_on: date
    starts_at: str  # 09:30, by the clock of `zone`
    ends_at: str
    zone: ZoneInfo
    title: str
    place: str
    link: str
    words: str
    organiser: tuple[str, str]  # name and address
    attendee: tuple[str, str]


def calendar_of(entry: Entry, method: Method, *, at: datetime) -> str:
    """The file: one event, in UTC, so that it is right whichever clock reads it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Safeguarding self-assessment//Challenge day//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_utc(at)}",
        *_times(entry),
        f"SUMMARY:{escaped(entry.title)}",
        *([f"LOCATION:{escaped(entry.place)}"] if entry.place else []),
        *([f"URL:{_plain(entry.link)}"] if entry.link else []),
        *([f"DESCRIPTION:{escaped(entry.words)}"] if entry.words else []),
        f"STATUS:{'CANCELLED' if method == Method.CANCEL else 'CONFIRMED'}",
        f"ORGANIZER;CN={_name(entry.organiser[0])}:mailto:{_address(entry.organiser[1])}",
        *_attendee(entry, method),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _attendee(entry: Entry, method: Method) -> Iterable[str]:
    """A published day names nobody: see RFC 5546, 3.2.1."""
    if method == Method.PUBLISH:
        return
    asks = ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE" if method == Method.REQUEST else ""
    yield (
        f"ATTENDEE;CN={_name(entry.attendee[0])};ROLE=REQ-PARTICIPANT{asks}:mailto:"
        f"{_address(entry.attendee[1])}"
    )


def _times(entry: Entry) -> list[str]:
    begins, ends = minutes_of(entry.starts_at), _end(entry.ends_at)
    if begins is None or ends is None:
        day, next_ = entry.held_on, entry.held_on + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{next_:%Y%m%d}"]
    return [
        f"DTSTART:{_utc(moment(entry.held_on, begins, entry.zone))}",
        f"DTEND:{_utc(moment(entry.held_on, ends, entry.zone))}",
    ]


def _end(text: str) -> int | None:
    return 24 * 60 if text == "24:00" else minutes_of(text)


def moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """So many minutes after midnight by the clock on the wall, whatever was done to it that night."""
    later, within = divmod(minutes, 24 * 60)
    at = time(within // 60, within % 60)
    return datetime.combine(day + timedelta(days=later), at, zone).astimezone(UTC)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _name(text: str) -> str:
    """A name as a value between quotes, in which nothing has a meaning."""
    return f'"{NOT_IN_A_NAME.sub(" ", text).strip()}"'


def _address(text: str) -> str:
    return NOT_IN_AN_ADDRESS.sub("", text)


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", text)


def told_by(calendar: str) -> dict[str, str]:
    """What a file said that matters to whoever got it: when, what, where."""
    whole = calendar.replace("\r\n", "\n").replace("\n ", "")
    found = {}
    for line in whole.split("\n"):
        name, _, value = line.partition(":")
        if name.partition(";")[0] in TOLD:
            found[name.partition(";")[0]] = value
    return found


def begins(calendar: str, zone: ZoneInfo) -> str:
    """When a file said that the day begins, as "3 March 2027, 09:30"; empty where it says nothing we know."""
    told = told_by(calendar).get("DTSTART", "")
    try:
        if told.endswith("Z"):
            at = datetime.strptime(told, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
            return f"{at.day} {at:%B %Y}, {at:%H:%M}"
        day = datetime.strptime(told, "%Y%m%d").replace(tzinfo=zone)
    except ValueError:
        return ""
    return f"{day.day} {day:%B %Y}"
