"""Adding actions to the plan and changing them, saying how they go, and the reviews they come from."""

from s11.actions.operations.adding import add
from s11.actions.operations.changing import ActionDetails, StepDetails, change
from s11.actions.operations.following import update
from s11.actions.operations.recommendations import (
    RecommendationDetails,
    add_recommendations,
    change_recommendation,
    move_recommendation,
    remove_recommendation,
)
from s11.actions.operations.sources import (
    SourceDetails,
    add_source,
    change_source,
    recommendation_saying,
    source_titled,
)

__all__ = [
    "ActionDetails", "RecommendationDetails", "SourceDetails", "StepDetails", "add", "add_recommendations",
    "add_source", "change", "change_recommendation", "change_source", "move_recommendation",
    "recommendation_saying", "remove_recommendation", "source_titled", "update",
]  # fmt: skip
