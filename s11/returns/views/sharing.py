"""What one contributor was given: another day or note for it, and taking it back."""

from datetime import date

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.returns import operations, permissions, queries
from s11.returns.forms import ShareForm
from s11.returns.models import Assignment, Return
from s11.returns.pages import Given, Holder, given_lines, holder_of
from s11.returns.shares import Thing
from s11.returns.views.blueprint import blueprint
from s11.returns.views.colleagues import back_to_colleagues
from s11.web.forms import blame
from s11.web.guards import guard


@blueprint.get("/<ref>/colleagues/people/<person>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def share(return_: Return, person: str) -> ResponseReturnValue:
    """What one contributor was given, with the forms that change it."""
    return share_page(return_, holder_or_404(return_, person))


def holder_or_404(return_: Return, person_ref: str) -> Holder:
    for assignment in queries.assignments(return_.id):
        if assignment.person.ref == person_ref:
            return holder_of(assignment, queries.contributors(return_.organisation_id))
    abort(404)


def assignment_or_404(return_: Return, holder: Holder, code: str) -> tuple[Assignment, Thing]:
    """Something this person was given: "3" names a standard, "q3.2" a criterion."""
    for assignment in queries.given_to(holder.assignment.person_id, return_.id):
        thing = operations.thing_of(return_, assignment)
        if thing.code == code:
            return assignment, thing
    abort(404)


def share_form(code: str, assignment: Assignment, *, sent: bool = False) -> ShareForm:
    """The form of one thing given: as sent, or with what is kept."""
    prefix = f"s{code}-"
    if sent:
        return ShareForm(prefix=prefix)
    kept: dict[str, date | str | None] = {"due_on": assignment.due_on, "note": assignment.note}
    return ShareForm(formdata=None, prefix=prefix, data=kept)


def share_page(
    return_: Return, holder: Holder, *, sent: tuple[str, ShareForm] | None = None
) -> ResponseReturnValue:
    lines = given_lines(return_, queries.given_to(holder.assignment.person_id, return_.id))
    forms: list[tuple[Given, ShareForm]] = []
    for line in lines:
        code = line.thing.code
        forms.append((line, sent[1] if sent and sent[0] == code else share_form(code, line.assignment)))
    page = render_template(
        "returns/share.html",
        return_=return_,
        person=holder.assignment.person.ref,
        name=holder.name,
        hindrance=holder.hindrance,
        lines=forms,
        mistakes=sent[1].mistakes if sent else [],
        waits=any(line.progress.kind != "done" for line in lines),
        is_open=permissions.is_open(return_),
        reminded_at=max((a.assignment.reminded_at for a in lines if a.assignment.reminded_at), default=None),
    )
    return make_response(page, 422 if sent else 200)


@blueprint.post("/<ref>/colleagues/people/<person>/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def change_share(return_: Return, person: str, number: str) -> ResponseReturnValue:
    """Another day or note for something that was given."""
    holder = holder_or_404(return_, person)
    assignment, thing = assignment_or_404(return_, holder, number)
    form = share_form(number, assignment, sent=True)
    if form.validate():
        try:
            operations.change(
                return_,
                assignment,
                due_on=form.due_on.day,
                note=form.note.data or "",
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="due_on")
        else:
            flash(f"Saved for {thing.number}.", "success")
            return redirect(url_for("returns.share", ref=return_.ref, person=person), 303)
    return share_page(return_, holder, sent=(number, form))


@blueprint.post("/<ref>/colleagues/people/<person>/<number>/take-back")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def take_back_share(return_: Return, person: str, number: str) -> ResponseReturnValue:
    """Take something back."""
    holder = holder_or_404(return_, person)
    assignment, thing = assignment_or_404(return_, holder, number)
    operations.take_back(return_, assignment, by=current_user._get_current_object())
    flash(f"{holder.name} no longer answers {thing.number}. What they wrote is kept.", "success")
    if queries.given_to(holder.assignment.person_id, return_.id):
        return redirect(url_for("returns.share", ref=return_.ref, person=person), 303)
    return back_to_colleagues(return_)
