"""The partnership's organisations: the list, one of them, whom to write to there, files
that are brought, and what is there twice."""

from s11.register.views import alike, bringing, contacts, editing, list, one, standing
from s11.register.views.blueprint import blueprint

__all__ = ["alike", "blueprint", "bringing", "contacts", "editing", "list", "one", "standing"]
