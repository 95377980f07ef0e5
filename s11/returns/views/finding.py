"""Finding one's way in a return: the next answer that lacks something, and where a word stands."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.questionnaires.rules import StandardContent
from s11.returns import permissions, queries, rules
from s11.returns.models import Return
from s11.returns.searching import Place, search, words_of
from s11.returns.views.blueprint import blueprint
from s11.returns.views.fields import place_of_gap
from s11.web.guards import guard


@blueprint.get("/<ref>/next")
@guard(queries.by_ref, see=permissions.can_open)
def next_unanswered(return_: Return) -> ResponseReturnValue:
    """Go to the first answer behind `?after=2.3` that lacks something, and from the end to the beginning."""
    standards = permissions.part_of(current_user, return_, queries.standards_of(return_))
    facts, values = queries.answer_facts(return_.id), queries.values_in(return_)
    gaps = [gap for standard in standards for gap in rules.gaps_in(standard, facts, values)]
    if not gaps:
        flash("Nothing is missing here. Read your answers through.", "success")
        return redirect(url_for("returns.check", ref=return_.ref))
    order = [criterion.number for standard in standards for criterion in standard.criteria]
    after = request.args.get("after", "")
    behind = order[order.index(after) + 1 :] if after in order else order
    following = next((gap for gap in gaps if gap.number in behind), gaps[0])
    return redirect(place_of_gap(return_, following, check=False))


@blueprint.get("/<ref>/search")
@guard(queries.by_ref, see=permissions.can_open)
def find(return_: Return) -> ResponseReturnValue:
    """Where the words `?q=` stand in this return: in questions, answers and evidence."""
    typed = request.args.get("q", "").strip()
    standards = queries.standards_of(return_)
    words = words_of(typed)
    found = search(texts_of(return_, standards), words) if words else {}
    return render_template(
        "returns/search.html",
        return_=return_,
        edition=queries.edition_of(return_),
        typed=typed,
        found=[
            (standard, criterion, found[criterion.id])
            for standard in standards
            for criterion in standard.criteria
            if criterion.id in found
        ],
    )


def texts_of(return_: Return, standards: tuple[StandardContent, ...]) -> Iterator[Place]:
    """Every text of a return, with the criterion it belongs to."""
    answers, evidence = queries.answers(return_.id), queries.evidence(return_.id)
    for standard in standards:
        for criterion in standard.criteria:
            yield Place(criterion.id, "Question", f"{criterion.number} {criterion.text}")
            if criterion.guidance:
                yield Place(criterion.id, "Guidance", criterion.guidance)
            answer = answers.get(criterion.id)
            if answer is not None:
                yield Place(criterion.id, "Commentary", answer.commentary)
                yield Place(criterion.id, "Why it does not apply", answer.not_applicable_reason)
                yield Place(criterion.id, "Strengths", answer.strengths)
                yield Place(criterion.id, "Gaps", answer.shortfalls)
            for shown in evidence.get(criterion.id, ()):
                words = f"{shown.revision.document.title} {shown.note}"
                yield Place(criterion.id, "Evidence", words.strip())
