"""The office's desk: who is asked, who has returned, who needs longer."""

from s11.desk.views import asking, cycle, one, today, year
from s11.desk.views.blueprint import desk

__all__ = ["asking", "cycle", "desk", "one", "today", "year"]
