"""What a level may need and a later room holds: how many actions there are for each criterion of a return.

Rooms see only those above them, and actions come after returns. So `create_app`, which knows every room,
says who counts; where nobody does, nothing is there.
"""

from collections.abc import Callable

from flask import Flask, current_app

Counter = Callable[[int], dict[int, int]]  # from a return's id to counts by criterion id
EXTENSION = "s11-counters"


def counted_by(app: Flask, need: str, counter: Counter) -> None:
    """Let a later room count what levels can need."""
    app.extensions.setdefault(EXTENSION, {})[need] = counter


def counted(need: str, return_id: int) -> dict[int, int]:
    """How many there are for each criterion of a return, by criterion id."""
    counter: Counter | None = current_app.extensions.get(EXTENSION, {}).get(need)
    return counter(return_id) if counter is not None else {}
