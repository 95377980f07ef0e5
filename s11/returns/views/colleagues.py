"""Who answers what in a return: the lead gives parts of it to contributors, changes that, and reminds."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.people import queries as people
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations, permissions, queries, rules
from s11.returns.forms import GivingForm, InvitingForm
from s11.returns.models import Assignment, Return
from s11.returns.pages import (
    colleagues_of,
    given_lines,
    holder_of,
    link_line,
    shared_out,
    state_of,
)
from s11.returns.shares import Thing
from s11.returns.views.blueprint import blueprint
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard


@blueprint.get("/<ref>/colleagues")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.shares_out)
def colleagues(return_: Return) -> ResponseReturnValue:
    """Every contributor with how far their part has come, and every standard with who answers it."""
    progress = rules.progress(
        queries.standards_of(return_), queries.answer_facts(return_.id), queries.values_in(return_)
    )
    lines = given_lines(return_, queries.assignments(return_.id))
    contributors = queries.contributors(return_.organisation_id)
    found = colleagues_of(lines, contributors)
    return render_template(
        "returns/colleagues.html",
        return_=return_,
        edition=queries.edition_of(return_),
        colleagues=found,
        late=[one for one in found if one.standing.is_late],
        shared=shared_out(progress, lines, contributors),
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
    """The form that gives parts; `?standard=3` and `?criterion=3.2` tick, `?person=` chooses somebody."""
    operations.check_shareable(return_)
    form = giving_form(return_)
    tick_asked(form)
    form.person.data = request.args.get("person", "")
    return giving_page(return_, form)


def tick_asked(form: GivingForm | InvitingForm) -> None:
    form.standards.data = request.args.getlist("standard")
    form.criteria.data = [f"q{number}" for number in request.args.getlist("criterion")]


def giving_form(return_: Return) -> GivingForm:
    form = GivingForm()
    known = {one.person.ref: one.name for one in queries.contributors(return_.organisation_id)}
    form.person.choices = [("", "Choose a contributor"), *known.items()]
    choose_from(form, return_)
    return form


def choose_from(form: GivingForm | InvitingForm, return_: Return) -> None:
    """Let a form choose among the standards asked and their criteria."""
    standards = queries.standards_of(return_)
    form.standards.choices = [(s.number, f"{s.number}. {s.title}") for s in standards]
    form.criteria.choices = [
        (thing.code, thing.title)
        for thing in (Thing(standard, criterion) for standard in standards for criterion in standard.criteria)
    ]


def to_choose(return_: Return, form: GivingForm | InvitingForm) -> list[dict[str, object]]:
    """What can be ticked: each standard with its criteria, and who answers it already."""
    lines = given_lines(return_, queries.assignments(return_.id))
    contributors = queries.contributors(return_.organisation_id)
    names: dict[str, list[str]] = {}
    for line in lines:
        names.setdefault(line.thing.code, []).append(holder_of(line.assignment, contributors).name)
    ticked, single = set(form.standards.data or []), set(form.criteria.data or [])
    found: list[dict[str, object]] = []
    for standard in queries.standards_of(return_):
        criteria = [Thing(standard, criterion) for criterion in standard.criteria]
        given = [(one.code, one.title, said_of(names.get(one.code, []))) for one in criteria]
        found.append(
            {
                "thing": Thing(standard),
                "held": said_of(names.get(standard.number, [])),
                "ticked": standard.number in ticked,
                "criteria": given,
                "chosen": [code for code, _, _ in given if code in single],
            }
        )
    return found


def said_of(names: list[str]) -> str:
    """Who answers something already, so that nobody gives it twice unawares."""
    return f"Given to {' and '.join(names)} already" if names else ""


def giving_page(return_: Return, form: GivingForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "returns/give.html",
        return_=return_,
        form=form,
        anybody=len(form.person.choices) > 1,
        to_choose=to_choose(return_, form),
    )
    return make_response(page, status)


@blueprint.post("/<ref>/colleagues/give")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def give_standards(return_: Return) -> ResponseReturnValue:
    """Give what is ticked to a contributor."""
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
            criteria=chosen_criteria(return_, form.criteria.data or []),
            due_on=form.due_on.day,
            note=form.note.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="person")
        return giving_page(return_, form, 422)
    say_what_was_given(return_, form, given, dict(form.person.choices)[person.ref])
    return back_to_colleagues(return_)


def say_what_was_given(return_: Return, form: GivingForm, given: list[Assignment], name: str) -> None:
    """Say what is new, what they had already, and what others answer too."""
    if not given:
        flash(f"{name} has these already. Nothing was changed.", "info")
        return
    whole = sum(one.criterion_id is None for one in given)
    parts = [plural(whole, "standard")] if whole else []
    parts += [plural(len(given) - whole, "criterion", "criteria")] if len(given) > whole else []
    flash(f"{name} now answers {' and '.join(parts)} more.", "success")
    numbers = {operations.thing_of(return_, one).number for one in given}
    ticked = [*(form.standards.data or []), *(code[1:] for code in form.criteria.data or [])]
    had = [number for number in ticked if number not in numbers]
    places = {(one.standard_id, one.criterion_id) for one in given}
    others = sorted(
        {
            operations.thing_of(return_, one).number
            for one in queries.assignments(return_.id)
            if one.person_id != given[0].person_id and (one.standard_id, one.criterion_id) in places
        }
    )
    if had:
        flash(f"{', '.join(had)}: {name} has this already, so it was not given again.", "info")
    if others:
        flash(f"{', '.join(others)}: somebody else was given this too. Both can answer it.", "info")


@blueprint.get("/<ref>/colleagues/invite")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def invite_form(return_: Return) -> ResponseReturnValue:
    """The form that invites somebody new and gives them a part; `?standard=3` ticks one."""
    operations.check_shareable(return_)
    form = inviting_form(return_)
    tick_asked(form)
    return inviting_page(return_, form)


def inviting_form(return_: Return) -> InvitingForm:
    form = InvitingForm()
    choose_from(form, return_)
    return form


def inviting_page(return_: Return, form: InvitingForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "returns/invite.html", return_=return_, form=form, to_choose=to_choose(return_, form)
    )
    return make_response(page, status)


@blueprint.post("/<ref>/colleagues/invite")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def invite_contributor(return_: Return) -> ResponseReturnValue:
    """Invite somebody new as a contributor with what is ticked."""
    form = inviting_form(return_)
    if not form.validate():
        return inviting_page(return_, form, 422)
    try:
        name = operations.invite(
            return_,
            chosen(return_, form.standards.data or []),
            criteria=chosen_criteria(return_, form.criteria.data or []),
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


def chosen_criteria(return_: Return, codes: list[str]) -> list[CriterionContent]:
    return [
        criterion
        for standard in queries.standards_of(return_)
        for criterion in standard.criteria
        if Thing(standard, criterion).code in codes
    ]
