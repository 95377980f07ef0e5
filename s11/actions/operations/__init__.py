"""Adding actions to the plan, following them to their end, and the reviews they come from."""

from s11.actions.operations.adding import add
from s11.actions.operations.asking import answer
from s11.actions.operations.following import Many, update, update_many
from s11.actions.operations.sharing import add_owner, comment, hand_over, reach, remove_owner
from s11.actions.operations.showing import accept_file, show, show_files, take_off
from s11.actions.operations.sources import add_source, recommendation_saying, source_titled
from s11.actions.operations.verifying import accept, close, give_back, reopen, supersede

__all__ = [
    "Many", "accept", "accept_file", "add", "add_owner", "add_source", "answer", "close", "comment",
    "give_back", "hand_over", "reach", "recommendation_saying", "remove_owner", "reopen", "show",
    "show_files", "source_titled", "supersede", "take_off", "update", "update_many",
]  # fmt: skip
