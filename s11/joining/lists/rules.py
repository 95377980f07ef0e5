"""What the columns and words of a list mean, however they are written."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from s11.people.rules import ORGANISATION_ROLES, ROLE_LABELS, Role

BYTES_AT_MOST = 1024 * 1024
ROWS_AT_MOST = 2000
# The first line of the template, and the order in which a line is kept.
COLUMNS = ("name", "e-mail", "role", "organisation", "job title", "signs as")
NEEDED = COLUMNS[:4]
SAMPLE = (
    "Pat Dean",
    "pat.dean@northshire.police.uk",
    "Safeguarding lead",
    "Northshire Police",
    "",
    "",
)
NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "fullname", "person", "contact", "contactname"),
    "e-mail": ("email", "emailaddress", "mail", "address", "workemail", "workemailaddress"),
    "role": ("role", "roles", "whattheyareherefor"),
    "organisation": (
        "organisation", "organization", "agency", "school", "setting", "urn", "organisationorurn",
        "organisationnameorurn", "schoolorurn", "organisationname", "schoolname",
    ),
    "job title": ("jobtitle", "title", "job", "post", "position"),
    "signs as": ("signsas", "signature", "signs", "signsfor"),
}  # fmt: skip
SAID: dict[str, Role] = {
    "lead": Role.LEAD,
    "dsl": Role.LEAD,
    "designatedsafeguardinglead": Role.LEAD,
    "deputylead": Role.DEPUTY,
    "deputydsl": Role.DEPUTY,
    "deputydesignatedsafeguardinglead": Role.DEPUTY,
    "signer": Role.SIGNATORY,
    "reader": Role.VIEWER,
    "trustlead": Role.TRUST_LEAD,
}
HEADER_WITHIN = 10


@dataclass(frozen=True)
class Line:
    """One line of the list as it was typed, with its number in the file."""

    number: int
    name: str
    email: str
    role: str
    organisation: str
    job_title: str
    signs_as: str


def plain(text: str) -> str:
    """Letters and digits only, without case: what two ways of writing the same have in common."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def lines_of(rows: Sequence[Sequence[str]]) -> tuple[list[Line], list[str]]:
    """The lines below the row of column names, and the names of needed columns that are not there."""
    missing = list(NEEDED)
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        columns = columns_of(row)
        absent = [name for name in NEEDED if name not in columns]
        if not absent:
            found = (line(row, columns, number) for number, row in enumerate(rows[place + 1 :], place + 2))
            return [one for one in found if one is not None], []
        missing = absent if len(absent) < len(missing) else missing
    return [], missing


def columns_of(row: Sequence[str]) -> dict[str, int]:
    """Which column of ours stands where."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        wanted = next((name for name, said in NAMES.items() if plain(cell) in said), None)
        if wanted is not None:
            found.setdefault(wanted, place)
    return found


def line(row: Sequence[str], columns: Mapping[str, int], number: int) -> Line | None:
    """A row by the names of its columns; None for one with nothing in it."""
    cells = [
        " ".join(row[columns[name]].split()) if columns.get(name, len(row)) < len(row) else ""
        for name in COLUMNS
    ]
    return Line(number, *cells) if any(cells) else None


def role_of(text: str) -> Role | None:
    """The role that somebody wrote, by its name, its label or a usual word for it."""
    wanted = plain(text)
    for role in Role:
        if role in ORGANISATION_ROLES and wanted in (plain(role), plain(ROLE_LABELS[role])):
            return role
    return SAID.get(wanted)


def step_of(text: str, steps: Mapping[str, str]) -> str | None:
    """The signature that somebody wrote; "" for none, None for one nobody asks for."""
    wanted = plain(text)
    if not wanted:
        return ""
    for step, label in steps.items():
        if wanted in (plain(step), plain(label)) or plain(label).startswith(wanted):
            return step
    return None


def nearest(text: str, names: Iterable[str]) -> str | None:
    """The name most like what was typed, if one is near."""
    by_plain = {plain(name): name for name in names}
    found = difflib.get_close_matches(plain(text), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None
