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
from s11.actions.queries.gaps import Answered, recommendations, without_recommendation
from s11.actions.queries.lasting import RatedSince, RatingsGiven, rated_low_since, ratings_given
from s11.actions.queries.listing import (
    boards_own_in_plan,
    by_ids,
    by_refs,
    lines,
    listed,
    quick_counts,
    sources_in_plan,
    standards_in_plan,
    themes_in_plan,
)
from s11.actions.queries.plan import (
    PAGE,
    WITH_NAMES,
    asked_of,
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
    to_verify,
    unfinished,
    updates,
    visible_to,
)
from s11.actions.queries.settings import settings_of
from s11.actions.queries.sheet import Sheet, SheetLine, Step, sheet_of, sheet_of_partnership
from s11.actions.queries.since import Named, last_words_before, present, words_since
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
    "PAGE", "WITH_NAMES", "Answered", "Named", "RatedSince", "RatingsGiven", "Sheet", "SheetLine",
    "SourceCounts", "Step", "actions_under", "asked_of", "beside", "boards_own_in_plan", "by_criterion",
    "by_ids", "by_ref", "by_refs", "could_supersede", "counts", "counts_by_source", "counts_of",
    "has_action_under", "how_many", "how_many_answer", "impacts", "is_open", "is_visible_to",
    "kept_for_actions", "lacks_something", "last_said", "last_words_before", "lines", "listed",
    "milestone_of", "moves", "newest_editions", "of_organisation", "of_partnership",
    "organisations_in_plan", "owner_of", "present", "quick_counts", "rated_low_since", "ratings_given",
    "recommendation_by_ref", "recommendations", "recommendations_of", "settings_of", "sheet_of",
    "sheet_of_partnership", "shown_for", "soonest", "source_by_ref", "sources_in_plan",
    "sources_visible_to", "standards_in_plan", "superseded_by", "takes_part", "themes_in_plan",
    "themes_in_use", "to_verify", "unfinished", "updates", "uses_in_actions", "visible_to", "waiting_for",
    "without_recommendation", "words_since",
]  # fmt: skip
