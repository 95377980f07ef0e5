"""The pages of questionnaires."""

from s11.questionnaires.views import building, criteria, reading, reshaping, standards, starting, words
from s11.questionnaires.views.blueprint import blueprint

__all__ = ["blueprint", "building", "criteria", "reading", "reshaping", "standards", "starting", "words"]
