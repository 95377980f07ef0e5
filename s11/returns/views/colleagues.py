"""Who answers what in a return: the lead gives standards to contributors, changes that, and reminds."""

from datetime import date

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.people import queries as people
from s11.questionnaires.rules import StandardContent
from s11.returns import operations, permissions, queries, rules
from s11.returns.forms import GivingForm, InvitingForm, ShareForm
from s11.returns.models import Assignment, Return
from s11.returns.pages import Holder, holder_of, link_line, shared_out, state_of
from s11.returns.views.blueprint import blueprint
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard


@blueprint.get("/<ref>/colleagues")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.shares_out)
def colleagues(return_: Return) -> ResponseReturnValue:
    """Every standard with who answers it, how far it has come and by when."""
    progress = rules.progress(queries.standards_of(return_), queries.answer_facts(return_.id))
    return render_template(
        "returns/colleagues.html",
        return_=return_,
        edition=queries.edition_of(return_),
        shared=shared_out(
            progress, queries.assignments(return_.id), queries.contributors(return_.organisation_id)
        ),
        state_of=state_of,
        links=[
            (link_line(link, operations.end_of(link)), operations.standard_of(link))
            for link in queries.links(return_.id)
        ],
        may_change=permissions.leads(current_user, return_),
        is_open=permissions.is_open(return_),
    )


def back_to_colleagues(return_: Return) -> ResponseReturnValue:
    return redirect(url_for("returns.colleagues", ref=return_.ref), 303)


@blueprint.get("/<ref>/colleagues/give")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def choose_standards(return_: Return) -> ResponseReturnValue:
    """The form that gives standards; `?standard=3` ticks one, `?person=` chooses somebody."""
    operations.check_shareable(return_)
    form = giving_form(return_)
    form.standards.data = request.args.getlist("standard")
    form.person.data = request.args.get("person", "")
    return giving_page(return_, form)


def giving_form(return_: Return) -> GivingForm:
    form = GivingForm()
    known = {one.person.ref: one.name for one in queries.contributors(return_.organisation_id)}
    form.person.choices = [("", "Choose a contributor"), *known.items()]
    form.standards.choices = [(s.number, f"{s.number}. {s.title}") for s in queries.standards_of(return_)]
    return form


def giving_page(return_: Return, form: GivingForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "returns/give.html", return_=return_, form=form, anybody=len(form.person.choices) > 1
    )
    return make_response(page, status)


@blueprint.post("/<ref>/colleagues/give")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def give_standards(return_: Return) -> ResponseReturnValue:
    """Give the standards ticked to a contributor."""
    form = giving_form(return_)
    if not form.validate():
        return giving_page(return_, form, 422)
    person = people.by_ref(form.person.data)
    if person is None:
        abort(404)
    try:
        given = operations.give(
            return_,
            chosen(return_, form.standards.data or []),
            person,
            due_on=form.due_on.day,
            note=form.note.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="person")
        return giving_page(return_, form, 422)
    name = dict(form.person.choices)[person.ref]
    if given:
        flash(f"{name} now answers {plural(len(given), 'standard')} more.", "success")
    else:
        flash(f"{name} has these already. Nothing was changed.", "info")
    return back_to_colleagues(return_)


@blueprint.get("/<ref>/colleagues/invite")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def invite_form(return_: Return) -> ResponseReturnValue:
    """The form that invites somebody new and gives them standards; `?standard=3` ticks one."""
    operations.check_shareable(return_)
    form = inviting_form(return_)
    form.standards.data = request.args.getlist("standard")
    return inviting_page(return_, form)


def inviting_form(return_: Return) -> InvitingForm:
    form = InvitingForm()
    form.standards.choices = [(s.number, f"{s.number}. {s.title}") for s in queries.standards_of(return_)]
    return form


def inviting_page(return_: Return, form: InvitingForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("returns/invite.html", return_=return_, form=form), status)


@blueprint.post("/<ref>/colleagues/invite")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def invite_contributor(return_: Return) -> ResponseReturnValue:
    """Invite somebody new as a contributor with the standards ticked."""
    form = inviting_form(return_)
    if not form.validate():
        return inviting_page(return_, form, 422)
    try:
        name = operations.invite(
            return_,
            chosen(return_, form.standards.data or []),
            name=form.name.data or "",
            email=form.email.data or "",
            job_title=form.job_title.data or "",
            due_on=form.due_on.day,
            note=form.note.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="name")
        return inviting_page(return_, form, 422)
    flash(
        f"The invitation is on its way to {name}. Once they have joined they answer what you ticked.",
        "success",
    )
    return back_to_colleagues(return_)


def chosen(return_: Return, numbers: list[str]) -> list[StandardContent]:
    return [standard for standard in queries.standards_of(return_) if standard.number in numbers]


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


def assignment_or_404(return_: Return, holder: Holder, number: str) -> Assignment:
    given = queries.given_to(holder.assignment.person_id, return_.id)
    for standard in queries.edition_of(return_).standards:
        if standard.number == number and standard.id in given:
            return given[standard.id]
    abort(404)


def share_form(standard: StandardContent, assignment: Assignment, *, sent: bool = False) -> ShareForm:
    """The form of one standard: as sent, or with what is kept."""
    prefix = f"s{standard.number}-"
    if sent:
        return ShareForm(prefix=prefix)
    kept: dict[str, date | str | None] = {"due_on": assignment.due_on, "note": assignment.note}
    return ShareForm(formdata=None, prefix=prefix, data=kept)


def share_page(
    return_: Return, holder: Holder, *, sent: tuple[str, ShareForm] | None = None
) -> ResponseReturnValue:
    given = queries.given_to(holder.assignment.person_id, return_.id)
    parts = rules.progress(
        [s for s in queries.edition_of(return_).standards if s.id in given], queries.answer_facts(return_.id)
    )
    lines = []
    for part in parts:
        standard = part.standard
        form = sent[1] if sent and sent[0] == standard.number else share_form(standard, given[standard.id])
        lines.append((part, given[standard.id], form))
    page = render_template(
        "returns/share.html",
        return_=return_,
        person=holder.assignment.person.ref,
        name=holder.name,
        hindrance=holder.hindrance,
        lines=lines,
        mistakes=sent[1].mistakes if sent else [],
        state_of=state_of,
        is_open=permissions.is_open(return_),
        reminded_at=max((a.reminded_at for a in given.values() if a.reminded_at), default=None),
    )
    return make_response(page, 422 if sent else 200)


@blueprint.post("/<ref>/colleagues/people/<person>/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def change_share(return_: Return, person: str, number: str) -> ResponseReturnValue:
    """Another day or note for a standard that was given."""
    holder = holder_or_404(return_, person)
    assignment = assignment_or_404(return_, holder, number)
    form = share_form(chosen_standard(return_, number), assignment, sent=True)
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
            flash(f"Saved for {number}.", "success")
            return redirect(url_for("returns.share", ref=return_.ref, person=person), 303)
    return share_page(return_, holder, sent=(number, form))


def chosen_standard(return_: Return, number: str) -> StandardContent:
    return next(s for s in queries.edition_of(return_).standards if s.number == number)


@blueprint.post("/<ref>/colleagues/people/<person>/<number>/take-back")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def take_back_share(return_: Return, person: str, number: str) -> ResponseReturnValue:
    """Take a standard back."""
    holder = holder_or_404(return_, person)
    operations.take_back(
        return_, assignment_or_404(return_, holder, number), by=current_user._get_current_object()
    )
    flash(f"{holder.name} no longer answers {number}. What they wrote is kept.", "success")
    if queries.given_to(holder.assignment.person_id, return_.id):
        return redirect(url_for("returns.share", ref=return_.ref, person=person), 303)
    return back_to_colleagues(return_)


@blueprint.post("/<ref>/colleagues/people/<person>/remind")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def remind(return_: Return, person: str) -> ResponseReturnValue:
    """Write to a contributor about what is not finished."""
    holder = holder_or_404(return_, person)
    operations.remind(return_, holder.assignment.person, by=current_user._get_current_object())
    flash(f"A reminder to {holder.name} is on its way.", "success")
    return redirect(url_for("returns.share", ref=return_.ref, person=person), 303)
