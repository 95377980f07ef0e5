"""Entries as pages and sheets print them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from s11.core import clock
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
    # The same act several times in a row is one line: how often, and when for the first time.
    times: int = 1
    since: datetime | None = None

    @property
    def sentence(self) -> str:
        """Mary Manager (Business manager) opened the submission."""
        return f"{self.who} ({self.role}) {self.what}" if self.role else f"{self.who} {self.what}"


def line(entry: Entry, *, pseudonyms: Mapping[int, str], organisation: str = "", detail: str = "") -> Line:
    """An entry as a page prints it. `pseudonyms`: see `s11.trail.queries.pseudonyms`."""
    return Line(
        number=entry.number,
        at=entry.at,
        who=who(entry, pseudonyms),
        role=entry.role,
        what=what(entry, pseudonyms),
        address=entry.address,
        organisation=organisation,
        detail=detail,
    )


def together(lines: Iterable[Line]) -> list[Line]:
    """Lines, newest first, with what somebody did again and again put into one: a page that saves itself does
    so many times an hour. Only within a day, and only what says nothing but that it was done."""
    found: list[Line] = []
    for one in lines:
        last = found[-1] if found else None
        if last and not one.detail and same_act(last, one):
            found[-1] = replace(last, times=last.times + 1, since=one.at)
        else:
            found.append(one)
    return found


def same_act(one: Line, other: Line) -> bool:
    same_day = clock.local(one.at).date() == clock.local(other.at).date()
    return same_day and not one.detail and one.sentence == other.sentence


def who(entry: Entry, pseudonyms: Mapping[int, str]) -> str:
    """Who acted: by the name of then, or by the one a leaver goes under now."""
    return pseudonyms.get(entry.person_id or 0, entry.person_name)


def what(entry: Entry, pseudonyms: Mapping[int, str]) -> str:
    """What they did; where it was done to somebody who left since, without that person's name."""
    known_as = pseudonyms.get(entry.subject_id) if entry.subject == "person" else None
    before, after = (
        {**facts, "name": known_as} if known_as and facts and "name" in facts else facts
        for facts in (entry.before, entry.after)
    )
    return said(entry.tag, before, after)


def sheet_row(entry: Entry, organisation: str, pseudonyms: Mapping[int, str]) -> Mapping[str, object]:
    """An entry for a spreadsheet: what the page shows, and the act's name to sort by."""
    return {
        "number": entry.number,
        "at": entry.at,
        "person": who(entry, pseudonyms),
        "role": entry.role,
        "act": name_of(entry.tag),
        "what": what(entry, pseudonyms),
        "organisation": organisation,
        "address": entry.address,
    }


def whole_row(row: Mapping[str, Any]) -> dict[str, object]:
    """An entry with every field it has, as it was hashed: a leaver's name among them."""
    return {
        **row,
        "what": said(row["tag"], row["before"], row["after"]),
        "before": json.dumps(row["before"]) if row["before"] is not None else "",
        "after": json.dumps(row["after"]) if row["after"] is not None else "",
    }
