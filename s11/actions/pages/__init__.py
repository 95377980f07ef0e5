"""What the pages of the plan print."""

from s11.actions.pages.beside import beside
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
from s11.actions.pages.plan import COLUMNS, PlanRow, row_of, sheet_row
from s11.actions.pages.sources import criteria_by_key, kind_of, source_line, source_page, testable
from s11.actions.pages.words import KINDS, about, answered_by, mechanism_of, source_of

__all__ = [
    "COLUMNS", "KINDS", "Moved", "NextStep", "PlanRow", "Said", "Step", "about", "answered_by", "beside",
    "claimed", "criteria_by_key", "facts", "in_a_list", "kind_of", "locked", "mechanism_of", "moved",
    "next_step", "owners", "row_of", "sheet_row", "source_line", "source_of", "source_page", "steps",
    "testable", "timeline",
]  # fmt: skip
