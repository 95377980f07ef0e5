"""The forms of the plan, and the fields they share with other rooms."""

from s11.actions.forms.adding import ActionForm
from s11.actions.forms.following import UpdateForm
from s11.actions.forms.narrowing import FilterForm
from s11.actions.forms.several import SeveralForm
from s11.actions.forms.shared import DueField, choices, line, longest, plain, refuse, words
from s11.actions.forms.since import SinceForm

__all__ = [
    "ActionForm", "DueField", "FilterForm", "SeveralForm", "SinceForm", "UpdateForm", "choices", "line",
    "longest", "plain", "refuse", "words",
]  # fmt: skip
