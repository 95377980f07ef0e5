"""Organisations one by one: all of them in a list, and the profile of each."""

from typing import TYPE_CHECKING, Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import queries as actions
from s11.actions.rules import standing
from s11.analysis import permissions, queries
from s11.analysis.lazy import pages
from s11.analysis.rules import AGREEMENT_RULE, BEST_RULE, CHANGE_RULE, SPREAD_RULE, WEAK_EVIDENCE_RULE, By
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.drawing import chart_of, of_organisation
from s11.analysis.views.figures import Figures, asked_of, figures_of, return_of, siblings
from s11.analysis.views.ladders import organisations_of, sorts_of
from s11.analysis.views.trends import before_of
from s11.core import clock
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.moderation import permissions as moderation_permissions
from s11.moderation import queries as moderation
from s11.moderation.rules import asked_standards, own_verdicts
from s11.organisations.rules import KIND_LABELS, Kind
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.queries.later import of_standard
from s11.returns.sealing import unseal
from s11.trail.operations import look
from s11.web.guards import guard

if TYPE_CHECKING:
    import pandas as pd

    from s11.analysis.pages import Named


@analysis.get("/cycles/<ref>/organisations")
@guard(cycles.by_ref, see=permissions.can_see)
def organisations(cycle: Cycle) -> ResponseReturnValue:
    """Everybody who is in, one line each."""
    asked = asked_of()
    figures = figures_of(cycle, asked=asked)
    return render_template(
        "analysis/organisations.html",
        cycle=cycle,
        edition=figures.edition,
        levels=figures.levels,
        best=pages.best_word(figures.edition),
        rungs=organisations_of(figures, asked),
        sorts=sorts_of(asked, "analysis.organisations", ref=cycle.ref),
        asked=asked,
        filters=figures.filters(asked),
        years=siblings(cycle),
        counting=figures.rules(BEST_RULE, AGREEMENT_RULE, WEAK_EVIDENCE_RULE),
        not_in=queries.not_in(cycle.id),
        standing=queries.standing([cycle.id])[cycle.id],
    )


@analysis.get("/cycles/<ref>/organisations/<return_ref>")
@guard(cycles.by_ref, see=permissions.can_see)
def organisation(cycle: Cycle, return_ref: str) -> ResponseReturnValue:
    """One organisation on one page."""
    return_ = return_of(cycle, return_ref)
    submission = returns.submission(return_.id, return_.round)
    if submission is None:
        abort(404)
    look(
        "return:submission:opened",
        return_.id,
        by=current_user._get_current_object(),
        organisation_id=return_.organisation_id,
        partnership_id=cycle.partnership_id,
    )
    figures = figures_of(cycle)
    edition = figures.edition
    standards = asked_standards(edition, own_verdicts(edition, submission.ratings))
    may_see = moderation_permissions.can_see_moderation(current_user, return_)
    told = returns.second_views_of(return_.id, return_.round) if may_see else {}
    profile = pages.profile(
        standards,
        unseal(submission.sealed),
        moderation.of_return(return_.id, return_.round) if may_see else {},
        {one.key: told[key].told for one in standards if (key := of_standard(one.key)) in told},
        lambda number, criterion_id: (
            url_for("analysis.answers", ref=cycle.ref, return_ref=return_.ref, number=number)
            + f"#c{criterion_id}-heading"
        ),
    )
    today = clock.today()
    return render_template(
        "analysis/organisation.html",
        cycle=cycle,
        return_=return_,
        kind=KIND_LABELS[Kind(return_.organisation.kind)],
        edition=edition,
        levels=figures.levels,
        best=pages.best_word(edition),
        chart=chart_of(
            figures, of_organisation(figures, return_.ref), "organisation", **{"return": return_.ref}
        ),
        may_see=may_see,
        may_moderate=moderation_permissions.can_moderate(current_user, return_),
        profile=profile,
        **stands(figures, return_),
        promises=[
            (action, standing(action.status, action.due_on, today))
            for action in actions.unfinished(cycle.partnership_id, [return_.organisation_id])
        ],
        others=neighbours(figures, return_),
        counting=figures.rules(BEST_RULE, AGREEMENT_RULE, WEAK_EVIDENCE_RULE),
    )


def stands(figures: Figures, return_: Return) -> dict[str, object]:
    """The figures of one organisation: in all, and by standard; since last year, and among its peers."""
    own = pages.of_returns(figures.own, [return_.ref])
    moderated = pages.of_returns(figures.moderated, [return_.ref])
    criteria = pages.tallies(own, moderated, By.CRITERION, figures.levels)
    by_standard = {
        standard.number: tally
        for standard in figures.edition.standards
        if (tally := pages.together(criteria, [c.number for c in standard.criteria])) is not None
    }

    def named(number: str) -> "Named":
        return pages.Named(
            pages.title(figures.edition, number),
            url_for("analysis.answers", ref=figures.cycle.ref, return_ref=return_.ref, number=number),
        )

    whole = pages.together(by_standard, by_standard)
    before, moves = moves_of(figures, own)
    small = figures.cycle.partnership.small_group
    places = {one.group: one for one in pages.peers(figures.own, small) if one.ref == return_.ref}

    def beside(number: str) -> tuple[tuple[str, str], ...]:
        place, move = places.get(number), moves.get(number)
        among = (place.figure, place.words) if place else ("–", "nothing rated")
        if before is None:
            return (among,)
        return ((move.figure, move.words) if move else ("–", "nothing comparable"), among)

    return {
        "rungs": pages.ladder(by_standard, named, figures.levels, extra=beside),
        "extra": [*([f"Since {before.title}"] if before else []), "Position among its kind"],
        "stands_rules": [*([CHANGE_RULE] if before else []), SPREAD_RULE.format(small=small)],
        "whole": pages.rung("", whole, pages.Named("Everything asked"), figures.levels) if whole else None,
        "tally": whole,
    }


def moves_of(figures: Figures, own: "pd.DataFrame") -> "tuple[Cycle | None, dict[str, Any]]":
    """The year before, and what changed since in each standard."""
    told = before_of(figures.cycle)
    if told is None or own.empty:
        return None, {}
    before, table, earlier = told
    return before, pages.moves(own, table, figures.edition, earlier, By.STANDARD)


def neighbours(figures: Figures, return_: Return) -> dict[str, tuple[str, str] | None]:
    """The organisations before and after this one by name, to leaf through all of them."""
    names = pages.names(figures.own)
    refs = list(names)
    at = refs.index(return_.ref) if return_.ref in names else 0

    def there(place: int) -> tuple[str, str] | None:
        if not 0 <= place < len(refs):
            return None
        href = url_for("analysis.organisation", ref=figures.cycle.ref, return_ref=refs[place])
        return names[refs[place]], href

    return {"before": there(at - 1), "after": there(at + 1)}
