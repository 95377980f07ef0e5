"""The timetable of a challenge day, and who questions whom."""

from s11.challenge.rules.rotation import pairings, questioner_fault
from s11.challenge.rules.times import (
    FIRST_START,
    MINUTES,
    MINUTES_MOST,
    TEXT_LONGEST,
    Slot,
    clock_of,
    day_fault,
    fits_in_a_day,
    minutes_fault,
    minutes_of,
    moved,
    timetable,
)  # fmt: skip

__all__ = [
    "FIRST_START", "MINUTES", "MINUTES_MOST", "TEXT_LONGEST", "Slot", "clock_of", "day_fault",
    "fits_in_a_day", "minutes_fault", "minutes_of", "moved", "pairings", "questioner_fault", "timetable",
]  # fmt: skip
