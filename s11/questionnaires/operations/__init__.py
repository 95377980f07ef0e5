"""What is done to questionnaires."""

from s11.questionnaires.operations.commenting import answer, comment, take_back
from s11.questionnaires.operations.editing import Edit, Overtaken, Refused, check_worded, edit
from s11.questionnaires.operations.loading import BrokenLineage, Loaded, load
from s11.questionnaires.operations.making import clone, export, freeze
from s11.questionnaires.operations.replacing import bring_in, check_replaces, check_stage, replace
from s11.questionnaires.operations.staging import (
    approve,
    archive,
    back_to_draft,
    mending,
    put_in_review,
    take_out_of_review,
)
from s11.questionnaires.operations.starting import check_may_delete, delete_draft, start

__all__ = [
    "BrokenLineage",
    "Edit",
    "Loaded",
    "Overtaken",
    "Refused",
    "answer",
    "approve",
    "archive",
    "back_to_draft",
    "bring_in",
    "check_may_delete",
    "check_replaces",
    "check_stage",
    "check_worded",
    "clone",
    "comment",
    "delete_draft",
    "edit",
    "export",
    "freeze",
    "load",
    "mending",
    "put_in_review",
    "replace",
    "start",
    "take_back",
    "take_out_of_review",
]
