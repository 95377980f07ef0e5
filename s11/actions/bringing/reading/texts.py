"""Tables in plain text: cells between tabs or bars, as Word, Excel and other programmes copy them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from s11.actions.bringing.columns import are_headings
from s11.actions.bringing.numbers import numbers_of
from s11.actions.bringing.reading.blocks import Block, Grid, Words
from s11.actions.bringing.reading.cells import blocks_of_markup, heading_of, words_of
from s11.actions.bringing.sections import section_of
from s11.core.tables import fields_of

HTML_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
WHOLE_PAGE = re.compile(r"<(?:html|body|!doctype)\b", re.IGNORECASE)
RULER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
# So many lines a broken row is looked for the rest of its cells.
LINES_OF_A_ROW = 40
LONGEST_LAST_LINE = 300


def blocks_of_text(text: str) -> list[Block]:
    """The tables and words of a text that was pasted or is a file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if WHOLE_PAGE.search(text[:2_000]) and HTML_TABLE.search(text):
        return blocks_of_markup(text)
    blocks: list[Block] = []
    at = 0
    for table in HTML_TABLE.finditer(text):
        blocks += _blocks_of_lines(text[at : table.start()])
        blocks += blocks_of_markup(table[0])
        at = table.end()
    return [*blocks, *_blocks_of_lines(text[at:])]


def _blocks_of_lines(text: str) -> list[Block]:
    lines = list(_lines(text))
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if len(lines[at]) < 2:
            if lines[at][0].strip():
                blocks.append(Words(lines[at][0]))
            at += 1
            continue
        rows, at = _table(lines, at)
        blocks.append(Grid(rows))
    return blocks


def _lines(text: str) -> Iterator[list[str]]:
    """Every line as its cells; words and empty lines are one cell."""
    for cells in fields_of(text):
        line = cells[0].strip()
        if len(cells) > 1 or "|" not in line:
            yield cells
        elif not RULER.fullmatch(line):
            parts = re.split(r"(?<!\\)\|", line)
            if line.startswith("|") or len(parts) > 2:
                yield [part.replace("\\|", "|").strip() for part in _inner(parts, line)]
            else:
                yield cells


def _inner(parts: Sequence[str], line: str) -> Sequence[str]:
    inner = parts[1:] if line.startswith("|") else parts
    inner = inner[:-1] if line.endswith("|") and len(inner) > 1 else inner
    return inner if len(inner) > 1 else [*inner, ""]


def _table(lines: list[list[str]], at: int) -> tuple[list[list[str]], int]:
    """The rows of the table that begins here, and where it ends."""
    width = _width(lines, at)
    rows: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        if len(line) > 1:
            row, at = _whole_row(lines, at, width)
            rows.append(row)
        elif not line[0].strip():
            at += 1
            if at < len(lines) and len(lines[at]) < 2 and lines[at][0].strip():
                break
        elif _is_last_line(lines, at):
            rows[-1][-1] += f"\n{line[0]}"
            at += 1
        else:
            break
    return rows, at


def _width(lines: list[list[str]], at: int) -> int:
    """How many cells a whole row has: as many as the headings, or as most of its lines."""
    if are_headings([words_of(cell) for cell in lines[at]]):
        return len(lines[at])
    widths: Counter[int] = Counter()
    for line in lines[at:]:
        if len(line) > 1:
            widths[len(line)] += 1
        elif _starts_anew(line[0]):
            break
    return max(widths, key=lambda width: (widths[width], width))


def _whole_row(lines: list[list[str]], at: int, width: int) -> tuple[list[str], int]:
    """A row with the rest of its cells, where Word broke it: paragraphs of a cell arrive as lines of their
    own. A row that is only shorter stays as it is."""
    row = list(lines[at])
    if len(row) >= width:
        return row, at + 1
    joined = list(row)
    for ahead in range(at + 1, min(at + LINES_OF_A_ROW, len(lines))):
        line = lines[ahead]
        if len(line) == 1 and not line[0].strip():
            continue
        if (
            len(joined) + len(line) - 1 > width
            or _starts_anew(line[0])
            or (len(line) > 1 and numbers_of(line[0]))
        ):
            break
        joined[-1] += f"\n{line[0]}"
        joined += line[1:]
        if len(joined) == width:
            return joined, ahead + 1
    return row, at + 1


def _is_last_line(lines: list[list[str]], at: int) -> bool:
    """Whether words directly below a row go on with its last cell."""
    words = lines[at][0]
    directly = bool(lines[at - 1][0].strip()) or len(lines[at - 1]) > 1
    return directly and len(words) < LONGEST_LAST_LINE and not _starts_anew(words)


def _starts_anew(words: str) -> bool:
    """Whether a line is a heading, and no part of a cell."""
    line = words.strip()
    return line.startswith(("#", "**", "__")) or section_of(heading_of(line)) is not None
