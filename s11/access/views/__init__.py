"""Signing in and out by each way there is, passwords, where one is signed in, and one's own account."""

from s11.access.views import (
    account,
    addresses,
    passwords,
    second_factor,
    second_step,
    sign_ins,
    signing_in,
    sso,
)
from s11.access.views.blueprint import blueprint

__all__ = [
    "account",
    "addresses",
    "blueprint",
    "passwords",
    "second_factor",
    "second_step",
    "sign_ins",
    "signing_in",
    "sso",
]
