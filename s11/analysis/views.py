"""The pages of figures. pandas is not loaded until one of them is opened: see `s11.analysis.lazy`."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis import permissions, queries, rules
from s11.analysis.lazy import charts, exports, frames, measures, pages
from s11.analysis.rules import Basis, By, counting_rules, levels_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.moderation import pages as moderation_pages
from s11.moderation import permissions as moderation_permissions
from s11.moderation import queries as moderation
from s11.moderation.rules import asked_standards, own_verdicts
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.rules import RETURNED, Stage
from s11.returns.sealing import unseal
from s11.trail.operations import look
from s11.web.guards import guard, signed_in
from s11.web.limits import limited

blueprint = Blueprint("analysis", __name__, url_prefix="/analysis")

# What the address may ask of a matrix, and the tables it is made of.
BASES: dict[str, tuple[Basis, ...]] = {
    "self": (Basis.SELF,),
    "moderated": (Basis.MODERATED,),
    "both": (Basis.SELF, Basis.MODERATED),
}
BASES_LABELS = {"self": "Self-assessment", "moderated": "Moderated", "both": "Both"}
CAPTIONS = {
    "self": "self-assessment",
    "moderated": "moderated ratings",
    "both": "self-assessment (S), with moderated ratings (M) beneath",
}


@blueprint.get("/")
@signed_in(permissions.can_see_any)
def index() -> ResponseReturnValue:
    """The cycles to choose from, the latest first, with how many returns are in."""
    visible = sorted(cycles.visible_to(current_user), key=lambda cycle: cycle.due_on, reverse=True)
    issued = [cycle for cycle in visible if cycle.issued_at is not None]
    return render_template(
        "analysis/index.html", cycles=issued, standing=queries.standing([cycle.id for cycle in issued])
    )


@blueprint.get("/cycles/<ref>")
@guard(cycles.by_ref, see=permissions.can_see)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """What a chair reads in two minutes."""
    edition = cycles.content_of(cycle)
    standing = queries.standing([cycle.id])[cycle.id]
    hrefs = pages.Hrefs(
        matrix=url_for("analysis.matrix", ref=cycle.ref),
        both=url_for("analysis.matrix", ref=cycle.ref, basis="both"),
        return_=lambda return_ref: url_for("returns.read", ref=return_ref),
        chart=lambda name: url_for("analysis.chart", ref=cycle.ref, name=name),
    )
    page = pages.overview(frames.tables(cycle), edition, levels_of(edition), standing, hrefs)
    return render_template(
        "analysis/overview.html",
        cycle=cycle,
        edition=edition,
        standing=standing,
        levels=levels_of(edition),
        page=page,
        counting=[*counting_rules(edition, *Basis), rules.BEST_RULE, rules.AGREEMENT_RULE],
        weakest_rule=rules.WEAKEST_RULE,
        evidence_rule=rules.WEAK_EVIDENCE_RULE,
        not_in=queries.not_in(cycle.id),
    )


@blueprint.get("/cycles/<ref>/charts/<name>.svg")
@guard(cycles.by_ref, see=permissions.can_see)
def chart(cycle: Cycle, name: str) -> ResponseReturnValue:
    """The chart of the overview as a picture: "standards", and "standards-narrow" for a phone."""
    if name not in ("standards", "standards-narrow"):
        abort(404)
    edition = cycles.content_of(cycle)
    levels = levels_of(edition)
    by_standard = {
        basis: measures.summary(frame, By.STANDARD, levels) for basis, frame in frames.tables(cycle).items()
    }
    svg = charts.stacked_bars(
        pages.standard_groups(by_standard, edition, levels),
        levels,
        name=name,
        title=f"Ratings by {edition.labels.get('standard', 'standard').lower()}, {cycle.title}",
        description="The figures stand in the table beneath the picture.",
        narrow=name.endswith("-narrow"),
    )
    return Response(svg, mimetype="image/svg+xml")


@blueprint.get("/cycles/<ref>/matrix")
@guard(cycles.by_ref, see=permissions.can_see)
def matrix(cycle: Cycle) -> ResponseReturnValue:
    """Organisations by standards."""
    asked = basis_asked()
    edition = cycles.content_of(cycle)
    # Thousands of cells: their addresses are put together from one, not made one by one.
    pattern = url_for("analysis.answers", ref=cycle.ref, return_ref="RETURN", number="NUMBER")
    reading = url_for("returns.read", ref="RETURN")
    page = pages.matrix(
        frames.tables(cycle, *BASES[asked]),
        edition,
        levels_of(edition),
        caption=f"{cycle.title}: {CAPTIONS[asked]}",
        return_href=lambda return_ref: reading.replace("RETURN", return_ref),
        answers_href=lambda return_ref, number: pattern.replace("RETURN", return_ref).replace(
            "NUMBER", quote(number)
        ),
    )
    return render_template(
        "analysis/matrix.html",
        cycle=cycle,
        edition=edition,
        levels=levels_of(edition),
        table=page,
        basis=asked,
        bases=BASES_LABELS,
        counting=counting_rules(edition, *BASES[asked]),
        not_in=queries.not_in(cycle.id),
        standing=queries.standing([cycle.id])[cycle.id],
    )


@blueprint.get("/cycles/<ref>/matrix.csv")
@guard(cycles.by_ref, see=permissions.can_see)
@limited("export")
def matrix_csv(cycle: Cycle) -> ResponseReturnValue:
    """The matrix as a file, a line an organisation and standard; both bases one after the other."""
    edition = cycles.content_of(cycle)
    levels = levels_of(edition)
    texts = []
    for basis, frame in frames.tables(cycle, *BASES[basis_asked()]).items():
        named = exports.named(frame)
        texts.append(
            exports.matrix_csv(measures.matrix(frame, levels), cycle.code, basis, named, edition, levels)
        )
    lines = texts[0] + "".join(text.split("\n", 1)[1] for text in texts[1:])
    # The mark at the start tells Excel that the letters are UTF-8.
    answer = Response("\ufeff" + lines, mimetype="text/csv")
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"matrix-{cycle.code}-{basis_asked()}.csv"
    )
    look(
        "cycle:figures:exported",
        cycle.id,
        by=current_user._get_current_object(),
        partnership_id=cycle.partnership_id,
    )
    return answer


@blueprint.get("/cycles/<ref>/answers/<return_ref>/<number>")
@guard(cycles.by_ref, see=permissions.can_see)
def answers(cycle: Cycle, return_ref: str, number: str) -> ResponseReturnValue:
    """The answers behind a cell: what was submitted, and the moderated rating beside each."""
    return_ = return_of(cycle, return_ref)
    submission = returns.submission(return_.id, return_.round)
    if submission is None:
        abort(404)
    edition = cycles.content_of(cycle)
    standards = asked_standards(edition, own_verdicts(edition, submission.ratings))
    place = next((place for place, standard in enumerate(standards) if standard.number == number), None)
    if place is None:
        abort(404)
    look(
        "return:submission:opened",
        return_.id,
        by=current_user._get_current_object(),
        organisation_id=return_.organisation_id,
        partnership_id=cycle.partnership_id,
    )
    # Somebody of the Board who belongs to the organisation waits for the second ratings like its people.
    may_see = moderation_permissions.can_see_moderation(current_user, return_)
    moderated = moderation.of_return(return_.id, return_.round) if may_see else {}
    return render_template(
        "analysis/answers.html",
        cycle=cycle,
        return_=return_,
        standard=standards[place],
        labels=edition.labels,
        standards=standards,
        before=standards[place - 1] if place else None,
        after=standards[place + 1] if place + 1 < len(standards) else None,
        rows=moderation_pages.rows(standards[place], unseal(submission.sealed), moderated),
        may_moderate=moderation_permissions.can_moderate(current_user, return_),
    )


def return_of(cycle: Cycle, ref: str) -> Return:
    """A return of this cycle that is in; nothing else exists for this page."""
    return_ = returns.by_ref(ref)
    if return_ is None or return_.cycle_id != cycle.id or Stage(return_.stage) not in RETURNED:
        abort(404)
    return return_


def basis_asked() -> str:
    """What the address asks for; what it does not know is the self-assessment."""
    asked = request.args.get("basis", "self")
    return asked if asked in BASES else "self"
