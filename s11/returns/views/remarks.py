"""What colleagues say to each other about a criterion, where the page holds no answers to save with it."""

from flask import abort, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid, NotAllowed
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations, permissions, queries
from s11.returns.models import Return
from s11.returns.views.beside import at_work, speak
from s11.returns.views.blueprint import blueprint
from s11.returns.views.evidence import criterion_or_404
from s11.returns.views.standard import standard_page
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.post("/<ref>/remarks/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_remark)
@resumable
def add_remark(return_: Return, number: str) -> ResponseReturnValue:
    """Say or ask something about a criterion, or settle a question."""
    standard, _ = criterion_or_404(return_, number)
    try:
        place = speak(return_, standard, request.form.get("go", ""))
    except Invalid as refusal:
        errors = {refusal.field or "": refusal.sentence}
        return standard_page(return_, standard, errors=errors, status=422)
    if place is None:
        abort(400)
    return redirect(place, 303)


@blueprint.post("/<ref>/presence")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def presence(return_: Return) -> ResponseReturnValue:
    """Note where somebody is at work, and answer who else is, as data for the page's script."""
    standard, criterion = criterion_named(return_, request.form.get("criterion", ""))
    if not permissions.may_answer(current_user, return_, standard, criterion):
        raise NotAllowed(f"{criterion.number} was not given to you.")
    if not permissions.is_open(return_):
        abort(409)
    operations.be_at(return_, criterion, person=current_user._get_current_object())
    # No cookie goes with the answer: it might overtake that of a form sent at the same moment, and what the
    # form's page has to say would be lost. Nor is this activity that keeps somebody signed in: saving is.
    session.modified = False
    return {
        "working": [
            {"criterion": criterion_id, "words": one.words, "seconds": one.seconds}
            for criterion_id, one in at_work(return_).items()
        ]
    }


def criterion_named(return_: Return, wanted: str) -> tuple[StandardContent, CriterionContent]:
    """The criterion a script names by its id."""
    for standard in queries.standards_of(return_):
        for criterion in standard.criteria:
            if str(criterion.id) == wanted:
                return standard, criterion
    abort(404)
