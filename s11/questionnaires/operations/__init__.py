"""What is done to questionnaires."""

from s11.questionnaires.operations.loading import BrokenLineage, Loaded, load
from s11.questionnaires.operations.making import clone, export, freeze
from s11.questionnaires.operations.replacing import bring_in, check_replaces, check_stage, replace

__all__ = [
    "BrokenLineage",
    "Loaded",
    "bring_in",
    "check_replaces",
    "check_stage",
    "clone",
    "export",
    "freeze",
    "load",
    "replace",
]
