"""The office's desk: who is asked, who has returned, who needs longer."""

from s11.desk.views import asking, closing, cycle, one, year
from s11.desk.views.blueprint import desk

__all__ = ["asking", "closing", "cycle", "desk", "one", "year"]
