"""What a register file can say of an organisation, and how a row of it is kept until it is applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from s11.organisations.rules import Kind
from s11.register.rules import FACTS as HISTORY_WORDS

MEGABYTE = 1024 * 1024
LARGEST = 100 * MEGABYTE
ROWS_AT_MOST = 5_000
HEADING_WITHIN = 10
CELL_LONGEST = 1_000
DAYS_WAITING = 30


class Layout(StrEnum):
    """The kinds of file that are known by their headings."""

    GIAS = "gias"
    EARLY_YEARS = "early_years"
    PLAIN = "plain"


LAYOUT_LABELS: dict[Layout, str] = {
    Layout.GIAS: "National school register",
    Layout.EARLY_YEARS: "Early-years list",
    Layout.PLAIN: "Spreadsheet of organisations",
}
# Which kinds a file that is complete speaks for; a spreadsheet speaks for the kinds that stand in it.
KINDS_OF_LAYOUT: dict[Layout, frozenset[str]] = {
    Layout.GIAS: frozenset({Kind.SCHOOL, Kind.COLLEGE}),
    Layout.EARLY_YEARS: frozenset({Kind.EARLY_YEARS, Kind.CHILDMINDER}),
}

# Columns of an organisation a file may fill, in the order in which they are shown, and their names on screen.
FACTS: dict[str, str] = {
    "name": "Name",
    "short_name": "Short name",
    "kind": "Kind",
    "phase": "Phase",
    "school_type": "Type",
    "parent": "Trust or parent",
    "district": "District",
    "bound_by_statute": "Bound by section 11",
    "residential": "Residential",
    "commissions_services": "Commissions services",
    "works_alone": "Works alone",
    "religious_character": "Religious character",
    "ofsted_grade": "Ofsted grade",
    "pupils": "Pupils or places",
    "urn": "URN",
    "dfe_number": "DfE number",
    "ukprn": "UKPRN",
    "ofsted_urn": "Ofsted URN",
    "charity_number": "Charity number",
    "ods_code": "ODS code",
    "address": "Address",
    "postcode": "Postcode",
    "telephone": "Telephone",
    "local_authority": "Local authority",
    "opened_on": "Opened on",
}
# The column is a text of so many characters; a longer value is a fault and never cut in silence.
LONGEST: dict[str, int] = {
    "name": 200, "short_name": 60, "school_type": 80, "district": 80, "religious_character": 80,
    "ofsted_grade": 40, "urn": 20, "dfe_number": 20, "ukprn": 20, "ofsted_urn": 20, "charity_number": 20,
    "ods_code": 20, "postcode": 12, "telephone": 40, "local_authority": 80, "parent": 200,
}  # fmt: skip
# Numbers in the registers of others under which the same organisation is found again, the surest first.
NUMBERS = ("urn", "ofsted_urn", "ods_code")
WEAKER_NUMBERS = ("dfe_number", "ukprn", "charity_number")


class State(StrEnum):
    """Whether an organisation is there, as its register has it."""

    OPEN = "open"
    CLOSED = "closed"
    # Nothing to take in, and no fault: the row's note says why.
    PASSED = "passed"


@dataclass(frozen=True)
class Row:
    """One organisation as a file has it, in our own words; `faults` are why it cannot be taken in."""

    number: int
    facts: Mapping[str, Any]
    state: str = State.OPEN
    closed_on: str = ""
    contacts: tuple[Mapping[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        return str(self.facts.get("name") or "")

    def with_fault(self, sentence: str) -> "Row":
        return replace(self, faults=(*self.faults, sentence))

    def stored(self) -> dict[str, Any]:
        """The row as it is kept; what is empty is left out."""
        return {key: value for key, value in vars(self).items() if value or key == "number"}


def row_of(stored: Mapping[str, Any]) -> Row:
    """A row that was kept."""
    return Row(
        number=stored["number"],
        facts=stored.get("facts", {}),
        state=stored.get("state", State.OPEN),
        closed_on=stored.get("closed_on", ""),
        contacts=tuple(stored.get("contacts", ())),
        faults=tuple(stored.get("faults", ())),
        note=stored.get("note", ""),
    )


@dataclass(frozen=True)
class Table:
    """A file as cells: its headings, where they stand, and the rows below with their number in the file."""

    heading_at: int
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    # How many rows each local authority has, where the file names them.
    authorities: Mapping[str, int] = field(default_factory=dict)
    # How many rows there are, read or passed over.
    count: int = 0
    # The number of the last row, where the file breaks off within it.
    broken_at: int | None = None


# What facts are called in an organisation's history.
IN_HISTORY: dict[str, str] = {
    "name": "name",
    "short_name": "short name",
    "parent": "belongs to",
    **HISTORY_WORDS,
}
