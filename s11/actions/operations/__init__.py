"""Adding actions to the plan, saying how they go, and the reviews they come from."""

from s11.actions.operations.adding import Brought, add
from s11.actions.operations.following import update
from s11.actions.operations.sources import (
    add_source,
    recommendation_saying,
    source_there,
    source_titled,
)

__all__ = [
    "Brought", "add", "add_source", "recommendation_saying", "source_there", "source_titled", "update",
]  # fmt: skip
