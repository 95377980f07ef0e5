"""The office's desk: who is asked, who has returned, who needs longer."""

from s11.desk.views import asking, cycle, one, year

from s11.desk.views import calling, chasing, escalating, reminding  # isort: skip
from s11.desk.views.blueprint import desk

__all__ = ["asking", "calling", "chasing", "cycle", "desk", "escalating", "one", "reminding", "year"]
