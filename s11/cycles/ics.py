"""The calendar as a file other calendars can read (RFC 5545). Plain Python."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from s11.cycles.calendar import Happening

LONGEST = 75  # bytes of a line, its end not counted


def calendar_file(found: Iterable[Happening], *, name: str, host: str, at: datetime) -> str:
    """Every happening as a day of its own. `host` makes the names of events ours."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Safeguarding self-assessment//Reporting calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for one in found:
        lines += _event(one, host, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(one: Happening, host: str, at: datetime) -> list[str]:
    words = f"{one.label}: {one.title}" + (f" ({one.group})" if one.group else "")
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(f'{one.ref}-{one.what}-{_plain(one.group)}@{host}')}",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(one.on)}",
        f"DTEND;VALUE=DATE:{_day(one.on + timedelta(days=1))}",
        f"SUMMARY:{escaped(words)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _plain(words: str) -> str:
    """A group's name as part of an event's name: it stays the same while the group is called so."""
    return words.encode().hex() if words else "all"


def escaped(words: str) -> str:
    """Text as a value: backslash, semicolon, comma and line ends have a meaning there."""
    plain = "".join(char for char in words if char == "\n" or (ord(char) >= 32 and ord(char) != 127))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line cut so that no part is longer than allowed, and no letter is cut in two."""
    parts: list[str] = []
    part = ""
    for char in line:
        most = LONGEST if not parts else LONGEST - 1  # the blank at the start counts
        if len((part + char).encode()) > most:
            parts.append(part)
            part = ""
        part += char
    return "\r\n ".join([*parts, part])
