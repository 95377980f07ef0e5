"""Self-assessment against moderation, by standard and by organisation."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from s11.analysis import permissions
from s11.analysis.lazy import pages
from s11.analysis.rules import KAPPA_WORDS_RULE, By, Measure, counting
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.figures import Figures, asked_of, figures_of, siblings
from s11.analysis.views.ladders import columns_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.web.guards import guard

if TYPE_CHECKING:
    from s11.analysis.pages import Agreed

COLUMNS = (
    ("Compared", ""),
    ("Agreed", "agreed"),
    ("Agency higher", "higher"),
    ("Agency lower", "lower"),
    ("Weighted kappa", "kappa"),
    ("Mean steps above the moderator", "steps"),
)
RULES = (
    counting(Measure.AGREEMENT),
    counting(Measure.KAPPA),
    KAPPA_WORDS_RULE,
    counting(Measure.DIRECTION),
)


@analysis.get("/cycles/<ref>/agreement")
@guard(cycles.by_ref, see=permissions.can_see)
def agreement(cycle: Cycle) -> ResponseReturnValue:
    """How far self-assessment and moderation agree, and who is optimistic."""
    asked = asked_of()
    figures = figures_of(cycle, asked=asked)
    whole = agreed_by(figures, By.TOTAL).get("total")
    names = pages.names(figures.own)
    standard = url_for("analysis.standard", ref=cycle.ref, number="NUMBER")
    profile = url_for("analysis.organisation", ref=cycle.ref, return_ref="RETURN")
    return render_template(
        "analysis/agreement.html",
        cycle=cycle,
        edition=figures.edition,
        whole=pages.agreed_line("", "Everything", "", whole) if whole else None,
        total=whole,
        standards=[
            pages.agreed_line(
                key, pages.title(figures.edition, key), standard.replace("NUMBER", quote(key)), one
            )
            for key, one in agreed_by(figures, By.STANDARD).items()
        ],
        organisations=pages.sorted_lines(
            [
                pages.agreed_line(ref, names[ref], profile.replace("RETURN", ref), one)
                for ref, one in agreed_by(figures, By.ORGANISATION).items()
                if ref in names
            ],
            asked,
            pages.AGREEMENT_HIGHEST_FIRST,
        ),
        columns=columns_of(COLUMNS),
        sorted_columns=columns_of(COLUMNS, asked, "analysis.agreement", ref=cycle.ref),
        asked=asked,
        filters=figures.filters(asked),
        years=siblings(cycle),
        counting=figures.rules(*RULES),
    )


def agreed_by(figures: Figures, by: By) -> "dict[str, Agreed]":
    return pages.agreed(figures.own, figures.moderated, figures.edition, by)
