"""The timetable of a challenge day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

FIRST_START = "09:30"
MINUTES = 20
MINUTES_MOST = 240
TEXT_LONGEST = 4_000
CLOCK = re.compile(r"^\s*([01]?\d|2[0-3])[:.]([0-5]\d)\s*$")
DAY_ENDS = 24 * 60
# When people go home, and how long they sit without getting up.
CLOSING = "17:00"
SITTING_MOST = 150
YEARS_AFTER_MOST = 3


@dataclass(frozen=True)
class Slot:
    """One session of the day as a person reads it: from, to."""

    starts_at: str
    ends_at: str


def minutes_of(text: str) -> int | None:
    """09:30 or 9.30 as minutes since midnight; None if it is no time of day."""
    found = CLOCK.match(text)
    return int(found[1]) * 60 + int(found[2]) if found else None


def clock_of(minutes: int) -> str:
    """570 as 09:30."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def timetable(minutes: Sequence[int], *, first: str = FIRST_START) -> list[Slot]:
    """When each session starts and ends: the first at `first`, each other when the one before ends.

    Raises ValueError when `first` is no time of day; a day that runs past midnight ends at 24:00.
    """
    starts = minutes_of(first)
    if starts is None:
        raise ValueError(f"{first!r} is no time of day")
    slots = []
    for length in minutes:
        ends = min(starts + length, DAY_ENDS)
        slots.append(Slot(clock_of(starts), clock_of(ends)))
        starts = ends
    return slots


def fits_in_a_day(minutes: Sequence[int], *, first: str) -> bool:
    """Whether these sessions, one after another from `first`, end before midnight."""
    starts = minutes_of(first)
    return starts is not None and starts + sum(minutes) < DAY_ENDS


def was_held(held_on: date, finished_at: datetime | None, today: date) -> bool:
    """Whether a day is behind people or under way: its date has come, or its record is closed."""
    return finished_at is not None or held_on <= today


def day_fault(held_on: date | None, *, opens_on: date, due_on: date) -> str | None:
    """The sentence that says why a challenge day cannot be on this day, or None.

    It is about the returns of a cycle, so it lies after the cycle opened, and not many years after.
    """
    if held_on is None:
        return "Enter the day on which it is held, for example 31 3 2027."
    if held_on < opens_on:
        return (
            f"The cycle it is about opened on {opens_on.day} {opens_on:%B %Y}. Enter a day from then on, "
            "or choose another cycle."
        )
    if held_on.year > due_on.year + YEARS_AFTER_MOST:
        return f"That is more than {YEARS_AFTER_MOST} years after the returns are due. Check the year."
    return None


def moved(order: Sequence[int], one: int, place: int) -> list[int]:
    """The same in a new order: `one` at a place counted from 1, the others as they stood."""
    rest = [other for other in order if other != one]
    at = min(max(place, 1), len(order)) - 1
    return [*rest[:at], one, *rest[at:]]


def minutes_fault(minutes: int | None) -> str | None:
    """The sentence that says why a length will not do, or None."""
    if minutes is None or not 1 <= minutes <= MINUTES_MOST:
        return f"Enter how many minutes the session lasts, from 1 to {MINUTES_MOST}."
    return None


def ends_at(minutes: Sequence[int], *, first: str) -> str:
    """When a day of these sessions ends; empty where there is none."""
    return timetable(minutes, first=first)[-1].ends_at if minutes else ""


@dataclass(frozen=True)
class Sitting:
    """A part of the day as far as its length matters: whether people sit through it."""

    minutes: int
    is_pause: bool


def long_sittings(parts: Sequence[Sitting], *, first: str) -> list[Slot]:
    """The stretches without a pause that are longer than people bear."""
    stretches: list[list[Slot]] = [[]]
    for part, slot in zip(parts, timetable([one.minutes for one in parts], first=first), strict=True):
        if part.is_pause:
            stretches.append([])
        else:
            stretches[-1].append(slot)
    whole = [Slot(slots[0].starts_at, slots[-1].ends_at) for slots in stretches if slots]
    return [one for one in whole if _length(one) > SITTING_MOST]


def _length(slot: Slot) -> int:
    return _at(slot.ends_at) - _at(slot.starts_at)


def _at(text: str) -> int:
    return DAY_ENDS if text == clock_of(DAY_ENDS) else minutes_of(text) or 0


PAUSES = re.compile(r"\b(break|lunch|coffee|tea|pause|refreshments?)\b", re.IGNORECASE)


CLOSINGS = re.compile(r"\b(clos(e|es|ing)|next steps|summing up|summary|end)\b", re.IGNORECASE)


def is_closing(title: str) -> bool:
    """Whether a part of the day by this title is its last: a session that is added goes before it."""
    return bool(CLOSINGS.search(title))


def is_pause(title: str) -> bool:
    """Whether a part of the day by this title is one in which people get up."""
    return bool(PAUSES.search(title))


def time_faults(parts: Sequence[Sitting], *, first: str) -> list[str]:
    """What is allowed about the times of a day, and still worth a second look."""
    if not parts:
        return []
    found = []
    end = ends_at([part.minutes for part in parts], first=first)
    if _at(end) > _at(CLOSING):
        found.append(f"The day ends at {end}, after {CLOSING}. Shorten some sessions, or plan a second day.")
    found += [
        f"From {one.starts_at} to {one.ends_at} there is no break. People need one after about two hours."
        for one in long_sittings(parts, first=first)
    ]
    return found


def title_fault(title: str) -> str | None:
    """The sentence that says why a part of the day cannot be called so, or None."""
    return None if title.strip() else "Enter what this part of the day is, for example Welcome or Break."
