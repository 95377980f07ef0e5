"""The words of a cell without what an extraction or a browser put around them."""

import html
import re
from html.parser import HTMLParser

from s11.actions.bringing.reading.blocks import Block, Grid, Range, Words

MARKED_UP = re.compile(
    r"</?(?:p|ul|ol|li|b|i|u|em|strong|br|span|div|sup|sub|font|a|h[1-6]|table|tbody|thead|tr|td|th)\b[^<>]*>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
BREAKS = frozenset({"p", "div", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section"})
SILENT = frozenset({"script", "style", "head", "title"})
STRONG = frozenset({"b", "strong"})
# Bullets of any form; a dash only at the beginning of a line and before a blank.
BULLETS = "•●▪◦‣∙·\uf0b7"
BULLET = re.compile(rf"^[ \t]*(?:[{BULLETS}*]|[-–—](?=[ \t])|o(?=[ \t]{{2,}}|\t))[ \t]*")
BULLET_WITHIN = re.compile(rf"(?<=\S)[ \t]+[{BULLETS}\u2022][ \t]+(?=\S)")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\ufffe\uffff]|[\ud800-\udfff]")
SPAN_AT_MOST = 200


def words_of(cell: str) -> str:
    """The words of a cell in lines: paragraphs and items are lines, items begin with a dash.

    Two blanks and more within a line stay: an extraction leaves them where a line ended.
    """
    text = _of_markup(cell) if MARKED_UP.search(cell) else ENTITY.sub(lambda one: html.unescape(one[0]), cell)
    text = re.sub("\r\n?|[\x0b\x0c\u2028\u2029\x85]", "\n", text)
    text = UNSEEN.sub("", text.replace("\u00a0", " ").replace("\t", " "))
    lines = (_line(line) for part in text.split("\n") for line in BULLET_WITHIN.sub("\n• ", part).split("\n"))
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    bullet = BULLET.match(line)
    words = (line[bullet.end() :] if bullet else line).strip()
    return f"- {words}" if bullet and words else words


def heading_of(line: str) -> str:
    """A line between tables without the marks of a heading."""
    bare = re.sub(r"^\s*#{1,6}\s+", "", line).strip()
    bare = re.sub(r"^(\*\*|__)(?=\S)(.*\S)\1$", r"\2", bare).replace("**", "")
    return words_of(bare).strip()


def _of_markup(text: str) -> str:
    reader = _CellReader()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)


class _CellReader(HTMLParser):
    """Keeps the words; paragraphs and items become lines, and so do two runs of bold one after the other."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0
        self.after_bold = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in SILENT
        if tag == "li":
            self.words.append("\n• ")
        elif tag == "br" or tag in BREAKS or (tag in STRONG and self.after_bold):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0
        if tag in BREAKS or tag == "li":
            self.words.append("\n")
        self.after_bold = tag in STRONG

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        said = data.strip()
        if said:
            self.after_bold = False
            # An item that brings a bullet of its own has two.
            if self.words and self.words[-1] == "\n• ":
                data = BULLET.sub("", data)
            data = data.replace("\n", " ")
        self.words.append(data if said else " " * (" " in data or "\n" in data))


def blocks_of_markup(text: str) -> list[Block]:
    """The tables of a page in HTML, with merged cells, and the words between them."""
    reader = _PageReader()
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.blocks


class _PageReader(_CellReader):
    """A table within a table is words of the cell it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.depth = 0
        self.rows: list[dict[int, str]] = []
        self.merged: list[Range] = []
        self.cell: tuple[int, int, int, int] | None = None  # row, column, rows and columns it spans

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # type: ignore[override]
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self._end_words()
                self.rows, self.merged = [], []
                return
        if self.depth == 1 and tag == "tr":
            self._end_cell()
            self.rows.append({})
        elif self.depth == 1 and tag in ("td", "th"):
            self._end_cell()
            if not self.rows:
                self.rows.append({})
            self._begin_cell(dict(attrs))
        else:
            super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.depth:
            self.depth -= 1
            if not self.depth:
                self._end_table()
                return
        if self.depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()
        else:
            super().handle_endtag(tag)

    def finish(self) -> None:
        """End what the text left open."""
        if self.depth:
            self._end_table()
        self._end_words()

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        row = len(self.rows) - 1
        taken = set(self.rows[row])
        taken |= {
            column
            for top, left, bottom, right in self.merged
            if top <= row <= bottom
            for column in range(left, right + 1)
        }
        column = next(at for at in range(len(taken) + 1) if at not in taken)
        self.cell = (row, column, _span(attrs.get("rowspan")), _span(attrs.get("colspan")))
        self.words = []

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        row, column, down, across = self.cell
        self.rows[row][column] = "".join(self.words)
        if down > 1 or across > 1:
            self.merged.append((row, column, row + down - 1, column + across - 1))
        self.cell, self.words = None, []

    def _end_table(self) -> None:
        self._end_cell()
        self.depth = 0
        last = len(self.rows) - 1
        merged = [(top, left, min(bottom, last), right) for top, left, bottom, right in self.merged]
        width = max(
            [right + 1 for *_, right in merged] + [column + 1 for row in self.rows for column in row],
            default=0,
        )
        rows = [[row.get(column, "") for column in range(width)] for row in self.rows]
        for top, left, bottom, right in merged:
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [rows[top][left]] * (right + 1 - left)
        self.blocks.append(Grid(rows, merged))
        self.words = []

    def _end_words(self) -> None:
        self.blocks += [Words(line) for line in "".join(self.words).split("\n") if line.strip()]
        self.words = []


def _span(said: str | None) -> int:
    return min(max(int(said), 1), SPAN_AT_MOST) if said and said.isdecimal() and len(said) < 6 else 1
