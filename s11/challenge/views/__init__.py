"""Challenge days: planning one, preparing its questions, running it, and the record of what came of them."""

from s11.challenge.views import live, planning, questions, recording, running
from s11.challenge.views.blueprint import blueprint

__all__ = ["blueprint", "live", "planning", "questions", "recording", "running"]
