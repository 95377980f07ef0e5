"""The pages of questionnaires."""

from s11.questionnaires.views import reading, reviewing, staging
from s11.questionnaires.views.blueprint import blueprint

__all__ = ["blueprint", "reading", "reviewing", "staging"]
