"""What the pages of the plan print."""

from s11.actions.pages.beside import beside
from s11.actions.pages.listing import (
    PlanGroup,
    PlanPage,
    Tab,
    TickRow,
    in_all,
    plan_page,
    standards_in_order,
    tabs_of,
    title_of,
)
from s11.actions.pages.one import Said, facts, timeline
from s11.actions.pages.plan import COLUMNS, PlanRow, row_of, sheet_row
from s11.actions.pages.words import KINDS, about, answered_by, mechanism_of, source_of

__all__ = [
    "COLUMNS", "KINDS", "PlanGroup", "PlanPage", "PlanRow", "Said", "Tab", "TickRow", "about",
    "answered_by", "beside", "facts", "in_all", "mechanism_of", "plan_page", "row_of", "sheet_row",
    "source_of", "standards_in_order", "tabs_of", "timeline", "title_of",
]  # fmt: skip
