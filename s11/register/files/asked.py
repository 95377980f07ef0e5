"""Where organisations are asked now, as a later room tells: a file that would close one says so.

Rooms see only those above them, and cycles come after the register: `create_app` names who tells.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

EXTENSION = "s11-asked-now"


@dataclass(frozen=True)
class Asked:
    """One organisation asked in one cycle that is not closed."""

    organisation_id: int
    cycle_id: int
    cycle: str
    due_on: date
    # Already returned, and waiting for moderation or the challenge day.
    is_in: bool


Teller = Callable[[Collection[int]], list[Asked]]  # from organisations' ids


def asked_told_by(app: Flask, teller: Teller) -> None:
    """Let a later room tell who is asked."""
    app.extensions[EXTENSION] = teller


def asked_now(organisation_ids: Collection[int]) -> dict[int, list[Asked]]:
    """Where each of these organisations is asked, the first due first."""
    teller: Teller | None = current_app.extensions.get(EXTENSION)
    found: dict[int, list[Asked]] = {}
    for one in teller(organisation_ids) if teller is not None and organisation_ids else ():
        found.setdefault(one.organisation_id, []).append(one)
    return found
