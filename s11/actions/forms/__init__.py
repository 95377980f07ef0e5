"""The forms of the plan, and the fields they share with other rooms."""

from s11.actions.forms.adding import ActionForm, ChangeForm
from s11.actions.forms.following import CommentForm, UpdateForm, VersionedForm
from s11.actions.forms.judging import (
    ACCEPT,
    CloseForm,
    DifferenceForm,
    ReopenForm,
    SupersedeForm,
    VerdictForm,
)
from s11.actions.forms.narrowing import NARROWING, FilterForm
from s11.actions.forms.owners import HandOverForm, OwnerForm
from s11.actions.forms.several import SeveralForm
from s11.actions.forms.shared import DueField, choices, line, longest, plain, refuse, words
from s11.actions.forms.since import SinceForm
from s11.actions.forms.sources import PastingForm, RecommendationForm, SourceForm

__all__ = [
    "ACCEPT", "NARROWING", "ActionForm", "ChangeForm", "CloseForm", "CommentForm", "DifferenceForm",
    "DueField", "FilterForm", "HandOverForm", "OwnerForm", "PastingForm", "RecommendationForm", "ReopenForm",
    "SeveralForm", "SinceForm", "SourceForm", "SupersedeForm", "UpdateForm", "VerdictForm", "VersionedForm",
    "choices", "line", "longest", "plain", "refuse", "words",
]  # fmt: skip
