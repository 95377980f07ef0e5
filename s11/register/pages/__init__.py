"""What the pages of the register print."""

from s11.register.pages.listing import (
    Row,
    address_of,
    as_csv,
    as_workbook,
    choices_of,
    lines,
    row,
    wanted_of,
    why_asked,
)
from s11.register.pages.one import Event, Mail, facts_of, history_of, mails_of, numbers_of, seat_words
from s11.register.pages.people import People, Somebody, people_of

__all__ = [
    "Event",
    "Mail",
    "People",
    "Row",
    "Somebody",
    "address_of",
    "as_csv",
    "as_workbook",
    "choices_of",
    "facts_of",
    "history_of",
    "lines",
    "mails_of",
    "numbers_of",
    "people_of",
    "row",
    "seat_words",
    "wanted_of",
    "why_asked",
]
