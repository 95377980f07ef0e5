"""Whether the challenge day of a cycle has been held, as the room that comes after this one tells."""

from collections.abc import Callable
from datetime import date

from flask import Flask, current_app

EXTENSION = "s11_moderation_held"
Teller = Callable[[int], date | None]


def days_told_by(app: Flask, teller: Teller) -> None:
    """Let a later room tell on which day the challenge day of a cycle was finished."""
    app.extensions[EXTENSION] = teller


def held_on(cycle_id: int) -> date | None:
    """The day on which the challenge day of a cycle was finished; None while it is still to come or runs."""
    teller: Teller | None = current_app.extensions.get(EXTENSION)
    return teller(cycle_id) if teller is not None else None
