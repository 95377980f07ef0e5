"""Entries as pages and sheets print them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from s11.trail.models import Entry
from s11.trail.words import name_of, said

COLUMNS = ("number", "at", "person", "role", "act", "what", "organisation", "address")
# Everything there is of an entry, for the command; `before` and `after` as JSON.
ALL_COLUMNS = (
    "number", "at", "tag", "what", "subject", "subject_id", "person_id", "person_name", "role", "address",
    "organisation_id", "partnership_id", "before", "after", "previous_hash", "hash",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One entry, read: who with the role in force, what, when, where from, about whom."""

    number: int
    at: datetime
    who: str
    role: str
    what: str
    address: str
    organisation: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Mary Manager (Business manager) opened the submission."""
        return f"{self.who} ({self.role}) {self.what}" if self.role else f"{self.who} {self.what}"


def line(entry: Entry, *, organisation: str = "", detail: str = "") -> Line:
    return Line(
        number=entry.number,
        at=entry.at,
        who=entry.person_name,
        role=entry.role,
        what=said(entry.tag, entry.before, entry.after),
        address=entry.address,
        organisation=organisation,
        detail=detail,
    )


def sheet_row(entry: Entry, organisation: str) -> Mapping[str, object]:
    """An entry for a spreadsheet: what the page shows, and the act's name to sort by."""
    return {
        "number": entry.number,
        "at": entry.at,
        "person": entry.person_name,
        "role": entry.role,
        "act": name_of(entry.tag),
        "what": said(entry.tag, entry.before, entry.after),
        "organisation": organisation,
        "address": entry.address,
    }


def whole_row(row: Mapping[str, Any]) -> dict[str, object]:
    """An entry with every field it has."""
    return {
        **row,
        "what": said(row["tag"], row["before"], row["after"]),
        "before": json.dumps(row["before"]) if row["before"] is not None else "",
        "after": json.dumps(row["after"]) if row["after"] is not None else "",
    }
