"""The office's desk: who is asked, who has returned, who needs longer, and getting the rest in."""

from s11.desk.views import (
    asking,
    calling,
    changing,
    chasing,
    clauses,
    closing,
    cycle,
    escalating,
    grouping,
    issuing,
    one,
    previewing,
    reminding,
    today,
    year,
)
from s11.desk.views.blueprint import desk

__all__ = [
    "asking",
    "calling",
    "changing",
    "chasing",
    "clauses",
    "closing",
    "cycle",
    "desk",
    "escalating",
    "grouping",
    "issuing",
    "one",
    "previewing",
    "reminding",
    "today",
    "year",
]
