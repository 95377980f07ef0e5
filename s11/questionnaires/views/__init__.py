"""The pages of questionnaires."""

from s11.questionnaires.views import pasting, reading, workbooks
from s11.questionnaires.views.blueprint import blueprint

__all__ = ["blueprint", "pasting", "reading", "workbooks"]
