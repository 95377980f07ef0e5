"""The record of one organisation's session: how it stands, what is asked, what came of it."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.forms import choices
from s11.actions.rules import ActionDraft
from s11.challenge import operations, pages, permissions, queries, ratings
from s11.challenge.forms import OutcomeForm
from s11.challenge.live.operations import check_may_write
from s11.challenge.live.profile import stands_of
from s11.challenge.models import ChallengeDay, Enquiry
from s11.challenge.pages import AgendaLine
from s11.challenge.views.blueprint import blueprint, organisation_of, standard_choices
from s11.core import clock
from s11.core.errors import DomainError
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.returns.models import Return
from s11.returns.rules import RETURNED
from s11.trail.operations import look
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.get("/<ref>/<organisation>")
@guard(queries.by_ref, see=permissions.can_see)
def session(day: ChallengeDay, organisation: str) -> ResponseReturnValue:
    """The record of one organisation; the address may name the question that is being answered."""
    presenting = organisation_of(day, organisation)
    look(
        "challenge_day:session:opened",
        day.id,
        by=current_user._get_current_object(),
        organisation_id=presenting.id,
        partnership_id=day.cycle.partnership_id,
    )
    form = outcome_form(day, presenting)
    answered = enquiry_of(day, presenting, request.args.get("enquiry"))
    if answered is not None:
        form.enquiry.data, form.standard_key.data = answered.ref, answered.standard_key
        form.challenge.data = answered.question
    return session_page(day, presenting, form)


@blueprint.post("/<ref>/<organisation>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def record_outcome(day: ChallengeDay, organisation: str) -> ResponseReturnValue:
    presenting = organisation_of(day, organisation)
    form = outcome_form(day, presenting)
    if not form.validate():
        return session_page(day, presenting, form, 422)
    try:
        check_may_write(day)
        recorded = operations.record_outcome(
            day,
            organisation=presenting,
            standard_key=form.standard_key.data or "",
            challenge=form.challenge.data or "",
            answer=form.answer.data or "",
            evidence_promised=form.evidence_promised.data or "",
            agreed_level_id=int(form.agreed_level.data) if form.agreed_level.data else None,
            good_practice=form.good_practice.data or "",
            action=draft_of(form),
            enquiry=enquiry_of(day, presenting, form.enquiry.data),
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        blame(form, refusal, otherwise="challenge")
        return session_page(day, presenting, form, refusal.status)
    flash("Recorded, and the action is in the plan." if recorded.action else "Recorded.", "success")
    return redirect(
        url_for(
            "challenge.session",
            ref=day.ref,
            organisation=presenting.ref,
            _anchor=f"outcome-{recorded.ref}",
        ),
        303,
    )


def draft_of(form: OutcomeForm) -> ActionDraft | None:
    """The action typed into an outcome's form, if one was."""
    if not form.has_action:
        return None
    return ActionDraft(
        text=form.action_text.data or "",
        outcome=form.action_outcome.data or "",
        evidence_expected=form.action_evidence_expected.data or "",
        mechanism=form.action_mechanism.data or "",
        owner_name=form.action_owner_name.data or "",
        owner_role=form.action_owner_role.data or "",
        due_on=form.action_due_on.day,
    )


def enquiry_of(day: ChallengeDay, organisation: Organisation, ref: str | None) -> Enquiry | None:
    """A question prepared for this organisation."""
    found = queries.enquiries(day.id, organisation.id)
    return next((one for one in found if one.ref == ref), None)


def outcome_form(day: ChallengeDay, organisation: Organisation) -> OutcomeForm:
    form = OutcomeForm()
    edition = content_of(day.cycle)
    prepared = queries.enquiries(day.id, organisation.id)
    form.enquiry.choices = choices(
        ((one.ref, f"{place}. {short(one.question)}") for place, one in enumerate(prepared, 1)),
        first="None of those prepared",
    )
    form.standard_key.choices = standard_choices(day)
    form.agreed_level.choices = choices(pages.level_choices(edition), first="None agreed")
    return form


def short(question: str, longest: int = 90) -> str:
    """A question as it stands in a list to choose from."""
    joined = " ".join(question.split())
    return joined if len(joined) <= longest else f"{joined[:longest].rsplit(' ', 1)[0]} …"


def session_page(
    day: ChallengeDay, organisation: Organisation, form: OutcomeForm, status: int = 200
) -> ResponseReturnValue:
    edition = content_of(day.cycle)
    agenda = [one for one in pages.agenda(queries.sessions(day.id)) if one.session.organisation]
    line = next((one for one in agenda if one.session.organisation_id == organisation.id), None)
    return_ = queries.return_of(day.cycle_id, organisation.id)
    page = render_template(
        "challenge/session.html",
        day=day,
        organisation=organisation,
        return_=return_ if return_ is not None and return_.stage in RETURNED else None,
        stands=how_it_stands(day, return_),
        before=neighbour(agenda, line, -1),
        after=neighbour(agenda, line, 1),
        turn=pages.turn(
            organisation,
            line,
            queries.enquiries(day.id, organisation.id),
            queries.outcomes(day.id, organisation.id),
            edition,
            clock.today(),
        ),
        form=form,
        # A form that was refused is shown nevertheless, with what was typed.
        may_record=permissions.can_record(current_user, day) and (day.finished_at is None or status != 200),
    )
    return make_response(page, status)


def how_it_stands(day: ChallengeDay, return_: Return | None) -> pages.Stands | None:
    """How an organisation stands, where its return is in."""
    if return_ is None or return_.stage not in RETURNED:
        return None
    return stands_of(content_of(day.cycle), ratings.of_returns(day.cycle, [return_.id])[return_.id])


def neighbour(agenda: list[AgendaLine], line: AgendaLine | None, step: int) -> AgendaLine | None:
    """The session before or after one, among those in which an organisation presents."""
    place = agenda.index(line) + step if line is not None else -1
    return agenda[place] if 0 <= place < len(agenda) else None
