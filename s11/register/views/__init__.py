"""The partnership's organisations: the list, one of them, and whom to write to there."""

from s11.register.views import contacts, editing, list, one, standing
from s11.register.views.blueprint import blueprint

__all__ = ["blueprint", "contacts", "editing", "list", "one", "standing"]
