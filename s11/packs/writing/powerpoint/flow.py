"""A paper as slides: each section that begins a page begins a slide, and what is too long goes on.

Long words of a cell or a paragraph stand in the notes in full, and shortened on the slide.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Mm

from s11.packs.document import (
    Beside,
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Finding,
    Findings,
    Paragraph,
    Question,
    Section,
    Sheet,
    Table,
    Tone,
    Trend,
)
from s11.packs.writing.powerpoint import charts, tables
from s11.packs.writing.powerpoint.deck import BOTTOM, LEFT, ROOM, TOP, Deck
from s11.packs.writing.powerpoint.markup import Box, Line, Run, TableCell, quiet, said, table
from s11.packs.writing.properties import describe
from s11.packs.writing.shades import FRAME, PANEL, SOFT, frame, shade
from s11.packs.writing.texts import levelled, plain, shortened
from s11.partnerships.looks import NONE, Look

LONGEST = 600  # letters of a paragraph on a slide
SAID_LONGEST = 260
BIG_A_ROW, FACTS_LETTERS = 4, 100
# Less room than this, and a section begins a slide of its own.
WORTH_BEGINNING = 75.0
GUTTER = 8.0
IN_CONTENTS, CONTENTS_A_COLUMN = 2, 16
FORM_LABELS, FIELD_LOWEST = 80.0, 10.0
# What stands alone on a slide is set larger by so much, if the slide still holds it; what stands in two
# columns smaller, if a slide then holds all of it.
LARGER = (1.5, 1.3, 1.15, 1.0)
SMALLER = (1.0, 0.92, 0.84)
# Lines are measured wider than they are in the font of the slides. Columns of many long lines may count on
# it, once they are as small as can be.
MEASURED_WIDE = 1.16


def write(document: Document, look: Look = NONE) -> bytes:
    """The paper as the bytes of a .pptx file."""
    deck = Deck(document, frame(look.colour))
    _properties(deck, document)
    _cover(deck, look)
    if document.has_contents:
        _contents(deck, document)
    sections = list(levelled(document))
    for place, (level, section) in enumerate(sections):
        _section(deck, section)
        if not section.blocks:
            _list(deck, level, sections[place + 1 :])
    deck.close()
    kept = io.BytesIO()
    deck.show.save(kept)
    return kept.getvalue()


def _properties(deck: Deck, document: Document) -> None:
    describe(deck.show.core_properties, document)
    package = deck.show.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of the empty template
            package.drop_rel(name)


def _cover(deck: Deck, look: Look) -> None:
    document = deck.document
    slide = deck.slide = deck.show.slides.add_slide(deck.cover_layout)
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    for holder, words in ((title, document.title), (subtitle, document.subtitle)):
        holder.text_frame.text = plain(words)
        for run in holder.text_frame.paragraphs[0].runs:
            run._r.get_or_add_rPr().set("lang", deck.language)
    if not document.subtitle:
        subtitle._element.getparent().remove(subtitle._element)
    deck.number = 20
    if look.logo:
        shown = slide.shapes.add_picture(io.BytesIO(look.logo), Mm(24), Mm(18), height=Mm(18))
        shown._element.nvPicPr.cNvPr.set("descr", plain(look.name))
    deck.put(Box(24, 43, 285, [quiet(document.partnership, 14)]).markup(deck.next_number(), deck.language))
    facts = [
        Line((Run(plain(f"{label}: "), colour=SOFT), Run(plain(value))), size=14, before=2)
        for label, value in document.facts
    ]
    feet = [quiet(document.notice, 12), quiet(document.built, 12)]
    foot = Box(24, 0, 285, feet)
    foot.top = 184 - foot.height
    if facts:
        box = Box(24, 103, 285, facts)
        while box.height > foot.top - box.top and box.lines:
            deck.note(box.lines.pop().text)
        deck.put(box.markup(deck.next_number(), deck.language))
    deck.put(foot.markup(deck.next_number(), deck.language))
    deck.close()


def _contents(deck: Deck, document: Document) -> None:
    listed = [
        (level, section.title)
        for level, section in levelled(document)
        if level <= IN_CONTENTS and section.title
    ]
    if len(listed) > 2 * CONTENTS_A_COLUMN:  # each part says itself what is in it
        listed = [one for one in listed if one[0] == 1]
    deck.begin("Contents")
    _listed(deck, listed)


def _list(deck: Deck, level: int, after: list[tuple[int, Section]]) -> None:
    """What follows under a heading that has no words of its own, where it begins a slide."""
    beneath = [(1, section.title) for _, section in takewhile(lambda one: one[0] > level, after)]
    if deck.empty and beneath:
        _listed(deck, beneath, bold=False)
        deck.top = BOTTOM


def _listed(deck: Deck, listed: list[tuple[int, str]], *, bold: bool = True) -> None:
    """Titles in two columns, on as many slides as it takes."""
    width = (ROOM - GUTTER) / 2
    for at in range(0, len(listed), 2 * CONTENTS_A_COLUMN):
        if at:
            deck.go_on()
        for column in range(2):
            some = listed[at + column * CONTENTS_A_COLUMN :][:CONTENTS_A_COLUMN]
            lines = [
                said(f"{'' if level == 1 else '    '}{shortened(title, 62)}", 14, bold=bold and level == 1)
                for level, title in some
            ]
            if lines:
                box = Box(LEFT + column * (width + GUTTER), deck.top, width, lines)
                deck.put(box.markup(deck.next_number(), deck.language))


def _section(deck: Deck, section: Section) -> None:
    first = section.blocks[0] if section.blocks else None
    if section.starts_page or deck.left_over < WORTH_BEGINNING or deck.empty or deck.title == "":
        deck.begin(section.title)
    else:
        deck.shut()
        deck.say(said(section.title, 18, bold=True, colour=FRAME, before=8), with_next=30)
        deck.title = section.title
    if first is None:
        return
    for block in section.blocks:
        if isinstance(block, Findings) and len(section.blocks) == 1:
            _alone(deck, block)
        else:
            _block(deck, block)


def _alone(deck: Deck, block: Findings) -> None:
    """Findings that have a slide for themselves, as large as it allows."""
    lines = list(lines_of(deck, block))
    for part in LARGER:
        larger = [sized(line, part) for line in lines]
        if sum(line.height(ROOM) for line in larger) <= deck.left_over:
            break
    for line in larger:
        deck.say(line, with_next=12 if line.keep else 0)


def _block(deck: Deck, block: Block) -> None:
    if isinstance(block, Table):
        tables.draw(deck, block)
    elif isinstance(block, Chart | Trend):
        charts.draw(deck, block)
    elif isinstance(block, Sheet):
        _sheet(deck, block)
    elif isinstance(block, Facts) and block.big:
        _big(deck, block)
    elif isinstance(block, Beside):
        _beside(deck, block)
    else:
        lines = list(lines_of(deck, block))
        if isinstance(block, Question) and lines:
            deck.need(min(sum(line.height(ROOM) for line in lines), BOTTOM - TOP))
        for line in lines:
            deck.say(line, with_next=12 if line.keep else 0)


def lines_of(deck: Deck, block: Block) -> Iterator[Line]:
    """A block of words, paragraph by paragraph."""
    match block:
        case Paragraph(text, tone):
            if text:
                size = 16 if tone == Tone.LEAD else 12 if tone == Tone.QUIET else 14
                words = _short(deck, text, LONGEST)
                look = quiet if tone == Tone.QUIET else said
                yield look(words, size, bold=True) if tone == Tone.STRONG else look(words, size)
        case Bullets(items, numbered):
            for item in items:
                yield said(_short(deck, item, LONGEST), 14, bullet="1" if numbered else "•")
        case Facts(pairs):
            yield from _facts(deck, pairs)
        case Findings():
            yield from _findings(deck, block)
        case Question():
            yield from _question(deck, block)


def _facts(deck: Deck, pairs: tuple[tuple[str, str], ...]) -> Iterator[Line]:
    """Labels and what they stand at, as many in a line as it has room for."""
    runs: list[Run] = []
    for label, value in pairs:
        here = [Run(plain(f"{label}: "), colour=SOFT), Run(_short(deck, value, LONGEST))]
        if runs and sum(len(run.text) for run in (*runs, *here)) > FACTS_LETTERS:
            yield Line(tuple(runs), 13, before=2)
            runs = []
        runs += [Run("      "), *here] if runs else here
    if runs:
        yield Line(tuple(runs), 13, before=2)


def _short(deck: Deck, text: str, most: int) -> str:
    """As much of a text as a slide has room for; all of it goes into the notes."""
    if len(text) > most:
        deck.note(text)
    return shortened(plain(text), most)


def _findings(deck: Deck, block: Findings) -> Iterator[Line]:
    yield said(block.title, 14, bold=True, colour=FRAME, before=7, keep=True)
    for item in block.items:
        yield from _finding(deck, item)
    words = block.rest if block.items else block.empty
    if words:
        yield quiet(words, 12)


def _finding(deck: Deck, item: Finding) -> Iterator[Line]:
    chip: tuple[Run, ...] = ()
    if item.chip is not None and item.chip.letter:
        look = shade(item.chip.colour)
        chip = (Run(f" {plain(item.chip.letter)} ", True, look.ink, look.fill), Run("  "))
    number = (Run(plain(f"{item.number} "), True),) if item.number else ()
    yield Line(
        (*chip, *number, Run(_short(deck, item.text, SAID_LONGEST))), 12, before=4, keep=bool(item.said)
    )
    for words in item.said:
        if words:
            yield quiet(_short(deck, words, SAID_LONGEST), 12, before=1)


def _question(deck: Deck, block: Question) -> Iterator[Line]:
    dot = "" if not block.number or block.number.endswith(".") else "."
    number = f"{block.number}{dot} " if block.number else ""
    yield said(f"{number}{_short(deck, block.question, LONGEST)}", 16, bold=True, before=9, keep=True)
    asked = f"Asked by {block.asked_by}" if block.asked_by else ""
    for words in (block.why, block.about, asked):
        if words:
            yield quiet(_short(deck, words, SAID_LONGEST), 12, before=2)


def _big(deck: Deck, block: Facts) -> None:
    """A few figures in large, side by side."""
    for at in range(0, len(block.pairs), BIG_A_ROW):
        some = block.pairs[at : at + BIG_A_ROW]
        width = (ROOM - 4 * (len(some) - 1)) / len(some)
        boxes = [
            Box(
                LEFT + n * (width + 4),
                0,
                width,
                [
                    quiet(label, 12, before=0),
                    said(value, 20 if len(value) <= 26 else 14, bold=True, before=1),
                ],
                fill=PANEL,
                inset=3,
            )
            for n, (label, value) in enumerate(some)
        ]
        high = max(box.height for box in boxes)
        deck.shut()
        deck.need(high)
        for box in boxes:
            box.top = deck.top
            deck.put(box.markup(deck.next_number(), deck.language))
        deck.top += high + 3


def _beside(deck: Deck, block: Beside) -> None:
    """Two columns where both are words and fit on what is left of a slide, or on a slide of their own."""
    width = (ROOM - GUTTER) / 2
    sides = []
    for blocks in (block.left, block.right):
        if not all(isinstance(one, Paragraph | Bullets | Findings | Question) for one in blocks):
            break
        sides.append([line for one in blocks for line in lines_of(deck, one)])
    if len(sides) < 2:
        for one in (*block.left, *block.right):
            _block(deck, one)
        return
    deck.shut()
    if _higher(sides, width) > deck.left_over and not deck.empty:
        deck.go_on()
    if _higher(sides, width) > deck.left_over:
        sides = _evened(sides, deck.left_over, width)
    while any(sides):
        high = 0.0
        for n, side in enumerate(sides):
            some = _taken(side, deck.left_over * MEASURED_WIDE, width) or side[:1]
            sides[n] = side[len(some) :]
            if some:
                box = Box(LEFT + n * (width + GUTTER), deck.top, width, some, highest=deck.left_over)
                high = max(high, box.height)
                deck.put(box.markup(deck.next_number(), deck.language))
        deck.top += high + 3
        if any(sides):
            deck.go_on()


def _evened(sides: list[list[Line]], room: float, width: float) -> list[list[Line]]:
    """Two columns too high for a slide, the one going on in the other, smaller where that makes them fit."""
    found = sides
    for part, high in [*((part, room) for part in SMALLER), (SMALLER[-1], room * MEASURED_WIDE)]:
        lines = [sized(line, part) for side in sides for line in side]
        first = _taken(lines, high, width) or lines[:1]
        found = [first, lines[len(first) :]]
        if _higher(found, width) <= high:
            break
    return found


def sized(line: Line, part: float) -> Line:
    """The same line larger or smaller."""
    return replace(line, size=line.size * part, before=line.before * part)


def _higher(sides: list[list[Line]], width: float) -> float:
    """How high the higher of two columns becomes."""
    return max(sum(line.height(width) for line in side) for side in sides)


def _taken(lines: list[Line], room: float, width: float) -> list[Line]:
    """As many lines as there is room for; a heading is not left alone at the end."""
    taken: list[Line] = []
    for line in lines:
        room -= line.height(width)
        if room < 0:
            break
        taken.append(line)
    while taken and len(taken) < len(lines) and taken[-1].keep:
        taken.pop()
    return taken


def _sheet(deck: Deck, block: Sheet) -> None:
    """An empty form that takes what room the slide has, so often as it is wanted."""
    for turn in range(block.times):
        deck.shut()
        if turn or (not deck.empty and deck.left_over < WORTH_BEGINNING):
            deck.go_on()
        deck.say(said(block.title, 14, bold=True, colour=FRAME, before=6))
        deck.shut(1)
        fields = list(block.fields)
        while fields:
            fields = _form(deck, block, fields)
            if fields:
                deck.go_on()


def _form(deck: Deck, block: Sheet, fields: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """As many fields as fit beneath what stands there, each with its share of the room; those left over."""
    widths = (FORM_LABELS, ROOM - FORM_LABELS)
    rows: list[tuple[TableCell, TableCell]] = []
    least: list[float] = []
    for label, _ in fields:
        told = TableCell((said(label, 12, bold=True, before=0),), PANEL)
        low = max(FIELD_LOWEST, told.lines[0].height(widths[0] - 4) + 3)
        if rows and sum(least) + low > deck.left_over:
            break
        rows.append((told, TableCell(())))
        least.append(low)
    more = max(deck.left_over - sum(least), 0) / (sum(lines for _, lines in fields[: len(rows)]) or 1)
    heights = [low + more * lines for low, (_, lines) in zip(least, fields, strict=False)]
    deck.put(
        table(
            rows, widths, heights, place=(LEFT, deck.top), number=deck.next_number(),
            says=f"{block.title}: a form to fill in", language=deck.language, head=False,
        )
    )  # fmt: skip
    deck.top += sum(heights) + 4
    return fields[len(rows) :]
