"""A plan that is brought: begun, told what its columns hold, mended row by row, and taken into the plan."""

from s11.actions.bringing.operations.deciding import (
    DONE,
    About,
    begin,
    choose_columns,
    known_for,
    meanings_of,
    mend,
    mended_of,
    merge_posts,
    posts_of,
    understood,
)
from s11.actions.bringing.operations.taking_in import bring_in

__all__ = [
    "DONE", "About", "begin", "bring_in", "choose_columns", "known_for", "meanings_of", "mend", "mended_of",
    "merge_posts", "posts_of", "understood",
]  # fmt: skip
