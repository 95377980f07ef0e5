"""Who may do what: the table of permissions, read from the file beside this one.

The file is a promise, not a mechanism: the rooms' `permissions.py` decide, and tests/security drives
every route as everybody at every stage and compares. A line is an act. Its cells say for each kind of
person at which stages of a return the act is theirs.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("matrix.csv")
# The stages of a return, in order.
STAGES = {
    "O": "open",
    "W": "waiting for signatures",
    "S": "submitted",
    "M": "moderated",
    "C": "closed",
}
NEVER, ALWAYS, OWN = "-", "all", "own"
# Acts by people who are none of these are refused in the table too: it has a column for each.
COLUMNS = {
    "nobody": "Somebody who is not signed in",
    "contributor": "Contributor, in the standards given to them",
    "other_contributor": "Contributor, in other standards",
    "lead": "Safeguarding lead",
    "deputy": "Deputy safeguarding lead",
    "signatory": "Signatory",
    "viewer": "Viewer",
    "trust_lead": "Trust safeguarding lead, in the schools of their trust",
    "conflicted": "Moderator who belongs to the organisation",
    "other_lead": "Safeguarding lead of another organisation",
    "business_manager": "Business manager",
    "office": "Partnership office",
    "chair": "Chair or independent scrutineer",
    "quality": "Quality-assurance member",
    "moderator": "Moderator",
    "adviser": "Education or early-years adviser, in their own audit",
    "other_adviser": "Education or early-years adviser, in other audits",
    "inspector": "Inspector, until the date set",
    "administrator": "System administrator",
    "elsewhere": "Business manager of another partnership",
    "elsewhere_lead": "Safeguarding lead in another partnership",
    "left": "Somebody whose role has ended",
    "invited": "Somebody who was invited and has not joined",
}


class BadMatrix(ValueError):
    """The file says something that cannot be meant."""


@dataclass(frozen=True)
class Row:
    """One act: on what, through which routes, and for each column when it is allowed.

    A cell is "-" (never), "all" (whatever the stage), "own" (with what is the person's own), or the letters
    of stages. `seen` names the row that says who can see the thing at all; without one, whoever may not
    do the act cannot see the thing either.
    """

    thing: str
    act: str
    seen: str
    routes: tuple[str, ...]
    cells: dict[str, str]
    why: str

    @property
    def name(self) -> str:
        return f"{self.thing}: {self.act}"

    @property
    def is_tied(self) -> bool:
        """Whether the stage of a return decides anything here."""
        return any(cell not in (NEVER, ALWAYS, OWN) for cell in self.cells.values())

    def allows(self, column: str, stage: str) -> bool:
        cell = self.cells[column]
        return cell in (ALWAYS, OWN) or stage in cell

    def allows_ever(self, column: str) -> bool:
        return self.cells[column] != NEVER


@cache
def matrix(file: Path = FILE) -> tuple[Row, ...]:
    """Every row of the table. Raises BadMatrix with what is wrong in it."""
    with file.open(newline="", encoding="utf-8") as text:
        lines = list(csv.DictReader(text))
    rows = tuple(_row(line) for line in lines)
    names = {row.name for row in rows}
    for row in rows:
        if row.seen and row.seen not in names:
            raise BadMatrix(f"“{row.name}” is said to be seen through “{row.seen}”, which is no row.")
    return rows


def _row(line: dict[str, str]) -> Row:
    cells = {name: value for name, value in line.items() if name in COLUMNS}
    unknown = line.keys() - cells.keys() - {"thing", "act", "seen", "routes", "why"}
    if unknown or cells.keys() != COLUMNS.keys():
        raise BadMatrix(f"Columns unknown or missing: {sorted(unknown or COLUMNS.keys() - cells.keys())}.")
    for column, cell in cells.items():
        if cell not in (NEVER, ALWAYS, OWN) and (not cell or set(cell) - STAGES.keys()):
            raise BadMatrix(f"“{line['thing']}: {line['act']}” says “{cell}” under {column}.")
    routes = tuple(route.strip() for route in line["routes"].split(";"))
    return Row(line["thing"], line["act"], line["seen"], routes, cells, line["why"])


def row_named(name: str) -> Row:
    """The row of this thing and act."""
    return next(row for row in matrix() if row.name == name)
