"""What is done to questionnaires."""

from s11.questionnaires.operations.editing import Edit, Overtaken, Refused, check_draft, edit
from s11.questionnaires.operations.loading import BrokenLineage, Loaded, load
from s11.questionnaires.operations.making import clone, export, freeze
from s11.questionnaires.operations.starting import check_may_delete, delete_draft, start

__all__ = [
    "BrokenLineage",
    "Edit",
    "Loaded",
    "Overtaken",
    "Refused",
    "check_draft",
    "check_may_delete",
    "clone",
    "delete_draft",
    "edit",
    "export",
    "freeze",
    "load",
    "start",
]
