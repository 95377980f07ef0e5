"""What later rooms know of organisations' returns: where they are asked now, and how often they returned.

Rooms see only those above them, and cycles and returns come after the register: `create_app` names who tells.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

EXTENSION = "s11-asked-of-organisations"


@dataclass(frozen=True)
class Asked:
    """One organisation asked in one cycle that is not closed."""

    organisation_id: int
    cycle_id: int
    cycle: str
    due_on: date
    # Already returned, and waiting for moderation or the challenge day.
    is_in: bool


Asking = Callable[[Collection[int]], list[Asked]]  # from organisations' ids
Returned = Callable[[Collection[int]], dict[int, int]]


def asked_told_by(app: Flask, *, asking: Asking, returned: Returned) -> None:
    """Let a later room tell who is asked, and how many returns of each are in."""
    app.extensions[EXTENSION] = (asking, returned)


def asked_now(organisation_ids: Collection[int]) -> dict[int, list[Asked]]:
    """Where each of these organisations is asked, the first due first."""
    found: dict[int, list[Asked]] = {}
    if EXTENSION in current_app.extensions and organisation_ids:
        for one in current_app.extensions[EXTENSION][0](organisation_ids):
            found.setdefault(one.organisation_id, []).append(one)
    return found


def returns_in(organisation_ids: Collection[int]) -> dict[int, int]:
    """How many returns each of these organisations has submitted."""
    if EXTENSION not in current_app.extensions:
        return {}
    counted: dict[int, int] = current_app.extensions[EXTENSION][1](organisation_ids)
    return counted
