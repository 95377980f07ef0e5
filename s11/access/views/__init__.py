"""Signing in and out, and one's own account."""

from s11.access.views import account, signing_in
from s11.access.views.blueprint import blueprint

__all__ = ["account", "blueprint", "signing_in"]
