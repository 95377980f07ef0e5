"""What the pages of the plan print."""

from s11.actions.pages.beside import beside
from s11.actions.pages.one import Said, facts, timeline
from s11.actions.pages.plan import COLUMNS, PlanRow, row_of, sheet_row
from s11.actions.pages.sources import criteria_by_key, kind_of, source_line, source_page, testable
from s11.actions.pages.words import KINDS, about, answered_by, mechanism_of, source_of

__all__ = [
    "COLUMNS", "KINDS", "PlanRow", "Said", "about", "answered_by", "beside", "criteria_by_key", "facts",
    "kind_of", "mechanism_of", "row_of", "sheet_row", "source_line", "source_of", "source_page",
    "testable", "timeline",
]  # fmt: skip
