"""The office's desk: who is asked, who has returned, who needs longer, and getting the rest in."""

from s11.desk.views import asking, calling, chasing, cycle, escalating, one, reminding, today, year
from s11.desk.views.blueprint import desk

__all__ = [
    "asking",
    "calling",
    "chasing",
    "cycle",
    "desk",
    "escalating",
    "one",
    "reminding",
    "today",
    "year",
]
