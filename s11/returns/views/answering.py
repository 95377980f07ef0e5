"""Saving the answers of a standard, and where its buttons lead."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.questionnaires.rules import StandardContent
from s11.returns import permissions, queries
from s11.returns.forms import read_answers, read_fields_of
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, save_answers, save_fields
from s11.returns.views import by_script
from s11.returns.views.beside import speak
from s11.returns.views.blueprint import blueprint
from s11.returns.views.fields import faultless
from s11.returns.views.part import (
    next_to_answer,
    refuse_another_hand,
    refuse_unless_given,
    standard_of,
    standard_or_404,
)
from s11.returns.views.standard import standard_page
from s11.returns.views.taking import goes_on
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.requests import wants_json
from s11.web.transactions import keep_what_was_saved


@blueprint.post("/<ref>/standards/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@resumable
def save_standard(return_: Return, number: str) -> ResponseReturnValue:
    """Save a standard's answers; what stands in the way of one does not stop the others."""
    wanted = standard_or_404(return_, number)
    refuse_unless_given(return_, wanted)
    # Also what an answer of a colleague has closed since the page was opened: its words are kept.
    whole = queries.edition_of(return_).standard(number) or wanted
    changes, typed = read_answers(request.form, whole), read_fields_of(request.form, whole)
    before = {criterion.id for criterion in wanted.criteria}
    refuse_another_hand()
    try:
        saved = save_answers(return_, changes, by=current_user)
        entered = save_fields(return_, [one.change for one in faultless(typed)], by=current_user)
    except Invalid as refusal:
        if wants_json():
            raise
        errors = {refusal.field or "": refusal.sentence}
        return standard_page(return_, wanted, typed=changes, fields=typed, errors=errors, status=422)
    if wants_json():
        keep_what_was_saved()
        return by_script.told(return_, whole, changes, saved, typed, entered, before)
    refused = len(faultless(typed)) < len(typed)
    if saved.conflicts or entered.conflicts or refused:
        keep_what_was_saved()
        now = standard_of(return_, number) or wanted
        status = 412 if saved.conflicts or entered.conflicts else 422
        return standard_page(
            return_, now, typed=changes, saved=saved, fields=typed, entered=entered, status=status
        )
    return after_saving(return_, wanted, changes, before)


def after_saving(
    return_: Return, standard: StandardContent, changes: list[AnswerChange], before: set[int]
) -> ResponseReturnValue:
    """Go where the pressed button leads; stay where something typed a moment ago needs a reason, or where
    an answer has opened a question that was not `before` on the page."""
    go = request.form.get("go", "next")
    place = url_for("returns.standard", ref=return_.ref, number=standard.number)
    try:
        thread = speak(return_, standard, go)
    except Invalid as refusal:
        keep_what_was_saved()
        asked = standard_of(return_, standard.number) or standard
        return standard_page(return_, asked, errors={refusal.field or "": refusal.sentence}, status=422)
    if thread is not None:
        return redirect(thread, 303)
    if go.startswith("evidence:"):
        return redirect(
            url_for("returns.show_evidence", ref=return_.ref, number=go.removeprefix("evidence:")), 303
        )
    if go.startswith("action:"):
        about: dict[str, Any] = {"return": return_.ref, "criterion": go.removeprefix("action:")}
        return redirect(url_for("actions.new", **about), 303)
    if (elsewhere := goes_on(return_, standard, go)) is not None:
        return redirect(elsewhere, 303)
    if go.startswith("copy:"):
        return redirect(url_for("returns.copy_form", ref=return_.ref, number=go.removeprefix("copy:")), 303)
    if go.startswith("file:"):
        field, _, subject = go.removeprefix("file:").partition("-")
        return redirect(url_for("returns.field_file", ref=return_.ref, field=field, subject=subject), 303)
    now = standard_of(return_, standard.number)
    opened = [c.number for c in now.criteria if c.id not in before] if now else []
    if opened:
        flash(f"Saved. Your answers lead to a further question: {', '.join(opened)}.", "info")
        return redirect(f"{place}#q{opened[0]}", 303)
    if any(change.not_applicable and not change.not_applicable_reason.strip() for change in changes):
        flash("Your answers are saved. Where you chose “not applicable”, say why.", "info")
        return redirect(f"{place}?check=1", 303)
    flash(f"Saved: {standard.number} {standard.title}", "success")
    then = next_to_answer(return_, standard)
    if go == "next" and then is not None:
        return redirect(url_for("returns.standard", ref=return_.ref, number=then.number), 303)
    if go == "stay":
        return redirect(place, 303)
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)
