"""How well the ratings are evidenced: missing, old, and the same document again and again."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from s11.analysis import permissions
from s11.analysis.lazy import frames, pages
from s11.analysis.rules import BEST_RULE, Basis, By, Measure, counting
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.figures import Figures, asked_of, figures_of, siblings
from s11.analysis.views.ladders import columns_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.web.guards import guard

if TYPE_CHECKING:
    import pandas as pd

    from s11.analysis.pages import Proved

COLUMNS = (
    ("Best without evidence", "unproved"),
    ("Old", "old"),
    ("Out of date", "outdated"),
    ("Resting on a reused document", "reused"),
)
RULES = (
    BEST_RULE,
    counting(Measure.WEAK_EVIDENCE),
    counting(Measure.EVIDENCE_AGE),
    counting(Measure.RESTING),
)
DOCUMENTS = 20  # of those that are shown again and again


@analysis.get("/cycles/<ref>/evidence")
@guard(cycles.by_ref, see=permissions.can_see)
def evidence(cycle: Cycle) -> ResponseReturnValue:
    """Missing, old and reused evidence, by standard and by organisation."""
    asked = asked_of()
    figures = figures_of(cycle, Basis.SELF, asked=asked)
    proofs = proofs_of(figures)
    whole = proved_by(figures, proofs, By.TOTAL).get("total")
    names = pages.names(figures.own)
    standard = url_for("analysis.standard", ref=cycle.ref, number="NUMBER")
    profile = url_for("analysis.organisation", ref=cycle.ref, return_ref="RETURN")
    documents = documents_of(figures, proofs)
    return render_template(
        "analysis/evidence.html",
        cycle=cycle,
        edition=figures.edition,
        total=whole if not figures.own.empty else None,
        whole=pages.proved_line("", "Everything", "", whole) if whole else None,
        standards=[
            pages.proved_line(
                key, pages.title(figures.edition, key), standard.replace("NUMBER", quote(key)), one
            )
            for key, one in proved_by(figures, proofs, By.STANDARD).items()
            if one.best or one.evidenced
        ],
        organisations=pages.sorted_lines(
            [
                pages.proved_line(ref, names[ref], profile.replace("RETURN", ref), one)
                for ref, one in proved_by(figures, proofs, By.ORGANISATION).items()
                if ref in names
            ],
            asked,
            pages.EVIDENCE_HIGHEST_FIRST,
        ),
        documents=documents[:DOCUMENTS],
        more=max(0, len(documents) - DOCUMENTS),
        columns=columns_of(COLUMNS),
        sorted_columns=columns_of(COLUMNS, asked, "analysis.evidence", ref=cycle.ref),
        asked=asked,
        filters=figures.filters(asked),
        years=siblings(cycle),
        counting=figures.rules(*RULES),
    )


def proofs_of(figures: Figures) -> "pd.DataFrame":
    """What the organisations at hand show."""
    proofs = frames.proofs(figures.cycle)
    return proofs[proofs["return_id"].isin(figures.own["return_id"].unique())]


def proved_by(figures: Figures, proofs: "pd.DataFrame", by: By) -> "dict[str, Proved]":
    return pages.proved(figures.own, proofs, by)


def documents_of(figures: Figures, proofs: "pd.DataFrame") -> list[dict[str, str]]:
    """The documents that are shown again and again, each with whose it is."""
    own = figures.own.drop_duplicates("return_id")
    whose = {
        int(return_id): (str(name), str(ref))
        for return_id, name, ref in zip(own["return_id"], own["organisation"], own["return_ref"], strict=True)
    }
    return [
        {
            "title": whose[one.return_id][0],
            "note": one.title,
            "figure": one.figure,
            "href": url_for(
                "analysis.organisation", ref=figures.cycle.ref, return_ref=whose[one.return_id][1]
            ),
        }
        for one in pages.reused_documents(proofs)
    ]
