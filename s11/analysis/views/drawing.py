"""What the charts of organisations, standards, themes and comparisons show, for their pages and pictures.

A picture is asked for by its name and, in its address, by what it is of, so that it is guarded and narrowed
as its page is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

from s11.analysis.lazy import measures, pages
from s11.analysis.rules import Basis, By
from s11.analysis.views.figures import Figures
from s11.questionnaires.rules import StandardContent

if TYPE_CHECKING:
    import pandas as pd

    from s11.analysis.pages import Chart

NARROW = "-narrow"


@dataclass(frozen=True)
class Drawn:
    """Summaries by basis, what each of their groups is called, and the title of the picture."""

    tables: "Mapping[Basis, pd.DataFrame]"
    called: Mapping[str, str]
    title: str
    what: str


def of_organisation(figures: Figures, ref: str) -> Drawn:
    """One organisation, standard by standard."""
    edition = figures.edition
    tables = {basis: pages.of_returns(table, [ref]) for basis, table in figures.tables.items()}
    called = {one.number: pages.title(edition, one.number) for one in edition.standards}
    word = edition.labels.get("standard", "Standard")
    return Drawn(summaries(figures, tables, By.STANDARD), called, f"Ratings by {word.lower()}", word)


def of_criteria(figures: Figures, numbers: list[str]) -> Drawn:
    """Some criteria: those of a standard or of a theme."""
    edition = figures.edition
    tables = {basis: pages.of_criteria(table, numbers) for basis, table in figures.tables.items()}
    called = {c.number: f"{c.number} {c.headline}" for c in edition.criteria if c.number in set(numbers)}
    word = edition.labels.get("criterion", "Criterion")
    return Drawn(summaries(figures, tables, By.CRITERION), called, f"Ratings by {word.lower()}", word)


def of_several(figures: Figures, called: Mapping[str, str], standard: StandardContent | None = None) -> Drawn:
    """Organisations beside each other: everything each was asked, or one standard; `called` by ref of the
    return."""
    tables = {basis: pages.of_returns(table, called) for basis, table in figures.tables.items()}
    if standard is not None:
        numbers = [criterion.number for criterion in standard.criteria]
        tables = {basis: pages.of_criteria(table, numbers) for basis, table in tables.items()}
    about = f", {standard.number} {standard.title}" if standard else ""
    return Drawn(
        summaries(figures, tables, By.ORGANISATION), called, f"Ratings by organisation{about}", "Organisation"
    )


def summaries(
    figures: Figures, tables: "Mapping[Basis, pd.DataFrame]", by: By
) -> "dict[Basis, pd.DataFrame]":
    return {basis: measures.counts(table, by, figures.levels) for basis, table in tables.items()}


def chart_of(figures: Figures, drawn: Drawn, name: str, **address: Any) -> "Chart":
    """The chart of a page; its picture is of this name, with this address."""
    word = pages.best_word(figures.edition)
    return pages.picture(
        drawn.tables,
        drawn.called,
        figures.levels,
        title=drawn.title,
        what=drawn.what,
        word=word,
        summary=pages.counted_words(drawn.tables, drawn.called, word),
        href=lambda narrow: url_for(
            "analysis.chart", ref=figures.cycle.ref, name=f"{name}{NARROW if narrow else ''}", **address
        ),
    )
