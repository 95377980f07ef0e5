"""What the pages for bringing in a plan print."""

from s11.actions.bringing.pages.columns import ShownColumn, ShownGroup, ShownTable, groups_of, meanings_chosen
from s11.actions.bringing.pages.confirming import Ready, ready
from s11.actions.bringing.pages.posts import ShownPost, posts_of
from s11.actions.bringing.pages.rows import FaultLine, RowsPage, ShownRow, rows_page
from s11.actions.bringing.pages.showing import PAGE, Asked, asked_for

__all__ = [
    "PAGE", "Asked", "FaultLine", "Ready", "RowsPage", "ShownColumn", "ShownGroup", "ShownPost", "ShownRow",
    "ShownTable", "asked_for", "groups_of", "meanings_chosen", "posts_of", "ready", "rows_page",
]  # fmt: skip
