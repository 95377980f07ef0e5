"""The forms of the plan, and the fields they share with other rooms."""

from s11.actions.forms.adding import ActionForm
from s11.actions.forms.following import UpdateForm
from s11.actions.forms.narrowing import FilterForm
from s11.actions.forms.shared import DueField, choices, line, longest, plain, refuse, words

__all__ = [
    "ActionForm", "DueField", "FilterForm", "UpdateForm", "choices", "line", "longest", "plain", "refuse",
    "words",
]  # fmt: skip
