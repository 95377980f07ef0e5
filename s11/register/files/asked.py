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


# Both from organisations' ids and the partnership that looks: what another one asks is not its affair.
Asking = Callable[[Collection[int], int], list[Asked]]
Returned = Callable[[Collection[int], int], dict[int, int]]


def asked_told_by(app: Flask, *, asking: Asking, returned: Returned) -> None:
    """Let a later room tell who is asked, and how many returns of each are in."""
    app.extensions[EXTENSION] = (asking, returned)


def asked_now(organisation_ids: Collection[int], partnership_id: int) -> dict[int, list[Asked]]:
    """Where a partnership asks each of these organisations now, the first due first."""
    found: dict[int, list[Asked]] = {}
    if EXTENSION in current_app.extensions and organisation_ids:
        for one in current_app.extensions[EXTENSION][0](organisation_ids, partnership_id):
            found.setdefault(one.organisation_id, []).append(one)
    return found


def returns_in(organisation_ids: Collection[int], partnership_id: int) -> dict[int, int]:
    """How many returns each of these organisations has submitted to a partnership."""
    if EXTENSION not in current_app.extensions:
        return {}
    counted: dict[int, int] = current_app.extensions[EXTENSION][1](organisation_ids, partnership_id)
    return counted
