"""What is done to questionnaires."""

from s11.questionnaires.operations.commenting import answer, comment, take_back
from s11.questionnaires.operations.loading import BrokenLineage, Loaded, load
from s11.questionnaires.operations.making import clone, export, freeze
from s11.questionnaires.operations.staging import (
    approve,
    archive,
    back_to_draft,
    mending,
    put_in_review,
    take_out_of_review,
)

__all__ = [
    "BrokenLineage",
    "Loaded",
    "answer",
    "approve",
    "archive",
    "back_to_draft",
    "clone",
    "comment",
    "export",
    "freeze",
    "load",
    "mending",
    "put_in_review",
    "take_back",
    "take_out_of_review",
]
