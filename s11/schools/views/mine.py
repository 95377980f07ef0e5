"""Whoever has several schools: where each stands, and the gaps across them."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis.lazy import benchmarking, frames, pages
from s11.analysis.rules import Basis, levels_of
from s11.core import clock
from s11.cycles.models import Cycle
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.rules import EditionContent
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.schools import permissions
from s11.schools.pages.mine import SHOWN, chosen, cycles_of, lines_of
from s11.schools.views.beside import closed_since
from s11.schools.views.blueprint import schools
from s11.web.guards import signed_in

WEAKEST = 10


@schools.get("/")
@signed_in(permissions.has_several)
def mine() -> ResponseReturnValue:
    """One's schools in one cycle, the latest unless another is asked for."""
    found = returns.visible_to(current_user)
    cycles = cycles_of(found)
    cycle = next((one for one in cycles if one.ref == request.args.get("cycle")), next(iter(cycles), None))
    if cycle is None:
        return render_template("schools/mine.html", cycle=None)
    edition = questionnaires.content(cycle.edition)
    theirs = [return_ for return_ in found if return_.cycle_id == cycle.id]
    lines = lines_of(theirs, edition, clock.today())
    show = request.args.get("show", "all")
    asked = {"show": show if show in SHOWN else "all", "trust": request.args.get("trust", "")}
    return render_template(
        "schools/mine.html",
        cycle=cycle,
        cycles=cycles,
        edition=edition,
        lines=lines,
        shown=chosen(lines, words=request.args.get("words", ""), **asked),
        counts={word: sum(word in line.groups for line in lines) for word in SHOWN},
        labels=SHOWN,
        trusts=sorted({line.trust for line in lines if line.trust}),
        words=request.args.get("words", ""),
        is_closed=closed_since(cycle) is not None,
        gaps=gaps_of(cycle, edition, theirs),
        **asked,
    )


def gaps_of(cycle: Cycle, edition: EditionContent, theirs: list[Return]) -> dict[str, Any] | None:
    """What was submitted, school by standard with the lowest first, and what is most often below the best."""
    ids = {return_.id for return_ in theirs}
    told = [one for one in returns.submitted(cycle.id) if one.return_id in ids]
    if not told:
        return None
    levels = levels_of(edition)
    frame = frames.of_submitted(edition, told)
    names = {one.ref: one.short_name or one.organisation for one in told}
    reading = url_for("returns.read", ref="RETURN")

    def href(ref: str, number: str = "") -> str:
        return reading.replace("RETURN", ref) + (f"#s{number}" if number else "")

    table = pages.matrix(
        {Basis.SELF: frame},
        edition,
        levels,
        caption=cycle.title,
        return_href=href,
        answers_href=href,
        lowest_first=True,
    )
    below = benchmarking.below_best(frame)[:WEAKEST]
    return {
        "levels": levels,
        "table": table,
        "of": len(told),
        "below": [
            (edition.by_number[number], [(names[ref], href(ref, number.rpartition(".")[0])) for ref in refs])
            for number, refs in below
        ],
    }
