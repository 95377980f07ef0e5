"""The timetable of a challenge day, who questions whom, and who comes."""

from s11.challenge.rules.coming import (
    LINK_LONGEST,
    NAME_LONGEST,
    NOTE_LONGEST,
    ROLE_LONGEST,
    WHY_LONGEST,
    is_ref,
    link_fault,
    name_fault,
    tie_fault,
)  # fmt: skip
from s11.challenge.rules.rotation import (
    Body,
    Ties,
    Turn,
    bar,
    listed,
    propose,
    uneven,
)  # fmt: skip
from s11.challenge.rules.times import (
    CLOSING,
    FIRST_START,
    MINUTES,
    MINUTES_MOST,
    TEXT_LONGEST,
    Sitting,
    Slot,
    clock_of,
    day_fault,
    ends_at,
    fits_in_a_day,
    is_closing,
    is_pause,
    minutes_fault,
    minutes_of,
    moved,
    time_faults,
    timetable,
    title_fault,
    was_held,
)  # fmt: skip

__all__ = [
    "CLOSING", "FIRST_START", "LINK_LONGEST", "MINUTES", "MINUTES_MOST", "NAME_LONGEST", "NOTE_LONGEST",
    "ROLE_LONGEST", "TEXT_LONGEST", "WHY_LONGEST", "Body", "Sitting", "Slot", "Ties", "Turn", "bar",
    "clock_of", "day_fault", "ends_at", "fits_in_a_day", "is_closing", "is_pause", "is_ref", "link_fault",
    "listed", "minutes_fault", "minutes_of", "moved", "name_fault", "propose", "tie_fault",
    "time_faults", "timetable", "title_fault", "uneven", "was_held",
]  # fmt: skip
