"""Adding actions to the plan, saying how they go, and the reviews they come from."""

from s11.actions.operations.adding import add
from s11.actions.operations.following import Many, update, update_many
from s11.actions.operations.sources import add_source, recommendation_saying, source_titled

__all__ = [
    "Many", "add", "add_source", "recommendation_saying", "source_titled", "update", "update_many",
]  # fmt: skip
