"""Pieces of a Word document as its own markup.

python-docx looks a style up, copies a row and walks a table for each cell; a pack has ten thousand of them.
So what is repeated is written as text here, and read in once.
"""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from s11.packs.writing.texts import plain

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TWIPS_A_MILLIMETRE = 1440 / 25.4


def twips(millimetres: float) -> int:
    """A length in the unit of Word."""
    return round(millimetres * TWIPS_A_MILLIMETRE)


def bare(colour: str) -> str:
    """#rrggbb as Word writes it."""
    return colour.removeprefix("#").upper()


def run(
    text: str, *, bold: bool = False, colour: str = "", fill: str = "", half_points: int = 0, style: str = ""
) -> str:
    """Words in one look. A new line in them stays one."""
    look = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("<w:b/>" if bold else "")
        + (f'<w:color w:val="{bare(colour)}"/>' if colour else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{bare(fill)}"/>' if fill else "")
    )
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>'
        for line in plain(text).replace("\t", " ").split("\n")
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"


def paragraph(inner: str, style: str = "", *, more: str = "") -> str:
    """A paragraph around runs. `more` are settings of it, in the order Word wants them."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    settings = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{settings}{inner}</w:p>"


def says(text: str, style: str = "", *, more: str = "") -> str:
    """A paragraph of plain words."""
    return paragraph(run(text), style, more=more)


def field(code: str, shown: str = "1") -> str:
    """What Word works out, such as the number of a page."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(inner: str, width: int, *, fill: str = "", span: int = 1, middle: bool = False) -> str:
    """A cell around paragraphs."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{bare(fill)}"/>' if fill else "")
        + ('<w:vAlign w:val="center"/>' if middle else "")
        + f"</w:tcPr>{inner}</w:tc>"
    )


def row(cells: Iterable[str], *, head: bool = False, height: float = 0) -> str:
    """A row that stays on one page. `head`: it is repeated on each page. `height`: at least, millimetres."""
    return (
        "<w:tr><w:trPr><w:cantSplit/>"
        + (f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else "")
        + ("<w:tblHeader/>" if head else "")
        + f"</w:trPr>{''.join(cells)}</w:tr>"
    )


RULED = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="CFD6D6"/>' for side in ("bottom", "insideH"))
BOXED = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="9AA5A8"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table(
    rows: Iterable[str], widths: Sequence[int], *, says: str, borders: str = RULED, head: bool = False
) -> str:
    """A table of fixed widths, in twips. `says` tells a screen reader what it is; `head`: it has a head."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    first = int(head)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="28" w:type="dxa"/>'
        '<w:left w:w="70" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f'</w:tblCellMar><w:tblLook w:val="06{2 if first else 0}0" w:firstRow="{first}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(plain(says))}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )
