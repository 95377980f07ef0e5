"""Challenge days: the agenda, the questions prepared, and the record of what came of them."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import Field

from s11.actions.rules import ActionDraft
from s11.challenge import operations, pages, permissions, queries, ratings
from s11.challenge.forms import DayForm, EnquiryForm, OutcomeForm, SessionForm
from s11.challenge.models import ChallengeDay, Enquiry
from s11.core.errors import DomainError, Invalid
from s11.cycles import queries as cycles
from s11.organisations.models import Organisation
from s11.questionnaires import queries as questionnaires
from s11.returns.rules import RETURNED
from s11.trail.operations import look
from s11.web.guards import guard, signed_in

blueprint = Blueprint("challenge", __name__, url_prefix="/challenge")


@blueprint.get("/")
@signed_in(permissions.can_see_any)
def days() -> ResponseReturnValue:
    """Every challenge day this person works with."""
    found = queries.visible_to(current_user)
    return render_template(
        "challenge/days.html",
        days=found,
        outcomes=queries.outcome_counts([day.id for day in found]),
        may_plan=permissions.can_plan_any(current_user),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(permissions.can_plan_any)
def new() -> ResponseReturnValue:
    """Plan a challenge day for a cycle."""
    mine = [cycle for cycle in cycles.visible_to(current_user) if permissions.can_plan(current_user, cycle)]
    form = DayForm()
    form.cycle.choices = [("", "Choose a cycle"), *((cycle.ref, cycle.title) for cycle in mine)]
    if request.method == "GET":
        form.cycle.data = request.args.get("cycle", "")
        return render_template("challenge/new.html", form=form)
    if not form.validate():
        return make_response(render_template("challenge/new.html", form=form), 422)
    day = operations.plan_day(
        next(cycle for cycle in mine if cycle.ref == form.cycle.data),
        title=form.title.data or "",
        held_on=form.held_on.day,
        place=form.place.data or "",
        by=current_user._get_current_object(),
    )
    flash("The day is planned. Now add who presents when.", "success")
    return redirect(url_for("challenge.day", ref=day.ref), 303)


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_see)
def day(day: ChallengeDay) -> ResponseReturnValue:
    """The agenda, the lines of enquiry and what was recorded."""
    return day_page(day)


@blueprint.post("/<ref>/sessions")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def add_session(day: ChallengeDay) -> ResponseReturnValue:
    form = session_form(day)
    if not form.validate():
        return day_page(day, sessions=form, status=422)
    try:
        operations.add_session(
            day,
            organisation=organisation_of(day, form.organisation.data),
            questioner=organisation_of(day, form.questioner.data) if form.questioner.data else None,
            minutes=form.minutes.data,
            starts_at=form.starts_at.data or "",
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        add_refusal(form, refusal, form.organisation)
        return day_page(day, sessions=form, status=422)
    return redirect(url_for("challenge.day", ref=day.ref, _anchor="agenda"), 303)


@blueprint.post("/<ref>/sessions/fill")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def fill(day: ChallengeDay) -> ResponseReturnValue:
    """A session for every organisation that has returned and has none yet."""
    returned = [
        organisation
        for organisation in queries.asked(day.cycle_id)
        if (return_ := queries.return_of(day.cycle_id, organisation.id)) and return_.stage in RETURNED
    ]
    added = operations.fill_agenda(day, returned, by=current_user._get_current_object())
    if added:
        flash(f"Sessions added: {len(added)}. Change who questions whom where you need to.", "success")
    else:
        flash("Every organisation whose return is in has its session already.", "info")
    return redirect(url_for("challenge.day", ref=day.ref, _anchor="agenda"), 303)


@blueprint.post("/<ref>/sessions/remove")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def remove_session(day: ChallengeDay) -> ResponseReturnValue:
    session = queries.session_by_id(day.id, request.form.get("session", 0, type=int))
    if session is None:
        abort(404)
    operations.remove_session(session, day, by=current_user._get_current_object())
    flash("The session is off the agenda; those after it start earlier.", "success")
    return redirect(url_for("challenge.day", ref=day.ref, _anchor="agenda"), 303)


@blueprint.post("/<ref>/enquiries")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def add_enquiry(day: ChallengeDay) -> ResponseReturnValue:
    form = enquiry_form(day)
    if not form.validate():
        return day_page(day, enquiry=form, status=422)
    try:
        operations.add_enquiry(
            day,
            organisation=organisation_of(day, form.about.data),
            asked_by=organisation_of(day, form.asked_by.data) if form.asked_by.data else None,
            standard_key=form.standard_key.data or "",
            question=form.question.data or "",
            why=form.why.data or "",
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        add_refusal(form, refusal, form.question)
        return day_page(day, enquiry=form, status=422)
    flash("The question is prepared.", "success")
    return redirect(url_for("challenge.day", ref=day.ref, _anchor="enquiries"), 303)


@blueprint.get("/<ref>/<organisation>")
@guard(queries.by_ref, see=permissions.can_see)
def session(day: ChallengeDay, organisation: str) -> ResponseReturnValue:
    """The record of one organisation: how it stands, what is to be asked, what came of it."""
    presenting = organisation_of(day, organisation)
    look(
        "challenge_day:session:opened",
        day.id,
        by=current_user._get_current_object(),
        organisation_id=presenting.id,
        partnership_id=day.cycle.partnership_id,
    )
    return session_page(day, presenting, outcome_form(day, presenting))


@blueprint.post("/<ref>/<organisation>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def record_outcome(day: ChallengeDay, organisation: str) -> ResponseReturnValue:
    presenting = organisation_of(day, organisation)
    form = outcome_form(day, presenting)
    if not form.validate():
        return session_page(day, presenting, form, 422)
    try:
        operations.record_outcome(
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
    except Invalid as refusal:
        add_refusal(form, refusal, form.challenge)
        return session_page(day, presenting, form, 422)
    flash("Recorded." if not form.has_action else "Recorded, and the action is in the plan.", "success")
    return redirect(
        url_for("challenge.session", ref=day.ref, organisation=presenting.ref, _anchor="recorded"), 303
    )


def draft_of(form: OutcomeForm) -> ActionDraft | None:
    """The action typed into an outcome's form, if one was."""
    if not form.has_action:
        return None
    return ActionDraft(
        text=form.action_text.data or "",
        outcome=form.action_outcome.data or "",
        mechanism=form.action_mechanism.data or "",
        owner_name=form.action_owner_name.data or "",
        owner_role=form.action_owner_role.data or "",
        due_on=form.action_due_on.day,
    )


def organisation_of(day: ChallengeDay, ref: str | None) -> Organisation:
    """An organisation asked in this day's cycle; anything else does not exist here."""
    found = next((one for one in queries.asked(day.cycle_id) if one.ref == ref), None)
    return found or abort(404)


def enquiry_of(day: ChallengeDay, organisation: Organisation, ref: str | None) -> Enquiry | None:
    return next((one for one in queries.enquiries(day.id, organisation.id) if one.ref == ref), None)


def session_form(day: ChallengeDay) -> SessionForm:
    form = SessionForm()
    sessions = queries.sessions(day.id)
    taken = {one.organisation_id for one in sessions}
    asked = queries.asked(day.cycle_id)
    form.organisation.choices = [
        ("", "Choose an organisation"), *((one.ref, one.name) for one in asked if one.id not in taken)
    ]  # fmt: skip
    form.questioner.choices = [("", "The chair"), *((one.ref, one.name) for one in asked)]
    if sessions and not form.is_submitted():
        form.starts_at.data = sessions[0].starts_at
    return form


def enquiry_form(day: ChallengeDay) -> EnquiryForm:
    form = EnquiryForm()
    asked = queries.asked(day.cycle_id)
    form.about.choices = [("", "Choose an organisation"), *((one.ref, one.name) for one in asked)]
    form.asked_by.choices = [("", "The chair"), *((one.ref, one.name) for one in asked)]
    form.standard_key.choices = standard_choices(day)
    return form


def outcome_form(day: ChallengeDay, organisation: Organisation) -> OutcomeForm:
    form = OutcomeForm()
    form.enquiry.choices = [
        ("", "None of those prepared"),
        *((one.ref, one.question[:120]) for one in queries.enquiries(day.id, organisation.id)),
    ]
    form.standard_key.choices = standard_choices(day)
    edition = questionnaires.content(day.cycle.edition)
    form.agreed_level.choices = [("", "None agreed"), *pages.level_choices(edition)]
    return form


def standard_choices(day: ChallengeDay) -> list[tuple[str, str]]:
    edition = questionnaires.content(day.cycle.edition)
    return [
        ("", "No one standard"),
        *((standard.key, f"{standard.number} {standard.title}") for standard in edition.standards),
    ]


def day_page(
    day: ChallengeDay,
    *,
    sessions: SessionForm | None = None,
    enquiry: EnquiryForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page of a day; a form that was refused is shown as it was typed, the other one empty."""
    enquiries, outcomes = queries.enquiries(day.id), queries.outcomes(day.id)
    page = render_template(
        "challenge/day.html",
        day=day,
        agenda=pages.agenda(queries.sessions(day.id), enquiries, outcomes),
        asked=queries.asked(day.cycle_id),
        enquiries=enquiries,
        outcomes=outcomes,
        standard_title=lambda key: pages.standard_title(questionnaires.content(day.cycle.edition), key),
        session_form=sessions or session_form(day),
        enquiry_form=enquiry or enquiry_form(day),
        refused=sessions or enquiry,
        may_record=permissions.can_record(current_user, day),
    )
    return make_response(page, status)


def session_page(
    day: ChallengeDay, organisation: Organisation, form: OutcomeForm, status: int = 200
) -> ResponseReturnValue:
    edition = questionnaires.content(day.cycle.edition)
    return_ = queries.return_of(day.cycle_id, organisation.id)
    is_in = return_ is not None and return_.stage in RETURNED
    lines = []
    if return_ is not None and is_in:
        rated = ratings.of_returns(day.cycle, [return_.id])[return_.id]
        lines = pages.rating_lines(ratings.by_standard(edition, rated))
    page = render_template(
        "challenge/session.html",
        day=day,
        organisation=organisation,
        is_in=is_in,
        lines=lines,
        slot=next(
            (
                one
                for one in pages.agenda(queries.sessions(day.id))
                if one.session.organisation_id == organisation.id
            ),
            None,
        ),
        enquiries=queries.enquiries(day.id, organisation.id),
        outcomes=queries.outcomes(day.id, organisation.id),
        standard_title=lambda key: pages.standard_title(edition, key),
        form=form,
        may_record=permissions.can_record(current_user, day),
    )
    return make_response(page, status)


def add_refusal(form: FlaskForm, refusal: DomainError, otherwise: Field) -> None:
    """Put an operation's refusal beside the field it is about."""
    field = getattr(form, refusal.field or "", None) or otherwise
    field.errors = [*field.errors, refusal.sentence]
