"""Challenge days: planning one, preparing its questions, and the record of what came of them."""

from s11.challenge.views import planning, questions, recording
from s11.challenge.views.blueprint import blueprint

__all__ = ["blueprint", "planning", "questions", "recording"]
