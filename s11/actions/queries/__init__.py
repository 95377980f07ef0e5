"""Finding actions: the composite plan, one action, the actions of an organisation."""

from s11.actions.queries.beside import beside, by_criterion
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
from s11.actions.queries.sources import (
    SourceCounts,
    actions_under,
    counts_by_source,
    has_action_under,
    how_many_answer,
    newest_editions,
    recommendation_by_ref,
    recommendations_of,
    source_by_ref,
    sources_visible_to,
    themes_in_use,
)

__all__ = [
    "PAGE", "WITH_NAMES", "RatedSince", "RatingsGiven", "SourceCounts", "actions_under", "answers_for",
    "beside", "by_criterion", "by_ref", "could_supersede", "counts", "counts_by_source", "counts_of",
    "has_action_under", "how_many", "how_many_answer", "impacts", "is_open", "is_visible_to",
    "kept_for_actions", "lacks_something", "last_said", "milestone_of", "moves", "newest_editions",
    "of_organisation", "of_partnership", "organisations_in_plan", "owner_of", "rated_low_since",
    "ratings_given", "recommendation_by_ref", "recommendations_of", "settings_of", "shown_for", "soonest",
    "source_by_ref", "sources_visible_to", "superseded_by", "takes_part", "themes_in_use", "unfinished",
    "updates", "uses_in_actions", "visible_to", "waiting_for",
]  # fmt: skip
