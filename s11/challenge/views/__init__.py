"""Challenge days: planning one, preparing its questions, running it, and the record of what came of them."""

from s11.challenge.views import inviting, live, people, planning, questions, recording, rotation, running
from s11.challenge.views.blueprint import blueprint

__all__ = [
    "blueprint", "inviting", "live", "people", "planning", "questions", "recording", "rotation", "running",
]  # fmt: skip
