"""The pages of questionnaires."""

from s11.questionnaires.views import reading, workbooks
from s11.questionnaires.views.blueprint import blueprint

__all__ = ["blueprint", "reading", "workbooks"]
