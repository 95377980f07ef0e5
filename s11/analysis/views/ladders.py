"""Lines of tables with where they lead, for several pages and their files."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flask import url_for

from s11.analysis.lazy import pages
from s11.analysis.narrowing import BY_NAME, Asked
from s11.analysis.rules import By
from s11.analysis.views.figures import Figures
from s11.organisations.rules import KIND_LABELS, Kind
from s11.questionnaires.rules import THEMES, EditionContent

if TYPE_CHECKING:
    from s11.analysis.pages import Named, Rung

SORTS = (BY_NAME, "best", "moderated", "differing", "unproved")


def sorts_of(asked: Asked, endpoint: str, **place: Any) -> dict[str, tuple[str, str]]:
    """Where the title of each column leads, and how the column is sorted now."""
    return {
        sort: (url_for(endpoint, **place, **asked.sorted_by(sort)), asked.direction(sort)) for sort in SORTS
    }


def columns_of(
    columns: Sequence[tuple[str, str]], asked: Asked | None = None, endpoint: str = "", **place: Any
) -> list[tuple[str, str, str]]:
    """Title of each column, where it leads to be sorted by, and how it is sorted; no link without `asked`.
    `columns`: titles, and the name of what each is sorted by (empty: by nothing)."""
    return [
        (title, url_for(endpoint, **place, **asked.sorted_by(sort)), asked.direction(sort))
        if asked is not None and sort
        else (title, "", "")
        for title, sort in columns
    ]


def organisations_of(figures: Figures, asked: Asked | None = None, *, number: str = "") -> "tuple[Rung, ...]":
    """A line an organisation; with a standard's number, its answers to that one beside it."""
    own, moderated = figures.own, figures.moderated
    found = pages.tallies(own, moderated, By.ORGANISATION, figures.levels)
    names, kinds = pages.names(own), pages.names(own, "kind")
    profile = url_for("analysis.organisation", ref=figures.cycle.ref, return_ref="RETURN")
    answers = (
        url_for("analysis.answers", ref=figures.cycle.ref, return_ref="RETURN", number=number)
        if number
        else ""
    )

    def named(ref: str) -> "Named":
        there = answers.replace("RETURN", ref)
        return pages.Named(names[ref], profile.replace("RETURN", ref), KIND_LABELS[Kind(kinds[ref])], there)

    return pages.ladder(found, named, figures.levels, asked=asked)


def themes_of(edition: EditionContent) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The themes and practice standards of an edition, each with what it is called and the numbers of the
    criteria that test it: themes first, in the order of the framework of learning."""
    found: dict[str, list[str]] = {}
    for criterion in edition.asked_criteria:
        for code in (*criterion.themes, *criterion.practice_standards) if criterion.rated else ():
            found.setdefault(code, []).append(criterion.number)
    themes = [code for code in THEMES if code in found]
    practice = sorted((code for code in found if code not in THEMES), key=in_order)
    return {
        code: (THEMES.get(code, f"Practice standard {code}"), tuple(found[code]))
        for code in (*themes, *practice)
    }


def in_order(number: str) -> list[int | str]:
    """6.10 after 6.9."""
    return [int(part) if part.isdigit() else part for part in number.split(".")]


def asked_numbers(edition: EditionContent, numbers: Iterable[str]) -> list[str]:
    wanted = set(numbers)
    return [criterion.number for criterion in edition.asked_criteria if criterion.number in wanted]
