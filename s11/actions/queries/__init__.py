"""Finding actions: the composite plan, one action, the actions of an organisation."""

from s11.actions.queries.beside import beside, by_criterion
<<<<<<< HEAD
from s11.actions.queries.lasting import RatedSince, RatingsGiven, rated_low_since, ratings_given
=======
from s11.actions.queries.following import (
    could_supersede,
    impacts,
    kept_for_actions,
    last_said,
    milestone_of,
    moves,
    owner_of,
    shown_for,
    superseded_by,
    uses_in_actions,
    waiting_for,
)
>>>>>>> following
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
<<<<<<< HEAD
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
=======
    "PAGE", "WITH_NAMES", "beside", "by_criterion", "by_ref", "could_supersede", "counts", "counts_of",
    "how_many", "impacts", "is_open", "is_visible_to", "kept_for_actions", "lacks_something", "last_said",
    "milestone_of", "moves", "of_organisation", "of_partnership", "organisations_in_plan", "owner_of",
    "settings_of", "shown_for", "soonest", "superseded_by", "takes_part", "unfinished", "updates",
    "uses_in_actions", "visible_to", "waiting_for",
>>>>>>> following
]  # fmt: skip
