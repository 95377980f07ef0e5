"""An organisation's own library of evidence: the list, each document, and what is in it."""

from s11.evidence.views import documents, files, library
from s11.evidence.views.blueprint import blueprint

__all__ = ["blueprint", "documents", "files", "library"]
