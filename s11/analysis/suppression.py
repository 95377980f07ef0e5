"""Small figures that are not shown, and as many others as it takes so that they cannot be worked out.

A two-way table with its totals is a flow: what a row holds goes to its columns, and the totals bring it
back. Whoever sees some of its figures knows what the others are together, line by line, and that each of
them is at least one: noughts are shown. A hidden figure can then be worked out exactly where no other table
agrees with what is shown, which is where no circle of hidden figures leads through it along which one could
be added here and taken away there.

Source: D. Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on Computing 17
(1988), 552-571.
"""

from collections.abc import Iterator
from heapq import heappop, heappush

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from s11.analysis.rules import PARTING, SMALL, By

TOTAL = "total"
Place = tuple[int, int]
Node = tuple[str, int]
Mask = NDArray[np.bool_]


def with_totals(table: pd.DataFrame) -> pd.DataFrame:
    """A table of counts with a last column and a last row that add them up, called "total"."""
    whole = table.assign(**{TOTAL: table.sum(axis=1)})
    sums = whole.sum(axis=0).to_frame().T
    sums.index = pd.Index([_total_of(table.index)])
    return pd.concat([whole, sums]).astype(np.int64)


def _total_of(index: pd.Index) -> object:
    return (TOTAL,) * index.nlevels if index.nlevels > 1 else TOTAL


def suppress(table: pd.DataFrame, fewest: int = SMALL) -> pd.DataFrame:
    """A table of counts, with its totals, in which counts from 1 to `fewest` - 1 are hidden.

    `table` holds counts, nought or more, that add up across its rows and down its columns; nothing else may
    be shown beside it that adds some of them up. What comes back has a row and a column "total" more, and
    <NA> for what is hidden: the small counts, and the smallest others without which one could be worked out.
    The same table always comes out the same.
    """
    whole = with_totals(table)
    hidden = hidden_in(whole.to_numpy(), fewest)
    return whole.astype("Int64").mask(pd.DataFrame(hidden, index=whole.index, columns=whole.columns))


def hidden_in(whole: NDArray[np.int64], fewest: int = SMALL) -> Mask:
    """Which figures of a table whose last row and column are its totals are not shown."""
    hidden = (whole > 0) & (whole < fewest)
    waiting = _places(hidden)
    while waiting:
        for place in waiting:
            if not _may_vary(whole, hidden, place):
                for more in _circle(whole, hidden, place):
                    hidden[more] = True
        # What was hidden for another may itself lie open now, where its circle took one way only.
        waiting = [place for place in _places(hidden) if not _may_vary(whole, hidden, place)]
    return hidden


def _places(hidden: Mask) -> list[Place]:
    return [(int(row), int(column)) for row, column in zip(*np.nonzero(hidden), strict=True)]


def _ends(whole: NDArray[np.int64], place: Place) -> tuple[Node, Node]:
    """From where to where a figure flows: a row gives to its columns, the totals bring it back."""
    row, column = ("row", place[0]), ("column", place[1])
    is_margin = (place[0] == whole.shape[0] - 1) != (place[1] == whole.shape[1] - 1)
    return (column, row) if is_margin else (row, column)


def _may_vary(whole: NDArray[np.int64], hidden: Mask, place: Place) -> bool:
    """Whether some other table agrees with all that is shown, and has another figure here."""
    return _cheapest(whole, hidden, place, only_hidden=True) is not None


def _circle(whole: NDArray[np.int64], hidden: Mask, place: Place) -> list[Place]:
    """The figures to hide beside one so that it may vary: those that show least, the first of equal ones.

    There always are some: from any figure above nought its totals lead round.
    """
    return _cheapest(whole, hidden, place, only_hidden=False) or []


def _cheapest(
    whole: NDArray[np.int64], hidden: Mask, place: Place, *, only_hidden: bool
) -> list[Place] | None:
    """A circle through a figure along which it can go up by one, or down where it is more than one."""
    tail, head = _ends(whole, place)
    ways = [_way(whole, hidden, head, tail, place, only_hidden=only_hidden)]
    if whole[place] > 1:
        ways.append(_way(whole, hidden, tail, head, place, only_hidden=only_hidden))
    found = [way for way in ways if way is not None]
    return min(found)[1] if found else None


def _way(
    whole: NDArray[np.int64], hidden: Mask, start: Node, end: Node, without: Place, *, only_hidden: bool
) -> tuple[int, list[Place]] | None:
    """The way of least cost from one line to another (Dijkstra): what is hidden already costs nothing."""
    best: dict[Node, int] = {}
    queue: list[tuple[int, list[Place], Node]] = [(0, [], start)]
    while queue:
        cost, way, node = heappop(queue)
        if node in best:
            continue
        best[node] = cost
        if node == end:
            return cost, way
        for place, beyond in _steps_from(whole, node):
            if place == without or beyond in best or (only_hidden and not hidden[place]):
                continue
            price = 0 if hidden[place] else int(whole[place])
            heappush(queue, (cost + price, [*way, place], beyond))
    return None


def _steps_from(whole: NDArray[np.int64], node: Node) -> Iterator[tuple[Place, Node]]:
    """The figures of a line that can be changed, and the line each leads to: up by one along its flow, down
    against it where more than one is left. A nought is always shown and never changes."""
    kind, at = node
    for other in range(whole.shape[1] if kind == "row" else whole.shape[0]):
        place = (at, other) if kind == "row" else (other, at)
        if not whole[place]:
            continue
        tail, head = _ends(whole, place)
        if node == tail:
            yield place, head
        elif whole[place] > 1:
            yield place, tail


def suppress_groups(
    table: pd.DataFrame, by: By, fewest: int = SMALL, *, total_shown: bool = True
) -> pd.DataFrame:
    """A table of a measure with a column `returns`, in which small groups are hidden whole.

    Every figure of a group of fewer than `fewest` returns becomes NaN. Where the total is shown too, the next
    smallest groups are hidden as well until those hidden are together at least as many: else taking away what
    is shown from the total would leave the figures of few. Groups that overlap (standards, criteria, themes)
    may be the same few returns: of them one hidden group has to be large enough by itself. A column
    `hidden` says which they are. For comparisons without names: no group of few is ever shown.
    """
    many = table["returns"].to_numpy(np.int64)
    hidden = many < fewest
    hidden &= many > 0
    if total_shown:
        for place in np.argsort(many, kind="stable"):
            together = many[hidden].sum() if by in PARTING else many[hidden].max(initial=0)
            if not hidden.any() or together >= fewest:
                break
            hidden[place] |= many[place] > 0
    shown = table.astype({c: float for c in table.columns if pd.api.types.is_numeric_dtype(table[c])})
    shown.loc[hidden, :] = np.nan
    return shown.assign(hidden=hidden)
