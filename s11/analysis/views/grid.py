"""The matrix: organisations by standards or by criteria."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis import permissions, queries
from s11.analysis.lazy import exports, measures, pages
from s11.analysis.narrowing import BASES_LABELS, CRITERIA, Asked
from s11.analysis.rules import BEST_RULE
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.figures import Figures, asked_of, figures_of, siblings
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.limits import limited

if TYPE_CHECKING:
    from s11.analysis.pages import LetterMatrix, Matrix, Order

CAPTIONS = {
    "self": "self-assessment",
    "moderated": "moderated ratings",
    "both": "self-assessment (S), with moderated ratings (M) beneath",
}
LETTER_CAPTIONS = {**CAPTIONS, "both": "self-assessment, and after it the moderated rating"}
# A page of 30,000 letters is slow to load and to scroll; one of 600 bars a standard is not.
ORGANISATIONS_A_PAGE, BY_CRITERIA_A_PAGE = 600, 100


@analysis.get("/cycles/<ref>/matrix")
@guard(cycles.by_ref, see=permissions.can_see)
def matrix(cycle: Cycle) -> ResponseReturnValue:
    """Organisations by standards or criteria, narrowed and ordered as the address asks."""
    asked = asked_of()
    figures = figures_of(cycle, *asked.bases, asked=asked)
    is_by_criteria = asked.by == CRITERIA
    table = letters_of(figures, asked) if is_by_criteria else bars_of(figures, asked)
    return render_template(
        "analysis/matrix.html",
        cycle=cycle,
        edition=figures.edition,
        levels=figures.levels,
        asked=asked,
        table=table,
        is_by_criteria=is_by_criteria,
        bases=BASES_LABELS,
        filters=figures.filters(asked),
        years=siblings(cycle),
        counting=figures.rules(BEST_RULE),
        not_in=queries.not_in(cycle.id),
        standing=queries.standing([cycle.id])[cycle.id],
    )


def bars_of(figures: Figures, asked: Asked) -> "Matrix":
    cycle = figures.cycle
    # Thousands of cells: their addresses are put together from one, not made one by one.
    pattern = url_for("analysis.answers", ref=cycle.ref, return_ref="RETURN", number="NUMBER")
    numbers = {s.number: pattern.replace("NUMBER", quote(s.number)) for s in figures.edition.standards}
    profile = url_for("analysis.organisation", ref=cycle.ref, return_ref="RETURN")
    return pages.matrix(
        figures.tables,
        figures.edition,
        figures.levels,
        caption=f"{cycle.title}: {CAPTIONS[asked.basis]}",
        return_href=lambda return_ref: profile.replace("RETURN", return_ref),
        answers_href=lambda return_ref, number: numbers[number].replace("RETURN", return_ref),
        order=order_of(cycle, asked, ORGANISATIONS_A_PAGE),
    )


def letters_of(figures: Figures, asked: Asked) -> "LetterMatrix":
    cycle = figures.cycle
    pattern = url_for("analysis.answers", ref=cycle.ref, return_ref="RETURN", number="NUMBER")
    numbers = {s.number: pattern.replace("NUMBER", quote(s.number)) for s in figures.edition.standards}
    profile = url_for("analysis.organisation", ref=cycle.ref, return_ref="RETURN")
    return pages.letter_matrix(
        figures.tables,
        figures.edition,
        figures.levels,
        caption=f"{cycle.title}: {LETTER_CAPTIONS[asked.basis]}",
        return_href=lambda return_ref: profile.replace("RETURN", return_ref),
        answers_href=lambda return_ref, number, criterion_id: (
            f"{numbers[number].replace('RETURN', return_ref)}#c{criterion_id}-heading"
        ),
        order=order_of(cycle, asked, BY_CRITERIA_A_PAGE),
    )


def order_of(cycle: Cycle, asked: Asked, page_size: int) -> "Order":
    return pages.Order(asked, lambda address: url_for("analysis.matrix", ref=cycle.ref, **address), page_size)


@analysis.get("/cycles/<ref>/matrix.csv")
@guard(cycles.by_ref, see=permissions.can_see)
@limited("export")
def matrix_csv(cycle: Cycle) -> ResponseReturnValue:
    """The matrix as a file, both bases one after the other: a line an organisation and standard, or a line an
    organisation where the page shows criteria."""
    asked = asked_of()
    figures = figures_of(cycle, *asked.bases, asked=asked)
    is_by_criteria = asked.by == CRITERIA
    text = criteria_csv(figures) if is_by_criteria else standards_csv(figures)
    answer = Response(text, mimetype="text/csv")
    name = f"matrix-{cycle.code}{'-criteria' if is_by_criteria else ''}-{asked.basis}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    look(
        "cycle:figures:exported",
        cycle.id,
        by=current_user._get_current_object(),
        partnership_id=cycle.partnership_id,
    )
    return answer


def criteria_csv(figures: Figures) -> str:
    return exports.csv_of(exports.criteria_matrix_table(figures.tables, figures.edition, "", ()))


def standards_csv(figures: Figures) -> str:
    edition, levels = figures.edition, figures.levels
    texts = [
        exports.matrix_csv(
            measures.matrix(frame, levels), figures.cycle.code, basis, exports.named(frame), edition, levels
        )
        for basis, frame in figures.tables.items()
    ]
    lines = texts[0] + "".join(text.split("\n", 1)[1] for text in texts[1:])
    # The mark at the start tells Excel that the letters are UTF-8.
    return "\ufeff" + lines
