"""Where documents are shown, as the rooms that show them tell.

Rooms see only those above them, and returns come after evidence. So `create_app`, which knows every room,
says who tells; where nobody does, nothing is shown anywhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

EXTENSION = "s11-uses-of-evidence"


@dataclass(frozen=True)
class Use:
    """One place where one revision of a document is shown."""

    document_id: int
    revision_id: int
    revision_number: int
    number: str  # of the criterion; empty where it is a field that asks for a file
    what: str  # the words of the criterion or of the field
    note: str
    return_ref: str
    cycle: str
    due_on: date
    this_year: bool
    # Not submitted yet: the document cannot be taken away from under it.
    is_open: bool
    # Takes answers today.
    is_answered: bool


Teller = Callable[[int], Iterable[Use]]  # from an organisation's id


def uses_told_by(app: Flask, teller: Teller) -> None:
    """Let a later room tell where it shows documents."""
    app.extensions[EXTENSION] = teller


def uses_of(organisation_id: int) -> dict[int, list[Use]]:
    """Every place where an organisation shows a document, by the document's id, the latest return first."""
    teller: Teller | None = current_app.extensions.get(EXTENSION)
    found: dict[int, list[Use]] = {}
    for use in teller(organisation_id) if teller is not None else ():
        found.setdefault(use.document_id, []).append(use)
    return found
