"""What the pages of figures print, counted and put into words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from s11.analysis import measures
from s11.analysis.charts import Bar, Group
from s11.analysis.queries import Standing
from s11.analysis.rules import BASIS_LABELS, Basis, By, one_decimal, share
from s11.questionnaires.rules import EditionContent, LevelContent

SHORT_LABELS = {Basis.SELF: "Self", Basis.MODERATED: "Moderated"}
WEAK_ROWS = 8
ORGANISATIONS_IN_A_CHART = 40
Row = dict[Any, Any]
KEPT_SHARES = frozenset({"best_pct", "agreed_pct", "unproved_pct"})


@dataclass(frozen=True)
class Stat:
    """A key figure."""

    number: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Line:
    """Something to look at: what, a sentence about it, and where to go."""

    title: str
    text: str
    href: str


@dataclass(frozen=True)
class Chart:
    """A picture with its words and the figures behind it."""

    title: str
    summary: str
    src: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Overview:
    """What a chair reads in two minutes."""

    stats: tuple[Stat, ...]
    weakest: tuple[Line, ...]
    differences: tuple[Line, ...]
    agreement: str
    evidence: tuple[Line, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix: see components/matrix.html."""

    href: str
    segments: tuple[tuple[str, str, str, int], ...]
    text: str
    note: str
    empty: str


@dataclass(frozen=True)
class Column:
    number: str
    title: str
    href: str = ""


@dataclass(frozen=True)
class MatrixRow:
    label: str
    href: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Organisations by standards; the last column and the last row are totals."""

    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]


def best_word(edition: EditionContent) -> str:
    """What the best level is called where every criterion has the same one, else "best"."""
    labels = {
        next((level.label for level in criterion.scale.levels if level.counts), "")
        for criterion in edition.criteria
    }
    return labels.pop().lower() if len(labels) == 1 else "at the best level"


# The overview


def overview(
    frames: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    standing: Standing,
    *,
    matrix_href: str,
    standard_href: Callable[[str], str],
    chart_src: Callable[[str], str],
) -> Overview:
    """The overview of a cycle from its two tables of ratings."""
    own, other = frames[Basis.SELF], frames[Basis.MODERATED]
    total = _first(measures.summary(own, By.TOTAL, levels))
    tables = {basis: measures.summary(frame, By.STANDARD, levels) for basis, frame in frames.items()}
    agreed = _first(measures.agreement(own, other, By.TOTAL))
    word = best_word(edition)
    return Overview(
        stats=stats(total, agreed, standing, own, word),
        weakest=weakest(tables[Basis.SELF], edition, word, standard_href),
        differences=differences(own, other, edition, standard_href),
        agreement=agreement_words(agreed),
        evidence=weak_evidence(own, matrix_href),
        charts=charts(own, tables, edition, levels, total, word, chart_src),
    )


def _first(table: pd.DataFrame) -> Row:
    return next((row for _, row in _records(table)), {})


def stats(total: Row, agreed: Row, standing: Standing, own: pd.DataFrame, word: str) -> tuple[Stat, ...]:
    """The strip of key figures."""
    weak = _first(measures.weak_evidence(own, By.TOTAL))
    best, rated = total.get("best", 0), total.get("denominator", 0)
    unproved, proved_of = weak.get("unproved", 0), weak.get("best", 0)
    compared = agreed.get("compared", 0)
    return (
        Stat(
            f"{standing.returned} of {standing.expected}",
            "returns in",
            share(standing.returned, standing.expected),
        ),
        Stat(share(best, rated), f"rated {word}", f"{best} of {rated} ratings given"),
        Stat(
            str(total.get("not_applicable", 0)),
            "not applicable",
            f"and {total.get('blank', 0)} blank, left out",
        ),
        Stat(share(agreed.get("agreed", 0), compared), "moderators agreed", f"{compared} compared"),
        Stat(str(unproved), "best ratings without evidence", f"of {proved_of}"),
    )


def weakest(
    table: pd.DataFrame, edition: EditionContent, word: str, standard_href: Callable[[str], str]
) -> tuple[Line, ...]:
    """The standards with the smallest share at the best level."""
    return tuple(
        Line(
            _title(edition, number),
            f"{row['best']} of {row['denominator']} {word} ({one_decimal(row['best_pct'])} %)",
            standard_href(number),
        )
        for number, row in _records(measures.weakest(table))
    )


def differences(
    own: pd.DataFrame, other: pd.DataFrame, edition: EditionContent, standard_href: Callable[[str], str]
) -> tuple[Line, ...]:
    """The standards where moderators agreed least, those with any difference only."""
    table = measures.agreement(own, other, By.STANDARD)
    apart = table[table["agreed"] < table["compared"]].sort_values("agreed_pct", kind="stable").head(3)
    return tuple(
        Line(_title(edition, number), agreement_words(row), standard_href(number))
        for number, row in _records(apart)
    )


def agreement_words(row: Row) -> str:
    """How far the two agree, in a sentence."""
    if not row or not row["compared"]:
        return "Nothing has been moderated yet."
    agreed = f"{row['agreed']} of {row['compared']} ratings ({one_decimal(row['agreed_pct'])} %)"
    words = f"Moderators agreed with {agreed}."
    parts = [
        text
        for count, text in (
            (row["optimistic"], f"{row['optimistic']} rated higher by the agency"),
            (row["severe"], f"{row['severe']} rated lower by the agency"),
            (row["apart"], f"{row['apart']} where only one said not applicable"),
        )
        if count
    ]
    return f"{words} The rest: {', '.join(parts)}." if parts else words


def weak_evidence(own: pd.DataFrame, href: str) -> tuple[Line, ...]:
    """The organisations with most best ratings that nothing is attached to."""
    table = measures.weak_evidence(own, By.ORGANISATION)
    worst = (
        table[table["unproved"] > 0].sort_values("unproved", ascending=False, kind="stable").head(WEAK_ROWS)
    )
    names = _names(own)
    return tuple(
        Line(names[ref], f"{row['unproved']} of {row['best']} best ratings without evidence", href)
        for ref, row in _records(worst)
    )


def charts(
    own: pd.DataFrame,
    tables: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    total: Row,
    word: str,
    chart_src: Callable[[str], str],
) -> tuple[Chart, ...]:
    """The charts of the overview with the figures behind them."""
    head = (
        edition.labels.get("standard", "Standard"), "Basis", *(level.label for level in levels),
        "Not applicable", "Blank", "Rated", f"% {word}",
    )  # fmt: skip
    rows = [
        (_title(edition, number), BASIS_LABELS[basis], *figures(row, levels))
        for number in tables[Basis.SELF].index
        for basis, row in ((basis, table.loc[number].to_dict()) for basis, table in tables.items())
        if row["asked"]
    ]
    made = [
        Chart(
            f"Ratings by {head[0].lower()}",
            chart_words(total, tables[Basis.SELF], edition, word),
            chart_src("standards"),
            head,
            tuple(rows),
        )
    ]
    if own["return_ref"].nunique() <= ORGANISATIONS_IN_A_CHART:
        names = _names(own)
        table = measures.summary(own, By.ORGANISATION, levels)
        made.append(
            Chart(
                "Ratings by organisation",
                "Each bar is everything one organisation was asked, as it rated itself.",
                chart_src("organisations"),
                ("Organisation", *head[2:]),
                tuple((names[ref], *figures(row, levels)) for ref, row in _records(table)),
            )
        )
    return tuple(made)


def figures(row: Row, levels: Sequence[LevelContent]) -> tuple[str, ...]:
    """The numbers of one bar as they are printed in its table."""
    counts = [row[level.code] for level in levels]
    numbers = [*counts, row["not_applicable"], row["blank"], row["denominator"]]
    return (*(str(int(n)) for n in numbers), share(int(row["best"]), int(row["denominator"])))


def chart_words(total: Row, table: pd.DataFrame, edition: EditionContent, word: str) -> str:
    """What the chart by standard says."""
    if not total:
        return "No return is in yet."
    said = (
        f"{total['best']} of {total['denominator']} ratings given are {word} "
        f"({share(total['best'], total['denominator'])})."
    )
    low = measures.weakest(table, 1)
    if low.empty:
        return said
    number = str(low.index[0])
    smallest = one_decimal(low["best_pct"].iloc[0])
    return f"{said} {_title(edition, number)} has the smallest share, {smallest} %."


def standard_groups(
    tables: dict[Basis, pd.DataFrame], edition: EditionContent, levels: Sequence[LevelContent]
) -> list[Group]:
    """The bars of the chart by standard: self above moderated, which is left out where there is none."""
    groups = []
    for number, row in _records(tables[Basis.SELF]):
        bars = [_bar(BASIS_LABELS[Basis.SELF], row, levels)]
        other = tables[Basis.MODERATED].loc[number].to_dict()
        if other["denominator"] or other["not_applicable"]:
            bars.append(_bar(BASIS_LABELS[Basis.MODERATED], other, levels))
        if row["asked"]:
            groups.append(Group(_title(edition, number), tuple(bars)))
    return groups


def organisation_groups(own: pd.DataFrame, levels: Sequence[LevelContent]) -> list[Group]:
    """The bars of the chart by organisation."""
    names = _names(own, "short_name")
    table = measures.summary(own, By.ORGANISATION, levels)
    return [Group("", (_bar(names[ref], row, levels),)) for ref, row in _records(table)]


def _bar(label: str, row: Row, levels: Sequence[LevelContent]) -> Bar:
    counts = tuple(int(row[level.code]) for level in levels)
    return Bar(label, counts, int(row["not_applicable"]), int(row["blank"]))


def _records(table: pd.DataFrame) -> list[tuple[Any, Row]]:
    """The rows of a table with what they are called; shares are left behind, they are taken where printed."""
    kept = [
        name for name in table.columns if not name.endswith(("_pct", "_pct_of_all")) or name in KEPT_SHARES
    ]
    return list(zip(table.index, table[kept].to_dict("records"), strict=True))


def _names(frame: pd.DataFrame, column: str = "organisation") -> dict[str, str]:
    named = frame.drop_duplicates("return_ref")
    return dict(zip(named["return_ref"].astype(str), named[column].astype(str), strict=True))


def _title(edition: EditionContent, number: str) -> str:
    standard = edition.standard(number)
    return f"{number} {standard.title}" if standard else number


# The matrix


def matrix(
    frames: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    *,
    caption: str,
    answers_href: Callable[[str, str], str],
) -> Matrix:
    """Organisations by standards on one basis or, with a table for each, on both."""
    word = best_word(edition)
    any_frame = next(iter(frames.values()))
    names, notes = _names(any_frame), _names(any_frame, "phase")
    cells = {basis: dict(_records(measures.matrix(frame, levels))) for basis, frame in frames.items()}
    across = {
        basis: dict(_records(measures.summary(f, By.ORGANISATION, levels))) for basis, f in frames.items()
    }
    down = {basis: dict(_records(measures.summary(f, By.STANDARD, levels))) for basis, f in frames.items()}
    whole = {basis: _first(measures.summary(f, By.TOTAL, levels)) for basis, f in frames.items()}
    standards = [s for s in edition.standards if any(s.number in table for table in down.values())]
    rows = [
        MatrixRow(
            names[ref],
            "",
            notes[ref],
            (
                *(
                    cell(
                        {b: cells[b][ref, s.number] for b in frames},
                        levels,
                        word,
                        answers_href(ref, s.number),
                    )
                    for s in standards
                ),
                cell({b: across[b][ref] for b in frames}, levels, word),
            ),
        )
        for ref in names
    ]
    totals = MatrixRow(
        "All organisations",
        "",
        "",
        (
            *(cell({b: down[b][s.number] for b in frames}, levels, word) for s in standards),
            cell(whole, levels, word),
        ),
    )
    columns = (*(Column(s.number, s.title) for s in standards), Column("", "All"))
    return Matrix(caption, "Organisation", columns, (*rows, totals) if rows else ())


def cell(figures: dict[Basis, Row], levels: Sequence[LevelContent], word: str, href: str = "") -> Cell:
    """A cell from the figures of one basis or of both; the bar is that of the first."""
    first = next(iter(figures.values()))
    if not first or not first["asked"]:
        return Cell("", (), "", "", "Not asked")
    segments = (
        *(
            (level.colour, level.letter, level.label, first[level.code])
            for level in levels
            if first[level.code]
        ),
        *((("na", "N/A", "Not applicable", first["not_applicable"]),) if first["not_applicable"] else ()),
        *((("blank", "–", "Blank", first["blank"]),) if first["blank"] else ()),
    )
    if len(figures) == 1:
        return Cell(href, segments, _of(first, word), _left_out(first), "")
    said = [f"{SHORT_LABELS[basis]}: {_all_of(row, word)}" for basis, row in figures.items()]
    return Cell(href, segments, said[0], said[1], "")


def _of(row: Row, word: str) -> str:
    return f"{row['best']} of {row['denominator']} {word}" if row["denominator"] else "None rated"


def _all_of(row: Row, word: str) -> str:
    """One basis of two in a cell: what is rated, and what is left out of it."""
    if not row["denominator"] and not row["not_applicable"]:
        return "none yet"
    return ", ".join(filter(None, (_of(row, word), _left_out(row))))


def _left_out(row: Row) -> str:
    parts = []
    if row["not_applicable"]:
        parts.append(f"{row['not_applicable']} N/A")
    if row["blank"]:
        parts.append(f"{row['blank']} blank")
    return ", ".join(parts)
