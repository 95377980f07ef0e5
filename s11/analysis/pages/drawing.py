"""A chart of ratings with its words and the figures behind it: bars of own ratings above moderated ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from s11.analysis.charts import Bar, Group, size_of
from s11.analysis.pages.tables import Row, records
from s11.analysis.rules import BASIS_LABELS, Basis, share
from s11.questionnaires.rules import LevelContent

# Summaries of a measure by basis; what each of their groups is called.
Summaries = Mapping[Basis, pd.DataFrame]
Called = Mapping[str, str]


@dataclass(frozen=True)
class Chart:
    """A picture, wide and narrow with their sizes, its words and the figures behind it."""

    title: str
    summary: str
    src: str
    size: tuple[int, int]
    narrow_src: str
    narrow_size: tuple[int, int]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def picture(
    tables: Summaries,
    called: Called,
    levels: Sequence[LevelContent],
    *,
    title: str,
    what: str,
    word: str,
    summary: str,
    href: Callable[[bool], str],
) -> Chart:
    """The bars of these groups, in the order of `called`. `what` each is, `word` for the best level;
    `href(narrow)` leads to the picture."""
    groups = bars(tables, called, levels)
    told = {basis: _by_key(table) for basis, table in tables.items()}
    return Chart(
        title=title,
        summary=summary,
        src=href(False),
        size=size_of(groups, levels),
        narrow_src=href(True),
        narrow_size=size_of(groups, levels, narrow=True),
        head=(
            what, "Basis", *(level.label for level in levels), "Not applicable", "Blank", "Rated",
            f"% {word}",
        ),
        rows=tuple(
            (name, BASIS_LABELS[basis], *figures(rows[key], levels))
            for key, name in called.items()
            for basis, rows in told.items()
            if key in rows and rows[key]["asked"]
        ),
    )  # fmt: skip


def bars(tables: Summaries, called: Called, levels: Sequence[LevelContent]) -> list[Group]:
    """A group of bars each: self above moderated, which is left out where there is none."""
    own, moderated = _by_key(tables[Basis.SELF]), _by_key(tables.get(Basis.MODERATED, pd.DataFrame()))
    groups = []
    for key, name in called.items():
        row, other = own.get(key), moderated.get(key)
        if row is None or not row["asked"]:
            continue
        found = [_bar(BASIS_LABELS[Basis.SELF], row, levels)]
        if other and (other["denominator"] or other["not_applicable"]):
            found.append(_bar(BASIS_LABELS[Basis.MODERATED], other, levels, blank="not moderated yet"))
        groups.append(Group(name, tuple(found)))
    return groups


def _by_key(table: pd.DataFrame) -> dict[str, Row]:
    return {str(key): row for key, row in records(table)}


def _bar(label: str, row: Row, levels: Sequence[LevelContent], *, blank: str = "blank") -> Bar:
    counts = tuple(int(row[level.code]) for level in levels)
    return Bar(label, counts, int(row["not_applicable"]), int(row["blank"]), blank)


def figures(row: Row, levels: Sequence[LevelContent]) -> tuple[str, ...]:
    """The numbers of one bar as they are printed in its table."""
    counts = [row[level.code] for level in levels]
    numbers = [*counts, row["not_applicable"], row["blank"], row["denominator"]]
    return (*(str(int(n)) for n in numbers), share(int(row["best"]), int(row["denominator"])))


def counted_words(tables: Summaries, called: Called, word: str) -> str:
    """What a chart says: how many of all ratings are at the best level on each basis, and who has the
    smallest share."""
    own = {key: row for key, row in _by_key(tables[Basis.SELF]).items() if key in called}
    said = [_whole(own, word, "")]
    moderated = {k: r for k, r in _by_key(tables.get(Basis.MODERATED, pd.DataFrame())).items() if k in called}
    if any(row["denominator"] for row in moderated.values()):
        said.append(_whole(moderated, word, "Moderated: "))
    rated = {key: row["best"] / row["denominator"] for key, row in own.items() if row["denominator"]}
    if len(rated) > 1 and min(rated.values()) < max(rated.values()):
        said.append(_smallest([key for key in called if rated.get(key) == min(rated.values())], own, called))
    return " ".join(said)


def _smallest(lowest: Sequence[str], own: Mapping[str, Row], called: Called) -> str:
    """Who has the smallest share: the first by name, and how many more have the same."""
    row, name = own[lowest[0]], called[lowest[0]].rstrip(".")
    more = f", and {len(lowest) - 1} more with the same" if len(lowest) > 1 else ""
    counted = f"{row['best']} of {row['denominator']} ({share(row['best'], row['denominator'])})"
    return f"The smallest share, {counted}: {name}{more}."


def _whole(rows: Mapping[str, Row], word: str, before: str) -> str:
    best = sum(int(row["best"]) for row in rows.values())
    rated = sum(int(row["denominator"]) for row in rows.values())
    if not rated:
        return f"{before}Nothing is rated."
    return f"{before}{best:,} of {rated:,} ratings given are {word} ({share(best, rated)})."
