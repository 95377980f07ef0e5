"""The forms of the plan, and the fields they share with other rooms."""

from s11.actions.forms.adding import ActionForm, ChangeForm
from s11.actions.forms.following import UpdateForm
from s11.actions.forms.narrowing import FilterForm
from s11.actions.forms.shared import DueField, choices, line, longest, plain, refuse, words
from s11.actions.forms.sources import PastingForm, RecommendationForm, SourceForm

__all__ = [
    "ActionForm",
    "ChangeForm",
    "DueField",
    "FilterForm",
    "PastingForm",
    "RecommendationForm",
    "SourceForm",
    "UpdateForm",
    "choices",
    "line",
    "longest",
    "plain",
    "refuse",
    "words",
]  # fmt: skip
