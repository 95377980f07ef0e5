"""What is asked, part by part: standards and themes, all of them and each by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from s11.analysis import permissions
from s11.analysis.lazy import pages
from s11.analysis.narrowing import Asked
from s11.analysis.rules import AGREEMENT_RULE, BEST_RULE, WEAK_EVIDENCE_RULE, Basis, By
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.drawing import chart_of, of_criteria
from s11.analysis.views.figures import Figures, asked_of, figures_of, siblings
from s11.analysis.views.ladders import organisations_of, sorts_of, themes_of
from s11.analysis.views.trends import criteria_over_years
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.questionnaires.rules import THEMES
from s11.web.guards import guard

if TYPE_CHECKING:
    from s11.analysis.pages import Named, Rung

THEMES_RULE = (
    "A criterion may test several themes or practice standards and counts in each of them, so that these "
    "figures do not add up to the total."
)
RULES = (BEST_RULE, AGREEMENT_RULE, WEAK_EVIDENCE_RULE)


@analysis.get("/cycles/<ref>/standards")
@guard(cycles.by_ref, see=permissions.can_see)
def standards(cycle: Cycle) -> ResponseReturnValue:
    """Every standard, one line each."""
    asked = asked_of()
    figures = figures_of(cycle, asked=asked)
    edition = figures.edition
    parts = {s.number: (s.title, tuple(c.number for c in s.criteria)) for s in edition.asked_standards}
    return render_template(
        "analysis/standards.html",
        cycle=cycle,
        edition=edition,
        levels=figures.levels,
        best=pages.best_word(edition),
        rungs=parts_of(figures, parts, "analysis.standard", numbered=True, asked=asked),
        sorts=sorts_of(asked, "analysis.standards", ref=cycle.ref),
        asked=asked,
        filters=figures.filters(asked),
        years=siblings(cycle),
        counting=figures.rules(*RULES),
    )


@analysis.get("/cycles/<ref>/themes")
@guard(cycles.by_ref, see=permissions.can_see)
def themes(cycle: Cycle) -> ResponseReturnValue:
    """Every theme and every practice standard that a criterion tests."""
    asked = asked_of()
    figures = figures_of(cycle, asked=asked)
    found = themes_of(figures.edition)
    of_framework = {code: part for code, part in found.items() if code in THEMES}
    practice = {code: part for code, part in found.items() if code not in THEMES}
    return render_template(
        "analysis/themes.html",
        cycle=cycle,
        edition=figures.edition,
        levels=figures.levels,
        best=pages.best_word(figures.edition),
        themes=parts_of(figures, of_framework, "analysis.theme", asked=asked),
        practice=parts_of(figures, practice, "analysis.theme", asked=asked),
        sorts=sorts_of(asked, "analysis.themes", ref=cycle.ref),
        asked=asked,
        filters=figures.filters(asked),
        years=siblings(cycle),
        counting=figures.rules(THEMES_RULE, *RULES),
    )


@analysis.get("/cycles/<ref>/standards/<number>")
@guard(cycles.by_ref, see=permissions.can_see)
def standard(cycle: Cycle, number: str) -> ResponseReturnValue:
    """One standard: everybody's answers to it, criterion by criterion."""
    every = cycles.content_of(cycle).asked_standards
    place = next((place for place, one in enumerate(every) if one.number == number), None)
    if place is None:
        abort(404)
    one = every[place]
    word = cycles.content_of(cycle).labels.get("standard", "Standard")

    def there(at: int) -> tuple[str, str] | None:
        if not 0 <= at < len(every):
            return None
        href = url_for("analysis.standard", ref=cycle.ref, number=every[at].number)
        return f"{every[at].number} {every[at].title}", href

    return part(
        cycle,
        [c.number for c in one.criteria],
        title=f"{one.number} {one.title}",
        word=word,
        name=f"standard-{number}",
        number=number,
        up=(cycles.content_of(cycle).labels.get("standards", "Standards"), "analysis.standards"),
        before=there(place - 1),
        after=there(place + 1),
    )


@analysis.get("/cycles/<ref>/themes/<code>")
@guard(cycles.by_ref, see=permissions.can_see)
def theme(cycle: Cycle, code: str) -> ResponseReturnValue:
    """One theme or practice standard: the criteria that test it."""
    found = themes_of(cycles.content_of(cycle))
    if code not in found and code not in THEMES:
        abort(404)
    title, numbers = found.get(code, (THEMES.get(code, code), ()))
    return part(
        cycle,
        numbers,
        title=title,
        word="Theme" if code in THEMES else "Practice standard",
        name=f"theme-{code}",
        up=("Themes", "analysis.themes"),
    )


def part(
    cycle: Cycle,
    numbers: Sequence[str],
    *,
    title: str,
    word: str,
    name: str,
    up: tuple[str, str],
    number: str = "",
    before: tuple[str, str] | None = None,
    after: tuple[str, str] | None = None,
) -> ResponseReturnValue:
    """The page of some criteria: of a standard (with its number) or of a theme."""
    asked = asked_of()
    whole = figures_of(cycle, asked=asked)
    tables = {basis: pages.of_criteria(table, numbers) for basis, table in whole.tables.items()}
    figures = replace(whole, tables=tables)
    found = pages.tallies(tables[Basis.SELF], tables[Basis.MODERATED], By.CRITERION, figures.levels)
    total = pages.together(found, found)
    words = {criterion.number: criterion for criterion in figures.edition.criteria}
    labels = {code: label for code, (label, _) in themes_of(figures.edition).items()}

    def named(key: str) -> "Named":
        return pages.Named(f"{key} {words[key].headline}")

    def tested(key: str) -> tuple[tuple[str, str], ...]:
        codes = (*words[key].themes, *words[key].practice_standards)
        return (("; ".join(labels[code] for code in codes if code in labels) or "None named", ""),)

    place: dict[str, Any] = {"number": number} if number else {"code": name.removeprefix("theme-")}
    return render_template(
        "analysis/part.html",
        cycle=cycle,
        edition=figures.edition,
        levels=figures.levels,
        best=pages.best_word(figures.edition),
        title=title,
        word=word,
        code=name.removeprefix("theme-"),
        nothing_asked=not numbers,
        number=number,
        up=up,
        before=before,
        after=after,
        total=pages.rung("", total, pages.Named(title), figures.levels) if total else None,
        criteria=pages.ladder(found, named, figures.levels, extra=tested),
        organisations=organisations_of(figures, asked, number=number),
        sorts=sorts_of(
            asked,
            "analysis.standard" if number else "analysis.theme",
            ref=cycle.ref,
            **place,
        ),
        chart=chart_of(
            figures,
            of_criteria(figures, list(numbers)),
            "standard" if number else "theme",
            **place,
            **asked.filters,
        ),
        asked=asked,
        filters=figures.filters(asked),
        counting=figures.rules(*RULES, *(() if number else (THEMES_RULE,))),
        years=over_years_of(cycle, asked, number),
    )


def over_years_of(cycle: Cycle, asked: Asked, number: str) -> object | None:
    """A standard and its criteria year by year; a theme is tested by other criteria each year."""
    one = cycles.content_of(cycle).standard(number) if number else None
    if one is None:
        return None
    return criteria_over_years(cycle, asked, [criterion.key for criterion in one.criteria], one.key)


def parts_of(
    figures: Figures,
    parts: Mapping[str, tuple[str, tuple[str, ...]]],
    endpoint: str,
    *,
    numbered: bool = False,
    asked: Asked | None = None,
) -> "tuple[Rung, ...]":
    """A line a part, each the sum of its criteria; a part nobody was asked is left out."""
    found = pages.tallies(figures.own, figures.moderated, By.CRITERION, figures.levels)
    sums = {key: tally for key, (_, numbers) in parts.items() if (tally := pages.together(found, numbers))}
    argument = "number" if numbered else "code"

    def named(key: str) -> "Named":
        title, numbers = parts[key]
        there: dict[str, Any] = {"ref": figures.cycle.ref, argument: key}
        href = url_for(endpoint, **there)
        word = figures.edition.labels.get("criteria", "criteria").lower()
        return pages.Named(f"{key} {title}" if numbered else title, href, f"{len(numbers)} {word}")

    return pages.ladder(sums, named, figures.levels, asked=asked)
