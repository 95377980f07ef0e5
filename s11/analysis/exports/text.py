"""Figures as CSV, for spreadsheets and for machines."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from s11.analysis.measures import By
from s11.analysis.rules import Basis, one_decimal
from s11.organisations.rules import KIND_LABELS
from s11.questionnaires.rules import EditionContent, LevelContent

RATING_COLUMNS = (
    "cycle", "organisation", "kind", "standard", "criterion", "rating", "label", "value", "counts",
    "not_applicable_reason",
)  # fmt: skip
# A spreadsheet runs a cell that begins with one of these as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a plain number stays as it is."""
    if not text.startswith(DANGEROUS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def number(value: float | None) -> str:
    """75.0 as "75", 0.5 as "0.5", nothing as nothing."""
    if value is None or np.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def ratings_csv(frame: pd.DataFrame, cycle_code: str) -> str:
    """The long table, one line a rating, in the columns `RATING_COLUMNS`."""
    columns: list[Sequence[str]] = [
        [safe(cycle_code)] * len(frame),
        *(
            _texts(frame[name])
            for name in ("organisation", "kind", "standard", "criterion", "rating", "label")
        ),
        _texts(frame["value"].astype("category"), number),
        np.where(frame["counts"], "true", "false").tolist(),
        _texts(frame["not_applicable_reason"]),
    ]
    return written(RATING_COLUMNS, zip(*columns, strict=True))


def _texts(column: pd.Series, say: Any = str) -> list[str]:
    """A column as safe texts. Each text is made safe once, not once a row."""
    column = column.astype("category")
    said = np.array([safe(say(value)) for value in column.cat.categories] + [""], dtype=object)
    texts: list[str] = said[column.cat.codes.to_numpy()].tolist()  # the code of "nothing" is -1: the last
    return texts


SCORE_COLUMNS = ("cycle", "by", "key", "title", "rated", "weight", "score")


def scores_csv(table: pd.DataFrame, cycle_code: str, by: By, titles: dict[str, tuple[str, str]]) -> str:
    """Weighted scores, one line a group, to two decimals; `titles` as in `summary_csv`."""
    lines: list[list[str]] = []
    for group, row in table.iterrows():
        key, title = titles[str(group)]
        score = "" if np.isnan(row["score"]) else f"{row['score']:.2f}"
        weight = number(float(row["weight"]))
        rated = str(int(row["rated"]))
        lines.append([safe(cycle_code), str(by), safe(key), safe(title), rated, weight, score])
    return written(SCORE_COLUMNS, lines)


def summary_columns(levels: Sequence[LevelContent]) -> list[str]:
    """The figures of a summary in the order printed."""
    return [
        "returns", "asked", *(v.code for v in levels), "not_applicable", "blank", "denominator",
        *(f"{v.code}_pct" for v in levels), *(f"{v.code}_pct_of_all" for v in levels),
    ]  # fmt: skip


def summary_csv(
    table: pd.DataFrame,
    cycle_code: str,
    by: By,
    titles: dict[str, tuple[str, str]],
    levels: Sequence[LevelContent],
) -> str:
    """A summary, one line a group; `titles` maps what is in its index to key and title."""
    columns = summary_columns(levels)
    lines = (
        [safe(cycle_code), str(by), *map(safe, titles[str(group)]), *_figures(row, columns)]
        for group, row in zip(table.index, table[columns].to_dict("records"), strict=True)
    )
    return written(["cycle", "by", "key", "title", *columns], lines)


def matrix_csv(
    table: pd.DataFrame,
    cycle_code: str,
    basis: Basis,
    organisations: dict[str, tuple[str, str]],
    edition: EditionContent,
    levels: Sequence[LevelContent],
) -> str:
    """A matrix, a line an organisation and standard; `organisations` gives name and kind by ref of return."""
    columns = summary_columns(levels)[1:]
    titles = {standard.number: standard.title for standard in edition.standards}
    lines = (
        [
            safe(cycle_code), str(basis), *map(safe, organisations[ref]),
            safe(standard), safe(titles[standard]), *_figures(row, columns),
        ]
        for (ref, standard), row in zip(table.index, table[columns].to_dict("records"), strict=True)
        if row["asked"]
    )  # fmt: skip
    return written(["cycle", "basis", "organisation", "kind", "standard", "title", *columns], lines)


def named(frame: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Name and kind of the organisation behind each return's ref."""
    once = frame.drop_duplicates("return_ref")
    columns = (once[name].astype(str) for name in ("return_ref", "organisation", "kind"))
    return {ref: (name, kind) for ref, name, kind in zip(*columns, strict=True)}


def _figures(row: dict[Any, Any], columns: Iterable[str]) -> list[str]:
    """Counts as they are, shares with one decimal, and nothing where there is nothing to share."""
    return [
        one_decimal(row[name]) if name.endswith(("_pct", "_pct_of_all")) else str(int(row[name]))
        for name in columns
    ]


def written(head: Iterable[str], lines: Iterable[Sequence[str]]) -> str:
    """CSV text with plain line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return text.getvalue()


def titles_of(frame: pd.DataFrame, by: By, edition: EditionContent) -> dict[str, tuple[str, str]]:
    """Key and title of each group of a summary; the key is what `ratings` prints in that column."""
    if by is By.TOTAL:
        return {"total": ("total", "All organisations")}
    if by is By.STANDARD:
        return {standard.number: (standard.number, standard.title) for standard in edition.standards}
    if by is By.CRITERION:
        return {criterion.number: (criterion.number, criterion.text) for criterion in edition.criteria}
    if by is By.KIND:
        return {str(kind): (str(kind), label) for kind, label in KIND_LABELS.items()}
    return {ref: (name, name) for ref, (name, _) in named(frame).items()}
