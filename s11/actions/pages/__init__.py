"""What the pages of the plan print."""

from s11.actions.pages.beside import beside
from s11.actions.pages.gaps import Gaps, ReviewGaps, gaps_of, numbers_wrong
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
from s11.actions.pages.next import NextStep, next_step
from s11.actions.pages.one import (
    Moved,
    Said,
    Step,
    claimed,
    facts,
    in_a_list,
    locked,
    moved,
    owners,
    steps,
    timeline,
)
from s11.actions.pages.plan import PlanRow, row_of
from s11.actions.pages.sheet import COLUMNS, sheet_rows
from s11.actions.pages.since import ChangeLine, Heading, SincePage, since_page, span_of
from s11.actions.pages.sources import criteria_by_key, kind_of, source_line, source_page, testable
from s11.actions.pages.words import KINDS, about, answered_by, mechanism_of, source_of

__all__ = [
    "COLUMNS", "KINDS", "ChangeLine", "Gaps", "Heading", "Moved", "NextStep", "PlanGroup", "PlanPage",
    "PlanRow", "ReviewGaps", "Said", "SincePage", "Step", "Tab", "TickRow", "about", "answered_by",
    "beside", "claimed", "criteria_by_key", "facts", "gaps_of", "in_a_list", "in_all", "kind_of", "locked",
    "mechanism_of", "moved", "next_step", "numbers_wrong", "owners", "plan_page", "row_of", "sheet_rows",
    "since_page", "source_line", "source_of", "source_page", "span_of", "standards_in_order", "steps",
    "tabs_of", "testable", "timeline", "title_of",
]  # fmt: skip
