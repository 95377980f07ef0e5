"""Adding actions to the plan, following them to their end, and the reviews they come from."""

from s11.actions.operations.adding import Brought, add
from s11.actions.operations.asking import answer
from s11.actions.operations.changing import ActionDetails, StepDetails, change
from s11.actions.operations.following import Many, update, update_many
from s11.actions.operations.recommendations import (
    RecommendationDetails,
    add_recommendations,
    change_recommendation,
    move_recommendation,
    remove_recommendation,
)
from s11.actions.operations.sharing import add_owner, comment, hand_over, reach, remove_owner
from s11.actions.operations.showing import accept_file, show, show_files, take_off
from s11.actions.operations.sources import (
    SourceDetails,
    add_source,
    change_source,
    recommendation_saying,
    source_there,
    source_titled,
)
from s11.actions.operations.verifying import accept, close, give_back, reopen, supersede

__all__ = [
    "ActionDetails", "Brought", "Many", "RecommendationDetails", "SourceDetails", "StepDetails", "accept",
    "accept_file", "add", "add_owner", "add_recommendations", "add_source", "answer", "change",
    "change_recommendation", "change_source", "close", "comment", "give_back", "hand_over",
    "move_recommendation", "reach", "recommendation_saying", "remove_owner", "remove_recommendation",
    "reopen", "show", "show_files", "source_there", "source_titled", "supersede", "take_off", "update",
    "update_many",
]  # fmt: skip
