"""The office's desk: who is asked, who has returned, who needs longer."""

from s11.desk.views import (
    asking,
    changing,
    clauses,
    closing,
    cycle,
    grouping,
    issuing,
    one,
    previewing,
    today,
    year,
)
from s11.desk.views.blueprint import desk

__all__ = [
    "asking",
    "changing",
    "clauses",
    "closing",
    "cycle",
    "desk",
    "grouping",
    "issuing",
    "one",
    "previewing",
    "today",
    "year",
]
