"""Building packs and reading them; what an agency prepares itself with; the words of the report."""

from s11.packs.views import preparing, reading, wording
from s11.packs.views.blueprint import blueprint

__all__ = ["blueprint", "preparing", "reading", "wording"]
