"""Years beside each other: what each standard or criterion came to, and where its line breaks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from s11.analysis import measures
from s11.analysis.charts import Panel
from s11.analysis.pages.tables import records
from s11.analysis.rules import By, one_decimal, share
from s11.questionnaires.rules import EditionContent

BREAK = "‖"  # stands before a figure that cannot be compared with the one before it
HARDLY = 0.05  # points: less is no change, as printed


@dataclass(frozen=True)
class YearCell:
    """One year of one line: "12 of 17", what share that is, and why it cannot be compared, if it cannot."""

    figures: str
    share: str
    percent: float | None
    best: int = 0
    rated: int = 0
    broken: bool = False
    reason: str = ""

    @property
    def words(self) -> str:
        return f"{BREAK} {self.figures}" if self.broken else self.figures


@dataclass(frozen=True)
class YearLine:
    key: str
    number: str
    title: str
    cells: tuple[YearCell | None, ...]

    @property
    def change(self) -> str:
        """In points since the year before, where both can be compared."""
        if len(self.cells) < 2:
            return "–"
        before, now = self.cells[-2:]
        if now is None or now.broken or before is None or before.percent is None or now.percent is None:
            return "–"
        points = now.percent - before.percent
        return "0.0" if abs(points) < HARDLY else f"{points:+.1f}".replace("-", "−")


@dataclass(frozen=True)
class Trend:
    """Lines over the years; `breaks` says year by year why figures cannot be compared."""

    years: tuple[str, ...]
    lines: tuple[YearLine, ...]
    whole: tuple[YearCell, ...]
    breaks: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def panels(self) -> tuple[Panel, ...]:
        return tuple(
            Panel(
                f"{line.number} {line.title}",
                tuple(cell.percent if cell else None for cell in line.cells),
                tuple(bool(cell and cell.broken) for cell in line.cells),
            )
            for line in self.lines
        )


def trend(
    titles: Mapping[str, str],
    frames: Mapping[str, pd.DataFrame],
    editions: Mapping[str, EditionContent],
    by: By = By.STANDARD,
    *,
    keys: Collection[str] | None = None,
) -> Trend:
    """The years by name, the earliest first; `titles` says what each is called. Only these keys, if given."""
    table = measures.years(frames, editions, by)
    found: dict[str, dict[str, dict[Any, Any]]] = {}
    for (key, year), row in records(table):
        if keys is None or key in keys:
            found.setdefault(str(key), {})[str(year)] = row
    lines = tuple(
        YearLine(
            key,
            str(list(rows.values())[-1]["number"]),
            str(list(rows.values())[-1]["title"]),
            tuple(_cell(rows[year]) if year in rows else None for year in frames),
        )
        for key, rows in found.items()
    )
    breaks = tuple(
        (titles[year], tuple(said))
        for place, year in enumerate(frames)
        if (
            said := [
                f"{line.number} {line.title}: {cell.reason}"
                for line in lines
                if (cell := line.cells[place]) and cell.broken
            ]
        )
    )
    whole = tuple(
        _whole([line.cells[place] for line in lines], found, year) for place, year in enumerate(frames)
    )
    return Trend(tuple(titles[year] for year in frames), lines, whole, breaks)


def _cell(row: Mapping[Any, Any]) -> YearCell:
    best, of = int(row["best"]), int(row["denominator"])
    broken, reason = bool(row["break"]), str(row["reason"])
    if not of:
        return YearCell("none rated", "–", None, broken=broken, reason=reason)
    return YearCell(f"{best} of {of}", share(best, of), 100 * best / of, best, of, broken, reason)


def _whole(cells: Sequence[YearCell | None], found: Mapping[str, Any], year: str) -> YearCell:
    rows = [years[year] for years in found.values() if year in years]
    best, of = sum(int(row["best"]) for row in rows), sum(int(row["denominator"]) for row in rows)
    broken = any(cell is not None and cell.broken for cell in cells)
    return YearCell(f"{best:,} of {of:,}", share(best, of), 100 * best / of if of else None, best, of, broken)


@dataclass(frozen=True)
class Move:
    """How something changed since the year before, of what can be compared."""

    key: str
    compared: int
    better: int
    worse: int
    best_now: int
    best_before: int

    @property
    def words(self) -> str:
        return f"{self.better} higher, {self.worse} lower of {self.compared} compared"

    @property
    def points(self) -> float:
        return 100 * (self.best_now - self.best_before) / self.compared

    @property
    def figure(self) -> str:
        points = one_decimal(abs(self.points))
        return f"{'+' if self.points > 0 else '−' if self.points < 0 else ''}{points} points"


def moves(
    now: pd.DataFrame, before: pd.DataFrame, edition: EditionContent, earlier: EditionContent, by: By
) -> dict[str, Move]:
    """What changed, by group: of ratings given in both years to the same words on the same scale."""
    table = measures.change(now, before, edition, earlier, (by,))
    return {
        str(key if not isinstance(key, tuple) else key[0]): Move(
            str(key if not isinstance(key, tuple) else key[0]),
            *(int(row[name]) for name in ("compared", "better", "worse", "best_now", "best_before")),
        )
        for key, row in records(table)
    }


@dataclass(frozen=True)
class Place:
    """One organisation in one standard among its peers."""

    ref: str
    group: str
    kind: str
    peers: int
    small: bool
    position: float
    lower: float
    median: float
    upper: float
    outlier: str
    outside: float

    @property
    def figure(self) -> str:
        apart = {"low": ", outlying", "high": ", outlying"}.get(self.outlier, "")
        return f"{one_decimal(100 * self.position)}\u00a0%{apart}"

    @property
    def words(self) -> str:
        """Where the others of its kind stand, or that there are too few of them."""
        if self.small:
            return f"{self.peers} of its kind: too few"
        low, middle, high = (one_decimal(100 * each) for each in (self.lower, self.median, self.upper))
        return f"{self.peers} of its kind: middle {middle} %, half from {low} to {high} %"


def peers(frame: pd.DataFrame, small: int) -> list[Place]:
    """Every organisation in every standard beside those of its kind."""
    if frame.empty:
        return []
    table = measures.spread(frame, By.KIND, of=By.STANDARD, small=small)
    return [
        Place(
            str(ref),
            str(group),
            str(row["peers_of"]),
            int(row["n"]),
            bool(row["small"]),
            float(row["position"]),
            float(row["lower"]),
            float(row["median"]),
            float(row["upper"]),
            str(row["outlier"]),
            0.0 if isnan(float(row["outside"])) else float(row["outside"]),
        )
        for (ref, group), row in records(table)
    ]
