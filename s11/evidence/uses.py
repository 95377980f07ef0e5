"""Where documents are shown, as the rooms that show them tell.

Rooms see only those above them, and returns come after evidence. So `create_app`, which knows every room,
says who tells; where nobody does, nothing is shown anywhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app
from sqlalchemy import Select

EXTENSION = "s11-uses-of-evidence"
KEPT = "s11-kept-evidence"


@dataclass(frozen=True)
class Use:
    """One place where one revision of a document is shown: in a return, or for an action of the plan."""

    document_id: int
    revision_id: int
    revision_number: int
    what: str  # the words of the criterion, of the field or of the action
    cycle: str  # the title of the cycle, or the name of the plan
    number: str = ""  # of the criterion; empty where it is a field that asks for a file, or an action
    note: str = ""
    return_ref: str = ""
    action_ref: str = ""
    due_on: date | None = None
    this_year: bool = False
    # Not submitted, or not said to be complete: the document cannot be taken away from under it.
    is_open: bool = False
    # Takes answers today.
    is_answered: bool = False


Teller = Callable[[int], Iterable[Use]]  # from an organisation's id
Keeper = Callable[[], Select[int]]  # the ids of the revisions a room keeps


def uses_told_by(app: Flask, *tellers: Teller) -> None:
    """Let later rooms tell where they show documents."""
    app.extensions[EXTENSION] = tellers


def uses_of(organisation_id: int) -> dict[int, list[Use]]:
    """Every place where an organisation shows a document, by the document's id, the latest return first."""
    tellers: tuple[Teller, ...] = current_app.extensions.get(EXTENSION, ())
    found: dict[int, list[Use]] = {}
    for teller in tellers:
        for use in teller(organisation_id):
            found.setdefault(use.document_id, []).append(use)
    return found


def kept_by(app: Flask, *keepers: Keeper) -> None:
    """Let rooms after the returns say which files they keep, however long ago a cycle was closed."""
    app.extensions[KEPT] = keepers


def kept_elsewhere() -> list[Select[int]]:
    """The ids of the revisions that such rooms keep, as one query each."""
    keepers: tuple[Keeper, ...] = current_app.extensions.get(KEPT, ())
    return [keeper() for keeper in keepers]
