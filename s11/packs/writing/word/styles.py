"""How a Word paper looks: everything by style, so that whoever edits it changes a style once."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from s11.packs.writing.shades import FRAME, INK, SOFT
from s11.packs.writing.word.markup import NAMES

FONT = "Calibri"
THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())


def set_up(document: Document, brand: str, language: str) -> None:
    """The styles a paper uses."""
    styles = document.styles
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    _look(styles["Normal"], 10.5, after=5, colour=INK)
    _look(styles["Title"], 30, after=4, colour=brand, bold=False)
    _without_rule(styles["Title"])
    _look(styles["Subtitle"], 16, after=14, colour=INK, bold=False)
    styles["Subtitle"].font.italic = False
    for name, points, before, after in (
        ("Heading 1", 18, 14, 6), ("Heading 2", 15, 10, 4), ("Heading 3", 11.5, 6, 2),
        ("Heading 4", 11, 6, 2),
    ):  # fmt: skip
        _look(styles[name], points, before=before, after=after, colour=FRAME, bold=True)
        styles[name].font.italic = False
        styles[name].paragraph_format.keep_with_next = True
    _look(styles["Caption"], 9.5, before=8, after=3, colour=INK, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    _look(styles["Footer"], 8, after=0, colour=SOFT)
    for name in ("List Bullet", "List Number"):
        _look(styles[name], 10.5, after=3, colour=INK)
    _added(document, "Lead", 12, after=6)
    _added(document, "Quiet", 9, after=2, colour=SOFT)
    _added(document, "Finding", 9, before=1.5, after=0)
    _added(document, "Finding more", 8, after=0, colour=SOFT)
    styles["Finding more"].paragraph_format.left_indent = Mm(8)
    finding = styles["Finding"].paragraph_format
    finding.left_indent, finding.first_line_indent = Mm(8), Mm(-8)
    finding.tab_stops.add_tab_stop(Mm(8))
    _added(document, "Cell", 9, after=0)
    _added(document, "Cell small", 7.5, after=0)
    _added(document, "Cell head", 8, after=0, colour=SOFT, bold=True)
    _added(document, "Cell note", 8, after=0, colour=SOFT)
    for name in ("Finding", "Finding more"):
        styles[name].paragraph_format.keep_together = True
    for name in ("Finding", "Finding more", "Cell", "Cell small"):  # many of them have to stand on one page
        styles[name].paragraph_format.line_spacing = 1.0
    _added(document, "Question", 10.5, before=9, after=2, bold=True)
    styles["Question"].paragraph_format.keep_with_next = True
    _added(document, "Contents heading", 18, before=0, after=8, colour=FRAME, bold=True)
    for level, indent in ((1, 0), (2, 6)):
        # Under this name Word knows them, and uses them when it makes the contents anew.
        styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        _look(styles[f"toc {level}"], 10.5 if level == 1 else 9.5, after=1, colour=INK)
        entry = styles[f"toc {level}"].paragraph_format
        entry.left_indent, entry.right_indent = Mm(indent), Mm(8)
        entry.tab_stops.add_tab_stop(Mm(172), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def style_id(name: str) -> str:
    """The id under which Word keeps a style of ours."""
    return name.replace(" ", "")


def numbered_anew(document: Document) -> int:
    """A numbering of its own for one list, so that it begins at 1. Gives its number."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    used = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    kept = {one.get(qn("w:numId")): one for one in numbering.findall(qn("w:num"))}
    abstract = kept[used].find(qn("w:abstractNumId")).get(qn("w:val"))
    number = max(int(one) for one in kept) + 1
    numbering.append(
        parse_xml(
            f'<w:num {NAMES} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return number


def _added(
    document: Document, name: str, points: float, *, before: float = 0, after: float = 0,
    colour: str = INK, bold: bool = False,
) -> None:  # fmt: skip
    if name in document.styles:
        style = document.styles[name]
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    _look(style, points, before=before, after=after, colour=colour, bold=bold)


def _look(
    style: ParagraphStyle, points: float, *, before: float = 0, after: float = 0, colour: str = "",
    bold: bool | None = None,
) -> None:  # fmt: skip
    style.font.size, style.font.bold = Pt(points), bold
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.08
    if colour:
        style.font.color.rgb = rgb(colour)
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for theme in THEMED:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _without_rule(style: ParagraphStyle) -> None:
    """Word's own title has a line beneath it."""
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
