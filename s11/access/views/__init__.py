"""Signing in and out, passwords, where one is signed in, and one's own account."""

from s11.access.views import account, passwords, sign_ins, signing_in
from s11.access.views.blueprint import blueprint

__all__ = ["account", "blueprint", "passwords", "sign_ins", "signing_in"]
