"""The office's pages of a plan: a new cycle, what it asks and takes, and the calendar."""

from s11.cycles.views import calendar, planning, ruling
from s11.cycles.views.blueprint import blueprint

__all__ = ["blueprint", "calendar", "planning", "ruling"]
