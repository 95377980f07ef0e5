"""What a table asks, row by row: which rows are headings, which a criterion, which go on with the one above.

Nothing is dropped in silence: a row of which nothing could be made is listed with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from s11.questionnaires.pasting.guessing import LEAVE_OUT, same
from s11.questionnaires.pasting.marks import Heading, number_of, section_of, split_number, tidy, titled
from s11.questionnaires.pasting.tables import Row

SHORT = 120  # a heading is shorter, and ends without a full stop


@dataclass(frozen=True)
class Columns:
    """What somebody said about a table: each column's role, and where the headings stand (-1: nowhere)."""

    roles: tuple[str, ...]
    heading: int

    def at(self, role: str) -> int | None:
        return self.roles.index(role) if role in self.roles else None


@dataclass
class Asked:
    """A criterion as the table has it: the words of each column, by its place."""

    number: str
    row: int
    group: str
    words: dict[int, str] = field(default_factory=dict)


@dataclass
class Part:
    """A standard with what is asked in it. `word` is what the table calls it."""

    number: str
    title: str
    word: str = ""
    introduction: str = ""
    asked: list[Asked] = field(default_factory=list)


@dataclass(frozen=True)
class NotUnderstood:
    """A row of which nothing was made; it counts from 1."""

    row: int
    words: str
    why: str


@dataclass
class Understood:
    """Everything a table asks, the rows that are left over, and those to look at.

    `doubtful`: rows with the very number of the row above, which a merged cell gives as well as a slip.
    """

    parts: list[Part]
    left: list[NotUnderstood]
    doubtful: list[NotUnderstood]


def understand(rows: Sequence[Row], columns: Columns) -> Understood:
    """The standards and criteria of a table."""
    reading = _Reading(rows, columns)
    for at, row in enumerate(rows):
        reading.take(at, tuple(tidy(cell) for cell in row))
    return reading.finished()


class _Reading:
    def __init__(self, rows: Sequence[Row], columns: Columns) -> None:
        self.columns = columns
        self.heading = rows[columns.heading] if 0 <= columns.heading < len(rows) else None
        self.number_at, self.text_at = columns.at("number"), columns.at("text")
        self.standard_at, self.group_at = columns.at("standard"), columns.at("group")
        self.numbers = [number for row in rows if (number := self.number_in(row))]
        self.has_sections = any(section_of(words) or titled(words) for row in rows if (words := alone(row)))
        self.parts: list[Part] = []
        self.here: Part | None = None  # the standard that rows belong to
        self.left: list[NotUnderstood] = []
        self.doubtful: list[NotUnderstood] = []
        self.group = ""
        self.now: Asked | None = None
        self.above: Row = ()

    # One row

    def take(self, at: int, row: Row) -> None:
        if not any(row) or (
            self.heading is not None and (at == self.columns.heading or same(row, self.heading))
        ):
            return
        words = alone(row)
        heading = self.heading_of(row, words) if words else self.heading_of_numbered(row)
        if heading is not None:
            self.begin(heading)
        elif words and self.is_subheading(row, words):
            self.group, self.now = words, None
        else:
            self.take_line(at, row)
        self.above = row

    def take_line(self, at: int, row: Row) -> None:
        self.follow_columns(row)
        number, words = self.number_in(row), self.words_of(row)
        text = words.get(self.text_at, "") if self.text_at is not None else ""
        is_next = number and (self.now is None or number != self.now.number)
        if is_next or (not self.numbers and text and not self.repeats(self.text_at, row)):
            if not text:
                self.leave(at, row, "It has a number and no words to be asked.")
            else:
                self.ask(Asked(number, at, self.group, words))
        elif self.now is not None:
            if number and text and not self.repeats(self.text_at, row):
                why = (
                    f"It has the number {number}, as the row above, so its words were added there. If it "
                    "asks something else, change the table and give it a number of its own."
                )
                self.doubtful.append(not_understood(at, row, why))
            self.go_on(row, words)
        elif self.here is not None and text and not self.here.asked:
            self.here.introduction = joined(self.here.introduction, text)
        else:
            self.leave(at, row, "It has no number, and stands under nothing that it could go on with.")

    def number_in(self, row: Row) -> str:
        """The number of a row: of the column of numbers, else in front of its words."""
        if self.number_at is not None:
            return number_of(row[self.number_at])
        return split_number(tidy(row[self.text_at]))[0] if self.text_at is not None else ""

    def words_of(self, row: Row) -> dict[int, str]:
        """The words of the columns that are taken, by their place, without the number in front."""
        taken = {
            at: cell
            for at, (cell, role) in enumerate(zip(row, self.columns.roles, strict=True))
            if cell and role not in (LEAVE_OUT, "number", "standard", "group")
        }
        if self.text_at in taken and (self.number_at is None or row[self.number_at]):
            number, rest = split_number(taken[self.text_at])
            if self.number_at is None or number == number_of(row[self.number_at]):
                taken[self.text_at] = rest
        mark = row[self.number_at] if self.number_at is not None else ""
        if mark and not number_of(mark) and self.text_at is not None:
            # Such as "a)", which is no number of ours: it stays with its words.
            taken[self.text_at] = f"{mark} {taken.get(self.text_at, '')}".strip()
        return taken

    # Headings

    def heading_of(self, row: Row, words: str) -> Heading | None:
        """What a row with only one thing in it begins, if it begins a standard."""
        if section := section_of(words):
            return section
        if self.is_at_text(row):
            return None
        if (title := titled(words)) and not self.is_criterion(title.number):
            return title
        if not self.has_sections and self.looks_like_heading(words) and not number_of(words):
            return Heading("", "", words)
        return None

    def heading_of_numbered(self, row: Row) -> Heading | None:
        """A row of a number and words alone begins a standard where further numbers belong to its own."""
        number = self.number_in(row)
        words = self.words_of(row)
        if not number or self.text_at not in words or len(words) > 1:
            return None
        if self.is_criterion(number) or not any(other.startswith(f"{number}.") for other in self.numbers):
            return None
        title = " ".join(words[self.text_at].split())
        section = section_of(title)
        return section or (Heading("", number, title) if len(title) <= 200 else None)

    def is_criterion(self, number: str) -> bool:
        """Whether a number is one of those that are asked: it belongs to another, as 1.1 belongs to 1."""
        return "." in number or (
            number in self.numbers and not any(other.startswith(f"{number}.") for other in self.numbers)
        )

    def is_at_text(self, row: Row) -> bool:
        """Whether the one thing in a row stands just where criteria have their words."""
        filled = [at for at, cell in enumerate(row) if cell]
        return filled == [self.text_at] and (self.number_at is not None or self.now is not None)

    def is_subheading(self, row: Row, words: str) -> bool:
        filled = [at for at, cell in enumerate(row) if cell]
        if self.is_at_text(row) or number_of(words) or not self.looks_like_heading(words):
            return False
        return bool(self.parts) and (len(filled) > 1 or self.columns.roles[filled[0]] != LEAVE_OUT)

    def looks_like_heading(self, words: str) -> bool:
        return (
            len(words) <= SHORT
            and "\n" not in words
            and not words.endswith((".", ";", ","))
            and words[0] != "-"
        )

    def begin(self, heading: Heading) -> None:
        """Begin a standard, or go on with one of the same number: tables repeat it on every page."""
        known = next((part for part in self.parts if heading.number and part.number == heading.number), None)
        if known is None:
            known = Part(heading.number, heading.title, heading.word)
            self.parts.append(known)
        self.here = known
        self.group, self.now = "", None

    def follow_columns(self, row: Row) -> None:
        """A new value in the column of standards or sub-headings begins what it names."""
        if self.standard_at is not None and (said := row[self.standard_at]):
            heading = section_of(said) or titled(said) or Heading("", number_of(said), said)
            here = self.here
            if here is None or (here.number, here.title) != (heading.number, heading.title):
                self.begin(heading)
        if self.group_at is not None and row[self.group_at]:
            self.group = " ".join(row[self.group_at].split())

    # Criteria

    def ask(self, asked: Asked) -> None:
        if self.here is None or self.is_elsewhere(self.here, asked.number):
            self.begin(Heading("", prefix_of(asked.number), ""))
        assert self.here is not None
        self.here.asked.append(asked)
        self.now = asked

    def is_elsewhere(self, here: Part, number: str) -> bool:
        """Whether a number belongs to another standard, in a table that has no headings of them."""
        return not here.title and bool(prefix_of(number)) and prefix_of(number) != here.number

    def go_on(self, row: Row, words: dict[int, str]) -> None:
        assert self.now is not None
        for at, cell in words.items():
            if not self.repeats(at, row):
                self.now.words[at] = joined(self.now.words.get(at, ""), cell)

    def repeats(self, at: int | None, row: Row) -> bool:
        """Whether a cell only repeats the one above it, as merged ones do."""
        return at is not None and bool(self.above) and self.above[at] == row[at]

    def leave(self, at: int, row: Row, why: str) -> None:
        self.left.append(not_understood(at, row, why))

    def finished(self) -> Understood:
        for part in self.parts:
            if not part.asked:
                words = " – ".join(said for said in (part.number, part.title, part.introduction) if said)
                self.left.append(NotUnderstood(0, words[:300], "Nothing is asked under this heading."))
        return Understood([part for part in self.parts if part.asked], self.left, self.doubtful)


def not_understood(at: int, row: Row, why: str) -> NotUnderstood:
    return NotUnderstood(at + 1, " | ".join(cell for cell in row if cell)[:300], why)


def alone(row: Row) -> str:
    """The words of a row that says only one thing, be it once or, merged, in every cell."""
    said = {cell for cell in row if cell}
    return tidy(said.pop()) if len(said) == 1 else ""


def prefix_of(number: str) -> str:
    """What a number belongs to: 2a of 2a.1; nothing for a number without steps."""
    return number.rpartition(".")[0]


def joined(above: str, below: str) -> str:
    """Two pieces of text: a list goes on below, anything else is a paragraph of its own."""
    if not above:
        return below
    is_list = below.startswith("- ") and above.rpartition("\n")[2].startswith("- ")
    return f"{above}\n{below}" if is_list else f"{above}\n\n{below}"
