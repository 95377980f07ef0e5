"""What a later room knows of the files that are past their time: it tells, and the settings print it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from s11.organisations.models import Partnership

EXTENSION = "s11-files-past"


@dataclass(frozen=True)
class FilesPast:
    """Files of one closed cycle that the next run would remove."""

    cycle: str
    files: int


Teller = Callable[[Partnership, int | None], Sequence[FilesPast]]


def files_past_told_by(app: Flask, teller: Teller) -> None:
    """Let a later room tell which files are past their time."""
    app.extensions[EXTENSION] = teller


def files_past(partnership: Partnership, years: int | None = None) -> Sequence[FilesPast]:
    """What the next run would remove, cycle by cycle, the oldest first; by other years if some are given."""
    teller: Teller | None = current_app.extensions.get(EXTENSION)
    return teller(partnership, years or partnership.evidence_years) if teller is not None else ()
