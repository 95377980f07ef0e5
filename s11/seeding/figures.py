"""Anonymised tables with figures of their own, so that no two organisations show the same ones.

A prepared table is varied in the way its kind allows, and stays consistent: rows are left out or change
places, counts are scaled and percentages computed again.
"""

import csv
import io
from collections.abc import Callable
from random import Random

Rows = list[list[str]]


def varied(key: str, text: str, *, of: str) -> str:
    """The table of a paper, as one organisation and year (`of`) would have it."""
    head, *rows = list(csv.reader(io.StringIO(text.strip())))
    rows = VARIED.get(key, some_rows)(head, rows, Random(f"figures {key} {of}"))
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([head, *rows])
    return written.getvalue()


def some_rows(_: list[str], rows: Rows, chance: Random) -> Rows:
    """Nearly all the rows in another order, the first column as it stood: cases or posts without a total."""
    kept = chance.sample(rows, k=len(rows) - chance.randint(1, 3))
    return [[first[0], *row[1:]] for first, row in zip(rows, kept, strict=False)]


def teams(head: list[str], rows: Rows, chance: Random) -> Rows:
    """The same teams with each other's figures: every row and the total stay true."""
    named = [row for row in rows if row[0].startswith("Team ")]
    mixed = iter(chance.sample(named, k=len(named)))
    return [[row[0], *next(mixed)[1:]] if row in named else row for row in rows]


def scaled(_: list[str], rows: Rows, chance: Random) -> Rows:
    """Every count larger or smaller by the same factor, so that a part never outgrows its whole."""
    factor = chance.uniform(0.4, 1.5)
    return [[row[0], *(str(round(int(count) * factor)) for count in row[1:])] for row in rows]


def meetings(head: list[str], rows: Rows, chance: Random) -> Rows:
    """Months with more or fewer meetings; those not attended and the percentage are computed again."""
    invited, percent, report = 1, 3, 4
    factor = chance.uniform(0.5, 1.3)
    made = []
    for row in scaled(head, [[*row[:percent], "0", *row[report:]] for row in rows], Random(factor)):
        asked = max(2, int(row[invited]))
        there = max(1, asked - chance.choice((0, 0, 1, 1, 2, 3)))
        away = min(int(row[report]), asked - there)
        written = min(int(row[report + 1]), there)
        shared = min(int(row[report + 2]), written)
        share = round(100 * there / asked)
        made.append([row[0], *(str(count) for count in (asked, there, share, away, written, shared))])
    return made


VARIED: dict[str, Callable[[list[str], Rows, Random], Rows]] = {
    "training-figures": teams,
    "school-training": scaled,
    "meeting-attendance": meetings,
}
