"""Signing in and out, passwords, where one is signed in, and one's own account."""

from s11.access.views import account, addresses, passwords, sign_ins, signing_in
from s11.access.views.blueprint import blueprint

__all__ = ["account", "addresses", "blueprint", "passwords", "sign_ins", "signing_in"]
