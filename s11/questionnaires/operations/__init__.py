"""What is done to questionnaires."""

from s11.questionnaires.operations.loading import BrokenLineage, Loaded, load
from s11.questionnaires.operations.making import clone, export, freeze

__all__ = ["BrokenLineage", "Loaded", "clone", "export", "freeze", "load"]
