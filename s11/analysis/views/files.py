"""Every table as a file, CSV or Excel, narrowed as its page is."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis import permissions, queries
from s11.analysis.lazy import exports, measures, pages
from s11.analysis.narrowing import CRITERIA
from s11.analysis.rules import (
    AGREEMENT_RULE,
    BEST_RULE,
    RETURN_RATES_RULE,
    WEAK_EVIDENCE_RULE,
    YEARS_RULE,
    By,
)
from s11.analysis.views.agreement import RULES as AGREEMENT_RULES
from s11.analysis.views.agreement import agreed_by
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.comparing import chosen_of, tallies_of, titles_of
from s11.analysis.views.evidence import RULES as EVIDENCE_RULES
from s11.analysis.views.evidence import proofs_of, proved_by
from s11.analysis.views.figures import Figures, asked_of, figures_of
from s11.analysis.views.ladders import themes_of
from s11.analysis.views.returning import rates_of
from s11.analysis.views.trends import years_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.limits import limited

if TYPE_CHECKING:
    from s11.analysis.exports import Table
    from s11.analysis.pages import Tally

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RULES = (BEST_RULE, AGREEMENT_RULE, WEAK_EVIDENCE_RULE)


@analysis.get("/cycles/<ref>/tables/<name>.<suffix>")
@guard(cycles.by_ref, see=permissions.can_see)
@limited("export")
def table(cycle: Cycle, name: str, suffix: str) -> ResponseReturnValue:
    """A table of figures by its name."""
    if suffix not in TYPES or name not in TABLES:
        abort(404)
    asked = asked_of()
    figures = figures_of(cycle, *(asked.bases if name == "matrix" else ()), asked=asked)
    made = TABLES[name](figures)
    content = exports.csv_of(made) if suffix == "csv" else exports.workbook([made])
    answer = Response(content, mimetype=TYPES[suffix])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}-{cycle.code}.{suffix}")
    look(
        "cycle:figures:exported",
        cycle.id,
        by=current_user._get_current_object(),
        partnership_id=cycle.partnership_id,
    )
    return answer


def rules_of(figures: Figures) -> list[str]:
    """How it is counted, and how many are in."""
    standing = queries.standing([figures.cycle.id])[figures.cycle.id]
    return [f"{standing.returned} of {standing.expected} returns are in.", *figures.rules(*RULES)]


def ratings(figures: Figures) -> "Table":
    return exports.ratings_table(
        figures.own, figures.moderated, figures.edition, figures.cycle.code, rules_of(figures)
    )


def matrix(figures: Figures) -> "Table":
    """By standard, or by criterion where the page shows criteria."""
    if asked_of().by == CRITERIA:
        title = f"Matrix by criterion of {figures.cycle.code}"
        return exports.criteria_matrix_table(figures.tables, figures.edition, title, rules_of(figures))
    cells = {basis: measures.matrix(frame, figures.levels) for basis, frame in figures.tables.items()}
    title = f"Matrix of {figures.cycle.code}"
    return exports.matrix_table(
        cells, figures.tables, figures.edition, figures.levels, title, rules_of(figures)
    )


def organisations(figures: Figures) -> "Table":
    found = pages.tallies(figures.own, figures.moderated, By.ORGANISATION, figures.levels)
    return rungs(figures, found, pages.names(figures.own), "Organisation")


def standards(figures: Figures) -> "Table":
    found = pages.tallies(figures.own, figures.moderated, By.STANDARD, figures.levels)
    asked = {number: tally for number, tally in found.items() if tally.asked}
    names = {number: pages.title(figures.edition, number) for number in asked}
    return rungs(figures, asked, names, figures.edition.labels.get("standard", "Standard"))


def criteria(figures: Figures) -> "Table":
    found = pages.tallies(figures.own, figures.moderated, By.CRITERION, figures.levels)
    asked = {number: tally for number, tally in found.items() if tally.asked}
    by_number = figures.edition.by_number
    names = {number: f"{number} {by_number[number].headline}" for number in asked}
    return rungs(figures, asked, names, figures.edition.labels.get("criterion", "Criterion"))


def themes(figures: Figures) -> "Table":
    found = pages.tallies(figures.own, figures.moderated, By.CRITERION, figures.levels)
    parts = themes_of(figures.edition)
    sums = {code: tally for code, (_, numbers) in parts.items() if (tally := pages.together(found, numbers))}
    return rungs(figures, sums, {code: parts[code][0] for code in sums}, "Theme or practice standard")


def comparison(figures: Figures) -> "Table":
    """What is chosen beside each other; without names where the page has none."""
    chosen = chosen_of(figures)
    if chosen.anonymous and chosen.few:
        abort(404)
    found = {
        (ref, number): tally
        for ref, by_standard in tallies_of(figures, chosen).items()
        for number, tally in by_standard.items()
    }
    titles = titles_of(figures, chosen)
    names = {(ref, number): f"{chosen.called[ref]}: {titles[number]}" for ref, number in found}
    what = "Organisation and standard" if chosen.standard is None else "Organisation and criterion"
    return rungs(figures, found, names, what)


def years(figures: Figures) -> "Table":
    """Every standard and criterion in every year, and why a year cannot be compared with the one before."""
    told = years_of(figures.cycle, until=False)
    if not told.titles:
        abort(404)
    every = (told.titles, told.frames, told.editions)
    lines = [*pages.trend(*every, By.STANDARD).lines, *pages.trend(*every, By.CRITERION).lines]
    return exports.years_table(
        list(told.titles.values()),
        lines,
        f"Years of {figures.edition.framework_code}",
        [*rules_of(figures), YEARS_RULE],
    )


def agreement(figures: Figures) -> "Table":
    """Standards, organisations and everything together: how own and moderated ratings agree."""
    edition = figures.edition
    standards = {one.number: pages.title(edition, one.number) for one in edition.standards}
    groups = [
        (by, names.get(key, key), one)
        for by, names, found in (
            (edition.labels.get("standard", "Standard"), standards, agreed_by(figures, By.STANDARD)),
            ("Organisation", pages.names(figures.own), agreed_by(figures, By.ORGANISATION)),
            ("All", {"total": "Everything"}, agreed_by(figures, By.TOTAL)),
        )
        for key, one in found.items()
        if one.compared
    ]
    scales = dict.fromkeys(kappa.scale for _, _, one in groups for kappa in one.kappas)
    title = f"Agreement of {figures.cycle.code}"
    return exports.agreement_table(groups, list(scales), title, [*rules_of(figures), *AGREEMENT_RULES])


def evidence(figures: Figures) -> "Table":
    """Standards, organisations and everything together: how well the ratings are evidenced."""
    edition, proofs = figures.edition, proofs_of(figures)
    standards = {one.number: pages.title(edition, one.number) for one in edition.standards}
    groups = [
        (by, names.get(key, key), one)
        for by, names, found in (
            (edition.labels.get("standard", "Standard"), standards, proved_by(figures, proofs, By.STANDARD)),
            ("Organisation", pages.names(figures.own), proved_by(figures, proofs, By.ORGANISATION)),
            ("All", {"total": "Everything"}, proved_by(figures, proofs, By.TOTAL)),
        )
        for key, one in found.items()
        if one.best or one.evidenced
    ]
    title = f"Evidence of {figures.cycle.code}"
    return exports.evidence_table(groups, title, [*rules_of(figures), *EVIDENCE_RULES])


def returned(figures: Figures) -> "Table":
    """Every cycle of the questionnaire: who was asked, and who returned by when."""
    told = {cycle.title: rate for cycle, rate in rates_of(figures.cycle)}
    title = f"Returns of {figures.edition.framework_code}"
    return exports.returns_table(told, title, [RETURN_RATES_RULE])


def rungs(figures: Figures, found: "Mapping[Any, Tally]", names: Mapping[Any, str], what: str) -> "Table":
    title = f"{what}s of {figures.cycle.code}" if " " not in what else f"{what}, {figures.cycle.code}"
    return exports.rungs_table(found, names, what, figures.levels, title, rules_of(figures))


TABLES: "dict[str, Callable[[Figures], Table]]" = {
    "ratings": ratings,
    "matrix": matrix,
    "organisations": organisations,
    "standards": standards,
    "criteria": criteria,
    "themes": themes,
    "comparison": comparison,
    "agreement": agreement,
    "evidence": evidence,
    "returns": returned,
    "years": years,
}
