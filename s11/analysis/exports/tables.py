"""A table of figures, column by column, before it is known what file it goes into."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from s11.analysis.exports.text import named, safe
from s11.analysis.pages.agreeing import Agreed
from s11.analysis.pages.proving import Proved
from s11.analysis.pages.returning import Rate
from s11.analysis.pages.tallies import FIRST, Tally
from s11.analysis.pages.trend import YearLine
from s11.analysis.rules import BASIS_LABELS, BLANK, Basis, one_decimal
from s11.core.sheets import safe_cell
from s11.organisations.rules import KIND_LABELS, Kind
from s11.questionnaires.rules import EditionContent, LevelContent


class As(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"  # in percent, one decimal; empty where there is nothing to take a share of


@dataclass(frozen=True)
class Column:
    """A column: its title, how it is written, and a value a line. Texts in it can run nothing."""

    title: str
    kind: As
    values: Sequence[Any]

    @property
    def is_text(self) -> bool:
        return self.kind is As.TEXT


@dataclass(frozen=True)
class Table:
    """A table with what it is called, and how it is counted."""

    title: str
    columns: tuple[Column, ...]
    rules: tuple[str, ...]

    @property
    def lines(self) -> int:
        return len(self.columns[0].values)


def csv_of(table: Table) -> str:
    """The table as CSV with a line of titles first; the mark before it tells Excel that it is UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([safe(column.title) for column in table.columns])
    writer.writerows(zip(*(_texts(column) for column in table.columns), strict=True))
    return "\ufeff" + written.getvalue()


def _texts(column: Column) -> Iterable[Any]:
    if column.kind is As.SHARE:
        return ["" if value is None else one_decimal(value) for value in column.values]
    return column.values


def texts(title: str, values: Iterable[str]) -> Column:
    """A column of texts that can run nothing in a spreadsheet."""
    return Column(title, As.TEXT, [str(safe_cell(value)) for value in values])


def categories(title: str, series: pd.Series, say: Mapping[str, str] | None = None) -> Column:
    """A column of texts that repeat: each is made safe once, not once a line; `say` gives other words."""
    series = series.astype("category")
    told = [str(safe_cell((say or {}).get(str(value), str(value)))) for value in series.cat.categories]
    every = np.array([*told, ""], dtype=object)
    return Column(title, As.TEXT, every[series.cat.codes.to_numpy()].tolist())


def counts(title: str, values: Iterable[int]) -> Column:
    return Column(title, As.COUNT, [int(value) for value in values])


def shares_column(title: str, parts: Sequence[int], wholes: Sequence[int]) -> Column:
    """Percent of each, as it is printed: one decimal, halves upwards."""
    return Column(
        title,
        As.SHARE,
        [
            float(one_decimal(100 * part / whole)) if whole else None
            for part, whole in zip(parts, wholes, strict=True)
        ],
    )


def ratings_table(
    own: pd.DataFrame, moderated: pd.DataFrame, edition: EditionContent, cycle_code: str, rules: Sequence[str]
) -> Table:
    """Every rating, one line each: the agency's own and the moderated one beside it."""
    kinds = {str(kind): label for kind, label in KIND_LABELS.items()}
    # Both stand in the same order: what is not asked is in neither.
    return Table(
        f"Ratings of {cycle_code}",
        (
            categories("Organisation", own["organisation"]),
            categories("Kind", own["kind"], kinds),
            categories("Phase", own["phase"]),
            categories("District", own["district"]),
            categories(edition.labels.get("standard", "Standard"), own["standard"]),
            categories(edition.labels.get("criterion", "Criterion"), own["criterion"]),
            categories(BASIS_LABELS[Basis.SELF], own["label"]),
            categories(BASIS_LABELS[Basis.MODERATED], moderated["label"]),
            Column("Pieces of evidence", As.COUNT, own["evidence"].tolist()),
            categories("Why not applicable", own["not_applicable_reason"]),
        ),
        tuple(rules),
    )


def matrix_table(
    cells: Mapping[Basis, pd.DataFrame],
    frames: Mapping[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    title: str,
    rules: Sequence[str],
) -> Table:
    """A matrix, one line an organisation, standard and basis."""
    titles = {standard.number: standard.title for standard in edition.standards}
    lines: list[tuple[Any, ...]] = []
    columns = [*FIRST, *(level.code for level in levels)]
    for basis, table in cells.items():
        who = named(frames[basis])
        lines += [
            (BASIS_LABELS[basis], *who[ref], number, titles[number], *map(int, row))
            for (ref, number), row in zip(table.index, table[columns].to_numpy().tolist(), strict=True)
            if row[0] and ref in who
        ]
    word = edition.labels.get("standard", "Standard")
    part = list(zip(*lines, strict=True)) if lines else [()] * (5 + len(columns))
    return Table(
        title,
        (
            texts("Basis", part[0]),
            texts("Organisation", part[1]),
            texts("Kind", [KIND_LABELS[Kind(kind)] for kind in part[2]]),
            texts("Number", part[3]),
            texts(word, part[4]),
            *counted(part[5:], levels),
        ),
        tuple(rules),
    )


def criteria_matrix_table(
    frames: Mapping[Basis, pd.DataFrame], edition: EditionContent, title: str, rules: Sequence[str]
) -> Table:
    """A matrix by criteria, one line an organisation and basis: the rating in words, empty where nothing was
    asked, and how many are at the best level."""
    numbers = [criterion.number for criterion in edition.asked_criteria if criterion.rated]
    lines = [
        (BASIS_LABELS[basis], *line)
        for basis, frame in frames.items()
        for line in _lines(frame, basis, numbers)
    ]
    basis, name, kind, best, rated, *said = zip(*lines, strict=True) if lines else [()] * (5 + len(numbers))
    return Table(
        title,
        (
            texts("Basis", basis),
            texts("Organisation", name),
            texts("Kind", [KIND_LABELS[Kind(one)] for one in kind]),
            *(texts(number, words) for number, words in zip(numbers, said, strict=True)),
            counts("Rated", rated),
            counts("At the best level", best),
            shares_column("% at the best level", best, rated),
        ),
        tuple(rules),
    )


def _lines(frame: pd.DataFrame, basis: Basis, numbers: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Name, kind, how many are best and rated, and each rating in words, an organisation each."""
    blank = "Blank" if basis is Basis.SELF else "Not moderated yet"
    told = pd.DataFrame(
        {
            "ref": frame["return_ref"].astype(str),
            "number": frame["criterion"].astype(str),
            "words": frame["label"].astype(object).where(frame["rating"].astype(object) != BLANK, blank),
        }
    )
    words = told.pivot(index="ref", columns="number", values="words").reindex(columns=numbers).fillna("")
    sums = frame[["best", "counts"]].groupby(told["ref"]).sum()
    for ref, (name, kind) in named(frame).items():
        yield (name, kind, *map(int, sums.loc[ref]), *words.loc[ref])


def counted(part: Sequence[Sequence[int]], levels: Sequence[LevelContent]) -> list[Column]:
    """The columns of counts: `part` holds `FIRST` and then the levels, each as a sequence over the lines."""
    asked, rated, best, away, blank, *given = part
    return [
        counts("Asked", asked),
        *(counts(level.label, values) for level, values in zip(levels, given, strict=True)),
        counts("Not applicable", away),
        counts("Blank", blank),
        counts("Rated", rated),
        counts("At the best level", best),
        shares_column("% at the best level", best, rated),
    ]


def years_table(years: Sequence[str], lines: Sequence[YearLine], title: str, rules: Sequence[str]) -> Table:
    """A line a standard or criterion and year."""
    rows = [
        (line.number, line.title, year, cell.best, cell.rated, "yes" if cell.broken else "", cell.reason)
        for line in lines
        for year, cell in zip(years, line.cells, strict=True)
        if cell is not None
    ]
    number, name, year, best, rated, broken, reason = zip(*rows, strict=True) if rows else [()] * 7
    return Table(
        title,
        (
            texts("Number", number),
            texts("Asked", name),
            texts("Year", year),
            counts("At the best level", best),
            counts("Rated", rated),
            shares_column("% at the best level", best, rated),
            texts("Not comparable with the year before", broken),
            texts("Why", reason),
        ),
        tuple(rules),
    )


def rungs_table(
    tallies: Mapping[str, Tally],
    names: Mapping[str, str],
    what: str,
    levels: Sequence[LevelContent],
    title: str,
    rules: Sequence[str],
) -> Table:
    """A line a thing: own and moderated counts beside each other, how both agree, and weak evidence."""
    keys = list(tallies)
    every = [tallies[key] for key in keys]

    def of(tuples: list[tuple[int, ...]]) -> Sequence[Sequence[int]]:
        return list(zip(*tuples, strict=True)) if tuples else [()] * (len(FIRST) + len(levels))

    own = counted(of([tally.own for tally in every]), levels)
    other = counted(of([tally.other for tally in every]), levels)
    return Table(
        title,
        (
            texts(what, [names[key] for key in keys]),
            *own,
            *(Column(f"{column.title}, moderated", column.kind, column.values) for column in other),
            counts("Compared", [tally.compared for tally in every]),
            counts("Agreed", [tally.agreed for tally in every]),
            shares_column("% agreed", [t.agreed for t in every], [t.compared for t in every]),
            counts("Rated higher than the moderator", [tally.optimistic for tally in every]),
            counts("Rated lower than the moderator", [tally.severe for tally in every]),
            counts("Best without evidence", [tally.unproved for tally in every]),
        ),
        tuple(rules),
    )


def agreement_table(
    groups: Sequence[tuple[str, str, Agreed]], scales: Sequence[str], title: str, rules: Sequence[str]
) -> Table:
    """A line a standard or organisation: how own and moderated ratings agree. `groups`: what kind of thing
    each is, its name and its figures; kappa has a column for each of these scales."""
    every = [one for _, _, one in groups]
    compared = [one.compared for one in every]

    def of_scale(scale: str) -> list[float | None]:
        found = [next((k.value for k in one.kappas if k.scale == scale), None) for one in every]
        return [None if value is None else float(f"{value:.2f}") for value in found]

    return Table(
        title,
        (
            texts("By", [by for by, _, _ in groups]),
            texts("Name", [name for _, name, _ in groups]),
            counts("Compared", compared),
            counts("Agreed", [one.agreed for one in every]),
            shares_column("% agreed", [one.agreed for one in every], compared),
            counts("Agency higher", [one.higher for one in every]),
            counts("Agency lower", [one.lower for one in every]),
            counts("Only one said not applicable", [one.apart for one in every]),
            *(Column(f"Weighted kappa, {scale}", As.COUNT, of_scale(scale)) for scale in scales),
            counts("Pairs of levels", [one.pairs for one in every]),
            Column(
                "Mean steps above the moderator",
                As.COUNT,
                [None if one.steps is None else float(f"{one.steps:.2f}") for one in every],
            ),
        ),
        tuple(rules),
    )


def evidence_table(groups: Sequence[tuple[str, str, Proved]], title: str, rules: Sequence[str]) -> Table:
    """A line a standard or organisation: how well its ratings are evidenced. `groups`: what kind of thing
    each is, its name and its figures."""
    every = [one for _, _, one in groups]
    best, evidenced = [one.best for one in every], [one.evidenced for one in every]
    return Table(
        title,
        (
            texts("By", [by for by, _, _ in groups]),
            texts("Name", [name for _, name, _ in groups]),
            counts("At the best level", best),
            counts("Of these without evidence", [one.unproved for one in every]),
            shares_column("% of best without evidence", [one.unproved for one in every], best),
            counts("Answers with evidence", evidenced),
            counts("Evidence old", [one.old for one in every]),
            shares_column("% old", [one.old for one in every], evidenced),
            counts("Evidence out of date", [one.outdated for one in every]),
            shares_column("% out of date", [one.outdated for one in every], evidenced),
            counts("Resting on a reused document", [one.reused for one in every]),
            shares_column("% resting on a reused document", [one.reused for one in every], evidenced),
        ),
        tuple(rules),
    )


def returns_table(rates: Mapping[str, Rate], title: str, rules: Sequence[str]) -> Table:
    """A line a cycle: who was asked and who returned by when. `rates` by what each cycle is called."""
    every = list(rates.values())
    due = [one.due for one in every]

    def by(title: str, parts: list[int | None]) -> tuple[Column, Column]:
        of = [0 if part is None else whole for part, whole in zip(parts, due, strict=True)]
        share = shares_column(f"% {title}", [part or 0 for part in parts], of)
        return Column(f"In {title}", As.COUNT, parts), share

    return Table(
        title,
        (
            texts("Cycle", rates),
            counts("Asked", [one.asked for one in every]),
            counts("Exempt", [one.exempt for one in every]),
            counts("Withdrawn", [one.withdrawn for one in every]),
            counts("Due", due),
            counts("Returned", [one.returned for one in every]),
            shares_column("% returned", [one.returned for one in every], due),
            *by("a week before the due day", [one.week_before for one in every]),
            *by("on the due day", [one.on_due_day for one in every]),
            counts("Late", [one.late for one in every]),
        ),
        tuple(rules),
    )
