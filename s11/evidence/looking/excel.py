"""What is hidden in an Excel workbook: sheets, rows, columns, comments, and copies of other figures."""

import posixpath
import re

from .archives import Archive
from .found import SAVE_AS_PDF, Refused, listed, many

WIDEST = 16_384
HELD = frozenset({"v", "is", "f"})
LETTERS = re.compile(r"[A-Za-z]+")
FETCHES = f"fetches something from another programme when it is opened. {SAVE_AS_PDF}"


def look(archive: Archive) -> list[str]:
    """A sentence for each thing hidden, sheet by sheet."""
    related = relations(archive, "xl/workbook.xml")
    hidden = []
    for name, state, target in sheets(archive, related):
        if state == "hidden":
            hidden.append(f"Hidden sheet: “{name}”")
        elif state == "veryHidden":
            hidden.append(f"Very hidden sheet, which Excel itself does not list: “{name}”")
        if target in archive and "/worksheets/" in target:
            hidden += [f"Sheet “{name}”: {what}" for what in within(archive, target)]
    if archive.named(r"xl/pivotCache/pivotCacheRecords\d+\.xml"):
        hidden.append("A pivot table that carries a copy of all the data behind it")
    links = archive.named(r"xl/externalLinks/externalLink\d+\.xml")
    for link in links:
        archive.elements(link, _no_programme)
    if links:
        hidden.append(f"Copies of figures from {many(len(links), 'other workbook')}")
    return hidden


def _no_programme(name: str, attributes: dict[str, str]) -> None:
    if name in ("ddeLink", "oleLink"):
        raise Refused(FETCHES)


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part points to: by id, the kind and the member."""
    folder, _, file = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def started(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "").lower() != "external":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    rels = f"{folder}/_rels/{file}.rels"
    if rels in archive:
        archive.elements(rels, started)
    return found


def sheets(archive: Archive, related: dict[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Each sheet with its name, its state and its member."""
    found = []

    def started(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            _, target = related.get(attributes.get("id", ""), ("", ""))
            found.append((attributes.get("name", ""), attributes.get("state", "visible"), target))

    archive.elements("xl/workbook.xml", started)
    return found


class Rows:
    """Rows and columns of one sheet as they go by: those that are hidden and hold something."""

    def __init__(self) -> None:
        self.hidden_columns: list[tuple[int, int]] = []
        self.columns_held: set[int] = set()
        self.rows = 0
        self.row_hidden = self.row_held = False
        self.column = 0

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name in HELD:
            self.row_held = True
            self.columns_held.add(self.column)
        elif name == "c":
            self.column = number(attributes.get("r", "")) or self.column + 1
        elif name == "row":
            self.row_hidden, self.row_held = is_true(attributes.get("hidden")), False
            self.column = 0
        elif name == "col" and is_true(attributes.get("hidden")):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.hidden_columns.append((first, min(last, WIDEST)))

    def ended(self, name: str) -> None:
        if name == "row" and self.row_hidden and self.row_held:
            self.rows += 1

    @property
    def columns(self) -> list[int]:
        """Hidden columns that hold something: that the unused ones to the right are hidden harms nobody."""
        return sorted(
            column
            for column in self.columns_held
            if any(first <= column <= last for first, last in self.hidden_columns)
        )


def within(archive: Archive, member: str) -> list[str]:
    """What is hidden within one sheet."""
    rows = Rows()
    try:
        archive.elements(member, rows.started, ended=rows.ended)
    except ValueError:
        raise Refused(f"could not be read. {SAVE_AS_PDF}") from None
    told = [many(rows.rows, "hidden row")] if rows.rows else []
    if rows.columns:
        kind = "hidden column" if len(rows.columns) == 1 else "hidden columns"
        told.append(f"{kind} {listed([letters(column) for column in rows.columns], most=8)}")
    notes = sum(
        _count(archive, target, "comment" if kind == "comments" else "threadedComment")
        for kind, target in relations(archive, member).values()
        if kind in ("comments", "threadedComment") and target in archive
    )
    return [*told, *([many(notes, "comment or note", "comments or notes")] if notes else [])]


def _count(archive: Archive, member: str, element: str) -> int:
    count = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += name == element

    archive.elements(member, started)
    return count


def is_true(value: str | None) -> bool:
    return (value or "").lower() in ("1", "true", "on")


def number(reference: str) -> int:
    """The number of a cell's column: 3 for "C7"; 0 where it does not say."""
    found = LETTERS.match(reference)
    count = 0
    for letter in found[0].upper() if found else "":
        count = count * 26 + ord(letter) - 64
    return count


def letters(column: int) -> str:
    """A column as Excel names it."""
    told = ""
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told
