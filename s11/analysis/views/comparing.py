"""Chosen organisations beside each other, by name for the Board or as A, B, C to be shown to agencies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from s11.analysis import permissions
from s11.analysis.lazy import pages
from s11.analysis.narrowing import BASES_LABELS, Asked
from s11.analysis.rules import BEST_RULE, Basis, By
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.drawing import chart_of, of_several
from s11.analysis.views.figures import Figures, asked_of, figures_of, known, siblings
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.questionnaires.rules import StandardContent
from s11.web.guards import guard

if TYPE_CHECKING:
    from s11.analysis.pages import Matrix, Tally

MOST = 26  # organisations beside each other: more are read in the matrix
HIDDEN = "hidden"
TOO_FEW = (
    "Choose at least {fewest} organisations to compare them without names: of fewer, each would be easily "
    "guessed."
)
LETTERS_RULE = (
    "The letters are drawn by lot: neither names nor ratings decide their order. The same organisations keep "
    "the same letters. A standard that only some are asked can still give one away: compare organisations "
    "that were asked alike before you show this to anybody."
)


@dataclass(frozen=True)
class Chosen:
    """Which organisations are compared, in what, and whether they are named. `few`: too few to leave names
    out."""

    refs: tuple[str, ...]
    anonymous: bool
    few: bool
    called: dict[str, str]
    # Whose criteria are compared; None: standards are.
    standard: StandardContent | None = None

    @property
    def address(self) -> dict[str, object]:
        return self.but(self.standard.number if self.standard else "")

    def but(self, number: str) -> dict[str, object]:
        """The address of the same for the criteria of this standard, or for all standards."""
        names = {"names": HIDDEN} if self.anonymous else {}
        return {"with": list(self.refs), **names, **({"standard": number} if number else {})}


@analysis.get("/cycles/<ref>/comparison")
@guard(cycles.by_ref, see=permissions.can_see)
def comparison(cycle: Cycle) -> ResponseReturnValue:
    """Choose organisations, and see them beside each other."""
    asked = asked_of()
    figures = figures_of(cycle, asked=asked)
    chosen = chosen_of(figures)
    show = chosen.refs and not (chosen.anonymous and chosen.few)
    names = pages.names(figures.own)
    return render_template(
        "analysis/comparison.html",
        cycle=cycle,
        edition=figures.edition,
        levels=figures.levels,
        asked=asked,
        chosen=chosen,
        most=MOST,
        too_few=TOO_FEW.format(fewest=cycle.partnership.small_group),
        choices=sorted(names.items(), key=lambda pair: pair[1].casefold()),
        table=compared(figures, chosen, asked) if show else None,
        chart=chart_of(
            figures,
            of_several(figures, chosen.called, chosen.standard),
            "comparison",
            **{**asked.filters, **chosen.address},
        )
        if show
        else None,
        bases=BASES_LABELS,
        filters=figures.filters(asked),
        years=siblings(cycle),
        counting=figures.rules(BEST_RULE, *((LETTERS_RULE,) if chosen.anonymous else ())),
    )


def chosen_of(figures: Figures) -> Chosen:
    """What the address chooses, of those that are in."""
    names = pages.names(figures.own)
    refs = known(request.args.getlist("with"), list(names))[:MOST]
    anonymous = request.args.get("names") == HIDDEN
    few = len(refs) < figures.cycle.partnership.small_group
    if anonymous:
        drawn = pages.letters_for(refs, f"{current_app.secret_key!s}{figures.cycle.ref}")
        called = dict(sorted(drawn.items(), key=lambda pair: (len(pair[1]), pair[1])))
    else:
        short = pages.called_of(figures.own)
        called = {ref: short[ref] for ref in sorted(refs, key=lambda ref: names[ref].casefold())}
    standard = figures.edition.standard(request.args.get("standard", ""))
    return Chosen(tuple(refs), anonymous, few, called, standard)


def titles_of(figures: Figures, chosen: Chosen) -> dict[str, str]:
    """What is compared, by number: the standards, or the criteria of the one that is chosen."""
    if chosen.standard is None:
        return {one.number: pages.title(figures.edition, one.number) for one in figures.edition.standards}
    return {one.number: f"{one.number} {one.headline}" for one in chosen.standard.criteria if one.rated}


def tallies_of(figures: Figures, chosen: Chosen) -> "dict[str, dict[str, Tally]]":
    """What each of the chosen adds up to in each standard, or in each criterion of the one that is chosen."""
    titles = titles_of(figures, chosen)
    by = By.STANDARD if chosen.standard is None else By.CRITERION
    found: dict[str, dict[str, Tally]] = {}
    for ref in chosen.called:
        own = pages.of_returns(figures.own, [ref])
        moderated = pages.of_returns(figures.tables[Basis.MODERATED], [ref])
        told = pages.tallies(own, moderated, by, figures.levels)
        found[ref] = {number: tally for number, tally in told.items() if tally.asked and number in titles}
    return found


def compared(figures: Figures, chosen: Chosen, asked: Asked) -> "Matrix":
    cycle = figures.cycle

    def there(ref: str, number: str) -> str:
        if chosen.anonymous:
            return ""
        if chosen.standard is None:
            return url_for("analysis.answers", ref=cycle.ref, return_ref=ref, number=number)
        place = f"c{figures.edition.by_number[number].id}-heading"
        standard = chosen.standard.number
        return url_for("analysis.answers", ref=cycle.ref, return_ref=ref, number=standard, _anchor=place)

    what = "standard" if chosen.standard is None else "criterion"
    return pages.side_by_side(
        tallies_of(figures, chosen),
        chosen.called,
        titles_of(figures, chosen),
        figures.edition,
        figures.levels,
        asked.bases,
        caption=f"{cycle.title}: {BASES_LABELS[asked.basis].lower()}",
        corner=figures.edition.labels.get(what, what.capitalize()),
        hrefs=there,
    )
