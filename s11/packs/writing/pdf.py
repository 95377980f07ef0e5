"""A paper as tagged PDF (PDF/UA-1), set by typst: see `packs.pdf`, which runs it.

What takes thought is decided here and travels as data: how wide columns are, which letters stand for a
rating, which pages lie on their side. `templates/packs/document.typ` only sets it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from s11.core.config import PROJECT
from s11.packs.document import (
    Beside,
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Facts,
    Finding,
    Findings,
    Of,
    Paragraph,
    Question,
    Section,
    Sheet,
    Table,
    Trend,
)
from s11.packs.pdf import Document as Printed
from s11.packs.pdf import typeset
from s11.packs.writing import charts
from s11.packs.writing.columns import Part, parts
from s11.packs.writing.shades import frame, shade
from s11.packs.writing.texts import heading, key_of, levelled, runs, stands_out
from s11.partnerships.looks import NONE, Look

TEMPLATE = PROJECT / "templates" / "packs" / "document.typ"
# Millimetres: what a page has between its margins, upright, on its side, and in half its width.
UPRIGHT, SIDEWAYS, HALF = 172.0, 273.0, 82.0
# How wide a letter of a table is there, in millimetres, and the size it is set in, in points.
LETTERS = {"upright": (1.62, 8.8), "sideways": (1.36, 7.4)}
FLUSH_RIGHT = (Of.NUMBER, Of.SHARE)


def write(document: Document, look: Look = NONE) -> Printed:
    """The paper as PDF. Raises `packs.pdf.NotSet` when it cannot be made."""
    setting = _Setting(small=not document.sideways)
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "partnership": document.partnership,
        "facts": document.facts,
        "notice": document.notice,
        "built": document.built,
        "cover": document.has_cover,
        "contents": document.has_contents,
        "sideways": document.sideways,
        "lang": document.language.split("-")[0].lower(),
        "region": document.language.partition("-")[2].lower(),
        "runs": list(setting.pages(document)),
    }
    data |= look.data | {"brand": frame(look.colour)}
    return typeset(TEMPLATE, data, setting.drawings | look.pictures)


@dataclass
class _Setting:
    """A paper on its way into the template, and the drawings that go with it. `small`: what needs the whole
    width of a page on its side is set smaller."""

    drawings: dict[str, bytes] = field(default_factory=dict)
    small: bool = True

    def pages(self, document: Document) -> Iterator[dict[str, Any]]:
        """Sections in runs that begin a page together, each run upright or on its side."""
        run: dict[str, Any] = {}
        for level, section in levelled(document):
            wide = document.sideways or _is_wide(section.blocks)
            if not run or section.starts_page or wide != run["wide"]:
                if run:
                    yield run
                run = {"wide": wide, "sections": []}
            run["sections"].append(self.section(level, section, SIDEWAYS if wide else UPRIGHT))
        if run:
            yield run

    def section(self, level: int, section: Section, room: float) -> dict[str, Any]:
        return {"level": level, "title": section.title, "blocks": self.blocks(section.blocks, room)}

    def blocks(self, blocks: tuple[Block, ...], room: float) -> list[dict[str, Any]]:
        return [{"is": type(block).__name__} | self.block(block, room) for block in blocks]

    def block(self, block: Block, room: float) -> dict[str, Any]:
        match block:
            case Paragraph(text, tone):
                return {"text": text, "tone": tone}
            case Bullets(items, numbered):
                return {"items": items, "numbered": numbered}
            case Facts(pairs, big):
                return {"pairs": pairs, "big": big}
            case Table():
                return _table(block, room, small=self.small and room > UPRIGHT)
            case Chart() | Trend():
                return self.chart(block, min(room, UPRIGHT))
            case Findings(title, items, empty, rest):
                found = [_finding(one) for one in items]
                return {"title": title, "items": found, "empty": empty, "rest": rest}
            case Question():
                asked = f"Asked by {block.asked_by}" if block.asked_by else ""
                beneath = [words for words in (block.why, block.about, asked) if words]
                return {
                    "number": block.number,
                    "question": block.question,
                    "beneath": beneath,
                    "lines": block.lines,
                }
            case Sheet():
                return {"title": block.title, "rows": _paired(block.fields), "times": block.times}
            case Beside(left, right):
                half = HALF if room <= UPRIGHT else SIDEWAYS / 2 - 4
                return {"left": self.blocks(left, half), "right": self.blocks(right, half)}

    def chart(self, drawn: Chart | Trend, room: float) -> dict[str, Any]:
        pictures = []
        for picture in charts.svg(drawn, f"chart-{len(self.drawings) + 1}"):
            name = f"chart-{len(self.drawings) + 1}.svg"
            self.drawings[name] = picture.content
            pictures.append({"file": name, "alt": picture.alt})
        why = [line.why for line in drawn.lines if line.why] if isinstance(drawn, Trend) else []
        return {"title": drawn.title, "says": drawn.says, "pictures": pictures, "why": why, "width": room}


def _is_wide(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(block, Table) and block.wide and block.rows for block in blocks)


def _table(table: Table, room: float, *, small: bool) -> dict[str, Any]:
    letter, size = LETTERS["sideways" if small else "upright"]
    cut = parts(table, room, letter) if table.rows else ()
    short = cut and not cut[0].full and key_of(table.columns)
    return {
        "caption": table.caption,
        "size": size,
        "parts": [_part(table, part) for part in cut],
        "beneath": [words for words in (table.note if table.rows else "", short) if words],
        "empty": "" if table.rows else table.empty,
    }


def _part(table: Table, part: Part) -> dict[str, Any]:
    columns = [table.columns[place] for place in part.places]
    return {
        "widths": [round(width, 2) for width in part.widths],
        "right": [column.of in FLUSH_RIGHT for column in columns],
        "heads": [heading(column, full=part.full) for column in columns],
        "rows": [
            [_cell(row[place], names=place < table.names) for place in part.places] for row in table.rows
        ],
    }


def _cell(cell: Cell, *, names: bool) -> Any:
    """A plain text as it is; anything more as its parts."""
    strong = stands_out(cell, names=names)
    if cell.chip is None and not cell.counted and not cell.note and not strong:
        return cell.text
    return {
        "runs": [text if chip is None else [text, *_colours(chip.colour)] for text, chip in runs(cell)],
        "bar": [
            [one.count, one.chip.letter, *_colours(one.chip.colour)] for one in cell.counted if one.count > 0
        ],
        "note": cell.note,
        "strong": strong,
    }


def _colours(colour: str) -> tuple[str, str, bool]:
    found = shade(colour)
    return found.fill, found.ink, found.hatched


def _finding(finding: Finding) -> dict[str, Any]:
    chip = finding.chip
    return {
        "number": finding.number,
        "text": finding.text,
        "chip": [chip.letter, *_colours(chip.colour)] if chip is not None and chip.letter else [],
        "said": [words for words in finding.said if words],
    }


def _paired(fields: tuple[tuple[str, int], ...]) -> list[list[tuple[str, int]]]:
    """Fields in rows: two that ask for the same few lines stand side by side."""
    rows: list[list[tuple[str, int]]] = []
    for one in fields:
        if rows and len(rows[-1]) == 1 and rows[-1][0][1] == one[1] <= 2:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows
