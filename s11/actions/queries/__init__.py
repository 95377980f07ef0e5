"""Finding actions: the composite plan, one action, the actions of an organisation."""

from s11.actions.queries.beside import beside, by_criterion
from s11.actions.queries.listing import (
    WHOLE,
    boards_own_in_plan,
    by_ids,
    by_refs,
    last_impacts,
    lines,
    listed,
    quick_counts,
    sources_in_plan,
    standards_in_plan,
    themes_in_plan,
    whole,
)
from s11.actions.queries.plan import (
    PAGE,
    WITH_NAMES,
    by_ref,
    counts,
    counts_of,
    how_many,
    is_open,
    is_visible_to,
    lacks_something,
    of_organisation,
    of_partnership,
    organisations_in_plan,
    soonest,
    takes_part,
    unfinished,
    updates,
    visible_to,
)

__all__ = [
    "PAGE", "WHOLE", "WITH_NAMES", "beside", "boards_own_in_plan", "by_criterion", "by_ids", "by_ref",
    "by_refs", "counts", "counts_of", "how_many", "is_open", "is_visible_to", "lacks_something",
    "last_impacts", "lines", "listed", "of_organisation", "of_partnership", "organisations_in_plan",
    "quick_counts", "soonest", "sources_in_plan", "standards_in_plan", "takes_part", "themes_in_plan",
    "unfinished", "updates", "visible_to", "whole",
]  # fmt: skip
