"""Pieces of a slide as PowerPoint's own markup, and how high they become. Lengths are millimetres."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, inf
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from s11.packs.writing.shades import INK, RULE, SOFT
from s11.packs.writing.texts import plain

NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
EMU, MILLIMETRES_A_POINT = 36000, 25.4 / 72
# A letter is about half as wide as it is high, and a line a fifth higher than its letters.
# Measured generously: another machine may not have the font.
LETTER_WIDE, BOLD_WIDE, LINE_HIGH = 0.55, 0.62, 1.24


def emu(millimetres: float) -> int:
    """A length in the unit of PowerPoint."""
    return round(millimetres * EMU)


def filled(colour: str) -> str:
    """A fill of this colour."""
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:solidFill>'


@dataclass(frozen=True)
class Run:
    """Words in one look; `fill` lies behind them."""

    text: str
    bold: bool = False
    colour: str = INK
    fill: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph: its runs, its size in points, how far it is set in, and what stands before it."""

    runs: tuple[Run, ...]
    size: float = 14
    before: float = 3  # points
    bullet: str = ""  # "•", or "1" to count
    keep: bool = False  # with what follows it
    right: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def height(self, width: float) -> float:
        """How high it becomes in a box so wide."""
        bold = bool(self.runs) and max(self.runs, key=lambda run: len(run.text)).bold
        letter = self.size * MILLIMETRES_A_POINT * (BOLD_WIDE if bold else LETTER_WIDE)
        letters = (width - (6 if self.bullet else 0)) / letter
        lines = sum(max(1, ceil(len(part) / max(letters, 1))) for part in self.text.split("\n"))
        return (lines * self.size * LINE_HIGH + self.before) * MILLIMETRES_A_POINT

    def markup(self, language: str) -> str:
        settings = ' algn="r"' if self.right else ""
        if self.bullet:
            settings += f' marL="{emu(6)}" indent="-{emu(6)}"'
        space = f'<a:spcBef><a:spcPts val="{round(self.before * 100)}"/></a:spcBef>'
        mark = {
            "": "<a:buNone/>",
            "1": '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>',
        }.get(self.bullet, f'<a:buFont typeface="Arial"/><a:buChar char="{self.bullet}"/>')
        runs = "".join(_run(run, self.size, language) for run in self.runs if run.text)
        end = f'<a:endParaRPr lang="{language}" sz="{round(self.size * 100)}"/>'
        return f"<a:p><a:pPr{settings}>{space}{mark}</a:pPr>{runs}{'' if runs else end}</a:p>"


def said(text: str, size: float = 14, *, bold: bool = False, colour: str = INK, **more: Any) -> Line:
    """A line of plain words."""
    return Line((Run(plain(text), bold, colour),), size, **more)


def quiet(text: str, size: float = 12, **more: Any) -> Line:
    return said(text, size, colour=SOFT, **more)


def _run(run: Run, size: float, language: str) -> str:
    look = (
        f'<a:rPr lang="{language}" sz="{round(size * 100)}" b="{int(run.bold)}" dirty="0">'
        f"{filled(run.colour)}"
        + (
            f'<a:highlight><a:srgbClr val="{run.fill.removeprefix("#").upper()}"/></a:highlight>'
            if run.fill
            else ""
        )
        + "</a:rPr>"
    )
    return f"<a:br>{look}</a:br>".join(
        f"<a:r>{look}<a:t>{escape(part)}</a:t></a:r>" for part in plain(run.text).split("\n")
    )


@dataclass
class Box:
    """A text box as it fills."""

    left: float
    top: float
    width: float
    lines: list[Line] = field(default_factory=list)
    fill: str = ""
    name: str = "Text"
    inset: float = 0
    highest: float = inf

    @property
    def height(self) -> float:
        inner = self.width - 2 * self.inset
        return min(sum(line.height(inner) for line in self.lines) + 2 * self.inset, self.highest)

    def markup(self, number: int, language: str) -> str:
        inset = emu(self.inset)
        fill = filled(self.fill) if self.fill else "<a:noFill/>"
        return (
            f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="{number}" name="{self.name} {number}"/>'
            '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
            f'<a:xfrm><a:off x="{emu(self.left)}" y="{emu(self.top)}"/>'
            f'<a:ext cx="{emu(self.width)}" cy="{emu(self.height)}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr>'
            f'<p:txBody><a:bodyPr wrap="square" lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}">'
            "<a:noAutofit/></a:bodyPr><a:lstStyle/>"
            f"{''.join(line.markup(language) for line in self.lines)}</p:txBody></p:sp>"
        )


@dataclass(frozen=True)
class TableCell:
    """A cell: its paragraphs, and a fill."""

    lines: tuple[Line, ...]
    fill: str = ""


CELL_INSET, CELL_INSET_DOWN = 1.6, 0.9


def row_height(cells: Sequence[TableCell], widths: Sequence[float], least: float = 0) -> float:
    """How high a row becomes."""
    return max(
        least,
        *(
            sum(line.height(width - 2 * CELL_INSET) for line in cell.lines) + 2 * CELL_INSET_DOWN + 0.4
            for cell, width in zip(cells, widths, strict=True)
        ),
    )


def table(
    rows: Iterable[Sequence[TableCell]],
    widths: Sequence[float],
    heights: Sequence[float],
    *,
    place: tuple[float, float],
    number: int,
    says: str,
    language: str,
    head: bool = True,
) -> str:
    """A table as PowerPoint has them. `says` is read out instead of looking at it."""
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    body = "".join(
        f'<a:tr h="{emu(height)}">{"".join(_cell(cell, language) for cell in row)}</a:tr>'
        for row, height in zip(rows, heights, strict=True)
    )
    return (
        f'<p:graphicFrame {NAMES}><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}" '
        f"descr={quoteattr(plain(says))}/>"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f'</p:nvGraphicFramePr><p:xfrm><a:off x="{emu(place[0])}" y="{emu(place[1])}"/>'
        f'<a:ext cx="{emu(sum(widths))}" cy="{emu(sum(heights))}"/></p:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="{int(head)}"/><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def _cell(cell: TableCell, language: str) -> str:
    fill = filled(cell.fill) if cell.fill else "<a:noFill/>"
    edge = f'<a:lnB w="6350">{filled(RULE)}</a:lnB>'
    lines = "".join(line.markup(language) for line in cell.lines) or "<a:p/>"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{lines}</a:txBody>"
        f'<a:tcPr marL="{emu(CELL_INSET)}" marR="{emu(CELL_INSET)}" marT="{emu(CELL_INSET_DOWN)}" '
        f'marB="{emu(CELL_INSET_DOWN)}" anchor="ctr">'
        f'<a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR>{edge}{fill}</a:tcPr></a:tc>'
    )
