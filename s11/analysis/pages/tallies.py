"""What ratings of any part add up to, on both bases: counts that can be added, so that each is taken once."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import pandas as pd

from s11.analysis import measures
from s11.analysis.pages.tables import Row
from s11.analysis.rules import By
from s11.questionnaires.rules import LevelContent

FIRST = ("asked", "denominator", "best", "not_applicable", "blank")
APART = ("compared", "agreed", "optimistic", "severe", "apart")


@dataclass(frozen=True)
class Tally:
    """Counts of some ratings. `own` and `other`: `FIRST`, then one a level, for each basis; how far both
    agree where both have an answer; and how many of the best ratings have no evidence."""

    own: tuple[int, ...]
    other: tuple[int, ...]
    compared: int = 0
    agreed: int = 0
    optimistic: int = 0
    severe: int = 0
    apart: int = 0
    unproved: int = 0

    def __add__(self, more: "Tally") -> "Tally":
        def both(name: str) -> object:
            mine, theirs = getattr(self, name), getattr(more, name)
            return mine + theirs if isinstance(mine, int) else tuple(map(sum, zip(mine, theirs, strict=True)))

        return Tally(**{field.name: both(field.name) for field in fields(self)})  # type: ignore[arg-type]

    @property
    def asked(self) -> int:
        return self.own[0]

    @property
    def rated(self) -> int:
        return self.own[1]

    @property
    def best(self) -> int:
        return self.own[2]

    @property
    def best_share(self) -> float | None:
        return self.best / self.rated if self.rated else None

    @property
    def other_share(self) -> float | None:
        return self.other[2] / self.other[1] if self.other[1] else None

    @property
    def is_moderated(self) -> bool:
        """Whether a moderator has said anything at all here."""
        return self.other[0] > self.other[4]

    @property
    def differing(self) -> int:
        return self.compared - self.agreed

    def row(self, levels: Sequence[LevelContent], *, moderated: bool = False) -> Row:
        """The counts of one basis by name, as a summary has them."""
        names = (*FIRST, *(level.code for level in levels))
        return dict(zip(names, self.other if moderated else self.own, strict=True))


def tallies(
    own: pd.DataFrame, moderated: pd.DataFrame, by: By, levels: Sequence[LevelContent]
) -> dict[str, Tally]:
    """A tally for each group, in the order in which groups stand in the table."""
    columns = [*FIRST, *(level.code for level in levels)]
    mine = measures.counts(own, by, levels)
    theirs = dict(_rows(measures.counts(moderated, by, levels), columns))
    apart = dict(_rows(measures.agreement(own, moderated, by), APART))
    unproved = dict(_rows(measures.weak_evidence(own, by), ("unproved",)))
    nothing, none = (0,) * len(columns), (0,) * len(APART)
    return {
        str(group): Tally(
            counts,
            theirs.get(group, nothing),
            *apart.get(group, none),
            *unproved.get(group, (0,)),
        )
        for group, counts in _rows(mine, columns)
    }


def _rows(table: pd.DataFrame, columns: Sequence[str]) -> Iterable[tuple[Hashable, tuple[int, ...]]]:
    numbers = table[list(columns)].fillna(0).astype(int).to_numpy().tolist()
    return zip(table.index, map(tuple, numbers), strict=True)


def together(found: Mapping[str, Tally], keys: Iterable[str]) -> Tally | None:
    """The sum of some of them; None where none of them is there."""
    parts = [found[key] for key in keys if key in found]
    if not parts:
        return None
    first, *rest = parts
    for part in rest:
        first = first + part
    return first
