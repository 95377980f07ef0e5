"""Finding actions: the composite plan, one action, the actions of an organisation."""

from s11.actions.queries.beside import beside, by_criterion
from s11.actions.queries.lasting import RatedSince, RatingsGiven, rated_low_since, ratings_given
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
from s11.actions.queries.settings import settings_of

__all__ = [
    "PAGE",
    "WITH_NAMES",
    "RatedSince",
    "RatingsGiven",
    "beside",
    "by_criterion",
    "by_ref",
    "counts",
    "counts_of",
    "how_many",
    "is_open",
    "is_visible_to",
    "lacks_something",
    "of_organisation",
    "of_partnership",
    "organisations_in_plan",
    "rated_low_since",
    "ratings_given",
    "settings_of",
    "soonest",
    "takes_part",
    "unfinished",
    "updates",
    "visible_to",
]  # fmt: skip
