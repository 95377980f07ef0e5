"""Challenge days: planning one, preparing its questions, and the record of what came of them."""

from s11.challenge.views import inviting, people, planning, questions, recording, rotation
from s11.challenge.views.blueprint import blueprint

__all__ = ["blueprint", "inviting", "people", "planning", "questions", "recording", "rotation"]
