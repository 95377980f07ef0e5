"""What a paper says, apart from how it looks: one content from which every format is written.

A pack, a letter and a report are each gathered into a `Document` once. The writers for PDF, Word, PowerPoint
and Excel take nothing else, so that what they say is identical: `words` gives every text and every figure in
reading order, and a test finds all of it in each of the four files.

A document can be kept as JSON (`kept`) and read back (`read`), so that a file written later says what the
others said.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """How loudly a text is said."""

    PLAIN = "plain"
    LEAD = "lead"
    QUIET = "quiet"
    STRONG = "strong"


class Of(StrEnum):
    """What a column holds: it decides alignment, and that a workbook gets numbers it can add up."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    RATING = "rating"
    RATINGS = "ratings"
    DATE = "date"


@dataclass(frozen=True)
class Chip:
    """A rating as it is shown: always with its letter and its word, the colour only helps."""

    letter: str
    label: str
    colour: str  # #rrggbb; empty for not applicable and blank


@dataclass(frozen=True)
class Counted:
    """How often one level was given."""

    chip: Chip
    count: int


@dataclass(frozen=True)
class Cell:
    """One cell. `text` is what is printed, always; the rest is what it was made from.

    `number` is the figure behind it (a share in percent, unrounded). `counted` are the ratings of a cell that
    shows several: the text says the same in words. `note` is said beneath, smaller.
    """

    text: str
    number: float | None = None
    chip: Chip | None = None
    counted: tuple[Counted, ...] = ()
    date: str = ""  # 2027-03-31
    note: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Column:
    """`width` is a share of the page's width; a writer keeps the proportions."""

    title: str
    of: Of = Of.TEXT
    width: float = 1.0
    full_title: str = ""  # where the title is short: "4" for "4 Learning from reviews"


@dataclass(frozen=True)
class Paragraph:
    """Words in a row."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """Pairs of a label and what it stands at: the head of a profile, the date and place of a day."""

    pairs: tuple[tuple[str, str], ...]
    big: bool = False  # a few figures to be read across a room


@dataclass(frozen=True)
class Table:
    """`caption` is read out and printed. `sheet` is what the workbook calls the sheet of its own it gets;
    empty: it is set into the sheet of its section. `wide` wants the page on its side. `empty` is said where
    there is no row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""
    wide: bool = False
    empty: str = ""
    note: str = ""
    # How many columns at the left stay in sight, and name the row.
    names: int = 1


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: what it stands for, and how often each level was given, in the chart's order."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """Stacked bars of ratings. `says` is the summary read instead of the picture, and printed beneath it;
    the figures stand in a table of the same section."""

    title: str
    says: str
    levels: tuple[Chip, ...]
    bars: tuple[Bar, ...]
    of: str = "Share of everything asked"  # what a whole bar stands for


@dataclass(frozen=True)
class Line:
    """A line over the years or the weeks; None where it breaks, and `why` says why."""

    label: str
    points: tuple[float | None, ...]
    why: str = ""


@dataclass(frozen=True)
class Trend:
    """Lines over the same marks, in percent from nought to a hundred, or as numbers of things."""

    title: str
    says: str
    marks: tuple[str, ...]
    lines: tuple[Line, ...]
    counts: bool = False


@dataclass(frozen=True)
class Finding:
    """Something worth naming about one criterion: rating, text, and what is said of it."""

    number: str
    text: str
    chip: Chip | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Findings:
    """Findings under a small heading; `empty` is said where there is none, `rest` how many more there are."""

    title: str
    items: tuple[Finding, ...]
    empty: str
    rest: str = ""


@dataclass(frozen=True)
class Question:
    """A line of enquiry, with room to write the answer where a paper has a pen beside it."""

    number: str
    question: str
    why: str = ""
    about: str = ""
    asked_by: str = ""
    lines: int = 5


@dataclass(frozen=True)
class Sheet:
    """An empty form to write on: each field with how many lines it has."""

    title: str
    fields: tuple[tuple[str, int], ...]
    times: int = 1


@dataclass(frozen=True)
class Beside:
    """Two columns of blocks; one above the other where a format has no columns."""

    left: tuple["Block", ...]
    right: tuple["Block", ...]


Block = Paragraph | Bullets | Facts | Table | Chart | Trend | Findings | Question | Sheet | Beside


@dataclass(frozen=True)
class OneOf:
    """That a section is one of a series of the same shape, one for each organisation: its profile, its
    questions. A workbook makes one table of them, with `name` in a first column headed `head`; any other
    format prints the sections one after another."""

    series: str  # Profiles
    head: str  # Agency
    name: str  # Harrowmere Police


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `level` is 1 to 3 and never jumps. `starts_page` begins a page, and
    a slide. `key` is a short name others can point to. A section that is `one_of` a series has the name of
    whom it is about in its title."""

    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    starts_page: bool = False
    key: str = ""
    one_of: OneOf | None = None


@dataclass(frozen=True)
class Document:
    """A whole paper. `notice` says who may read it and what not to do with it, on its cover and every page's
    foot. `built` says when and from which state of the data."""

    title: str
    subtitle: str
    partnership: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    built: str
    sections: tuple[Section, ...]
    file_stem: str
    has_cover: bool = True
    has_contents: bool = True
    sideways: bool = False  # every page of it lies on its side
    language: str = "en-GB"


BLOCKS = {
    kind.__name__: kind
    for kind in (Paragraph, Bullets, Facts, Table, Chart, Trend, Findings, Question, Sheet, Beside)
}
PARTS = {
    kind.__name__: kind
    for kind in (Document, Section, OneOf, Chip, Counted, Cell, Column, Bar, Line, Finding, *BLOCKS.values())
}


def words(document: Document) -> Iterator[str]:
    """Every text and every printed figure, in reading order; what each format has to say."""
    yield from (document.title, document.subtitle, document.partnership)
    for label, value in document.facts:
        yield from (label, value)
    yield from (document.notice, document.built)
    for section in document.sections:
        # What a workbook has once, as the name of a sheet, the others say in every title of a series.
        yield section.one_of.name if section.one_of else section.title
        for block in section.blocks:
            yield from (said for said in said_by(block) if said)


def said_by(block: Block) -> Iterator[str]:
    """The texts of one block, in reading order; empty ones too."""
    match block:
        case Paragraph(text):
            yield text
        case Bullets(items):
            yield from items
        case Facts(pairs):
            for label, value in pairs:
                yield from (label, value)
        case Table():
            yield from said_by_table(block)
        case Chart(title, says):
            yield from (title, says)
        case Trend(title, says):
            yield from (title, says, *(line.why for line in block.lines))
        case Findings(title, items, empty, rest):
            yield title
            for item in items:
                yield from (item.number, item.text, *item.said)
            yield rest if items else empty
        case Question():
            yield from (block.number, block.question, block.why, block.about, block.asked_by)
        case Sheet(title, asked):
            yield from (title, *(label for label, _ in asked))
        case Beside(left, right):
            for one in (*left, *right):
                yield from said_by(one)


def said_by_table(table: Table) -> Iterator[str]:
    yield table.caption
    if not table.rows:  # heads over nothing would only be in the way
        yield table.empty
        return
    for column in table.columns:
        yield from (column.title, column.full_title)
    for row in table.rows:
        for cell in row:
            yield from (cell.text, cell.note)
    yield table.note


def kept(document: Document) -> str:
    """The document as JSON text, to be kept in the database."""
    return json.dumps(_told(document), ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Document:
    """A document that was kept. Raises ValueError for what is none."""
    try:
        found = _made(json.loads(text))
    except (KeyError, TypeError) as fault:
        raise ValueError(f"this is no kept document: {fault}") from fault
    if not isinstance(found, Document):
        raise ValueError("this is no kept document")
    return found


def _told(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__} | {
            one.name: _told(getattr(value, one.name)) for one in fields(value)
        }
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    return value


def _made(value: Any) -> Any:
    if isinstance(value, dict):
        kind = PARTS[value["is"]]
        return kind(**{name: _made(one) for name, one in value.items() if name != "is"})
    if isinstance(value, list):
        return tuple(_made(one) for one in value)
    return value
