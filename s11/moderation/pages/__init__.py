"""What the pages of moderation print."""

from s11.moderation.pages.cycle import FILTERS, CycleLine, CyclePage, Plan, cycle_page, plan_of
from s11.moderation.pages.said import SaidPage, said_page
from s11.moderation.pages.standard import (
    NOT_APPLICABLE_CHOICE,
    Look,
    Mistake,
    Row,
    marks,
    progress,
    rows,
    second_views,
)

__all__ = [
    "FILTERS",
    "NOT_APPLICABLE_CHOICE",
    "CycleLine",
    "CyclePage",
    "Look",
    "Mistake",
    "Plan",
    "Row",
    "SaidPage",
    "cycle_page",
    "marks",
    "plan_of",
    "progress",
    "rows",
    "said_page",
    "second_views",
]
