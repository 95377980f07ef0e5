"""What a person mends of a printed row: the words of the page, and what of them was changed."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from s11.actions.bringing.numbers import numbers_of
from s11.actions.bringing.shapes import Lack, Mended, Post, RowKind, UnderstoodRow

# What has to be entered for each lack, and which fields of the row that concerns.
WANTED = {
    Lack.OWNER: "Nobody is named: enter the full name and the role of the person who leads.",
    Lack.OWNER_NAME: "A post or an organisation is named, and no person: enter the full name of who leads.",
    Lack.OWNER_ROLE: "A name without a role: enter the role of who leads.",
    Lack.DUE: "There is no timescale: enter the day by which it will be done.",
    Lack.DUE_OPEN: "The timescale has no end: enter the day by which it will be done.",
    Lack.DUE_UNCLEAR: "The timescale is no date that could be read: enter the day by which it will be done.",
    Lack.NUMBER: "There is no recommendation of this number: enter the right one, or leave it empty.",
    Lack.TEXT: "No action is described: say what will be done, or say what this row is.",
}
FIELDS_OF = {
    Lack.OWNER: ("owner_name", "owner_role", "organisation"),
    Lack.OWNER_NAME: ("owner_name", "owner_role", "organisation"),
    Lack.OWNER_ROLE: ("owner_role",),
    Lack.DUE: ("due_on",),
    Lack.DUE_OPEN: ("due_on",),
    Lack.DUE_UNCLEAR: ("due_on",),
    Lack.NUMBER: ("numbers",),
    Lack.TEXT: ("text", "kind"),
}
ALL = "ALL"


def numbers_in(typed: str) -> tuple[str, ...]:
    """The numbers in what was typed: "5 & 8" and "4, 6 and 7" as in printed plans, "all" for every one."""
    found = numbers_of(typed)
    return (ALL,) if found.every else found.numbers


@dataclass(frozen=True)
class Typed:
    """What the fields of a row hold: as the page printed them, or as they came back."""

    kind: RowKind
    numbers: str
    text: str
    owner_name: str
    owner_role: str
    organisation_ref: str
    of_board: bool
    due_on: date | None


def typed_of(row: UnderstoodRow) -> Typed:
    """What the fields of a row hold when nobody has typed anything."""
    lead = row.owners[0] if row.owners else None
    return Typed(
        kind=row.kind,
        numbers="All" if row.answers_all else ", ".join(row.numbers),
        text=row.text,
        owner_name=lead.name if lead else "",
        owner_role=lead.role if lead else "",
        organisation_ref=lead.organisation_ref if lead else "",
        of_board=lead.of_board if lead else False,
        due_on=row.due_on,
    )


def mended_by(typed: Typed, shown: Typed, before: Mended) -> Mended:
    """What is mended of a row once this was typed where that was shown; a field nobody touched stays."""
    changed: dict[str, object] = {
        field.name: getattr(typed, field.name)
        for field in fields(Typed)
        if getattr(typed, field.name) != getattr(shown, field.name)
    }
    if "numbers" in changed:
        changed["numbers"] = numbers_in(typed.numbers)
    if "due_on" in changed:
        changed["undated"] = typed.due_on is None
    return replace(before, **changed)  # type: ignore[arg-type]


def mark_of(*decided: Mended | Post | None) -> str:
    """A print of what was decided, by which a page knows whether somebody changed it meanwhile."""
    packed = json.dumps([one and asdict(one) for one in decided], default=str)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]
