"""The settings of a partnership, and its look."""

from s11.partnerships.views import changing, look, overview, retaining, signing
from s11.partnerships.views.blueprint import blueprint

__all__ = ["blueprint", "changing", "look", "overview", "retaining", "signing"]
