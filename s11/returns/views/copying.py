"""Copying an answer to somebody's other schools: which of them, and what stands there."""

from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError
from s11.questionnaires.rules import CriterionContent, LevelContent
from s11.returns import permissions, queries
from s11.returns.copies import is_said
from s11.returns.forms import whole_number
from s11.returns.models import Answer, Return
from s11.returns.operations import CopyTo, copy_answer, said_by
from s11.returns.pages import level_of
from s11.returns.views.blueprint import blueprint
from s11.returns.views.evidence import criterion_or_404
from s11.returns.views.part import refuse_unless_answers
from s11.web.filters import plural
from s11.web.guards import guard


@dataclass(frozen=True)
class Place:
    """Another school that is asked the same, and the answer given there, if any."""

    return_: Return
    criterion: CriterionContent
    answer: Answer | None
    level: LevelContent | None
    reworded: bool

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0


@blueprint.get("/<ref>/copy/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def copy_form(return_: Return, number: str) -> ResponseReturnValue:
    """One answer, and the schools it can be copied to."""
    return copy_page(return_, number)


@blueprint.post("/<ref>/copy/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_copy)
def copy(return_: Return, number: str) -> ResponseReturnValue:
    """Copy it to the schools that were ticked."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    chosen = request.form.getlist("to")
    seen = {place.return_.ref: place for place in places_of(return_, criterion)}
    targets = [
        CopyTo(place.return_, place.criterion, replaces=whole_number(request.form.get(f"v-{ref}", "")))
        for ref, place in seen.items()
        if ref in chosen
    ]
    try:
        copy_answer(return_, criterion, targets, by=current_user._get_current_object())
    except DomainError as refusal:
        return copy_page(return_, number, error=refusal.sentence, status=refusal.status)
    flash(f"{number} is copied to {plural(len(targets), 'school')}. It is to be reviewed there.", "success")
    place = url_for("returns.standard", ref=return_.ref, number=standard.number, _anchor=f"q{number}")
    return redirect(place, 303)


def copy_page(return_: Return, number: str, *, error: str = "", status: int = 200) -> ResponseReturnValue:
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    answer = queries.answers(return_.id).get(criterion.id)
    places = places_of(return_, criterion)
    page = render_template(
        "returns/copy.html",
        return_=return_,
        standard=standard,
        criterion=criterion,
        answer=answer if answer and is_said(said_by(answer)) else None,
        level=level_of(criterion, answer.level_id) if answer else None,
        empty=[place for place in places if place.answer is None],
        answered=[place for place in places if place.answer is not None],
        chosen=request.form.getlist("to"),
        error=error,
    )
    return make_response(page, status)


def places_of(return_: Return, criterion: CriterionContent) -> list[Place]:
    """The other schools of this person that are asked the same, where it may be changed."""
    found = []
    for other in permissions.copies_to(current_user, return_):
        asked = {c.key: c for standard in queries.standards_of(other) for c in standard.criteria}
        there = asked.get(criterion.key)
        if there is not None and queries.came_back(other, there):
            given = queries.answers(other.id, newest=True).get(there.id)
            answer = given if given is not None and is_said(said_by(given)) else None
            level = level_of(there, answer.level_id) if answer else None
            found.append(Place(other, there, answer, level, there.text != criterion.text))
    return found
