"""The list of challenge days, planning one, and its agenda."""

from typing import Any

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.forms import choices
from s11.challenge import operations, pages, permissions, planned, queries, readiness
from s11.challenge.agendas import agenda_of
from s11.challenge.forms import ChangeDayForm, ChangeSessionForm, DayForm, EnquiryForm, PartForm, SessionForm
from s11.challenge.models import ChallengeDay, Outcome, Session
from s11.challenge.rules import MINUTES
from s11.challenge.views.blueprint import (
    blueprint,
    organisation_if_any,
    organisation_of,
    questioners,
    standard_choices,
    version_sent,
)
from s11.core import clock
from s11.core.errors import DomainError, Invalid, Stale
from s11.core.refs import new_ref
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.returns import queries as returns
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard, signed_in
from s11.web.kept import resumable


@blueprint.get("/")
@signed_in(permissions.can_see_any)
def days() -> ResponseReturnValue:
    """Every challenge day this person works with; the address may name a cycle with several."""
    found = queries.visible_to(current_user)
    cycle = request.args.get("cycle", "")
    if any(day.cycle.ref == cycle for day in found):
        found = [day for day in found if day.cycle.ref == cycle]
    return render_template(
        "challenge/days.html",
        days=found,
        outcomes=queries.outcome_counts([day.id for day in found]),
        today=clock.today(),
        may_plan=permissions.can_plan_any(current_user),
    )


@blueprint.get("/cycles/<ref>")
@guard(cycles.by_ref, see=cycle_permissions.can_see)
def of_cycle(cycle: Cycle) -> ResponseReturnValue:
    """The challenge day of a cycle, or their list; where there is none yet, the form to plan it."""
    found = planned.days_of_cycle(cycle.id)
    if len(found) > 1:
        return redirect(url_for("challenge.days", cycle=cycle.ref))
    if found:
        return redirect(url_for("challenge.day", ref=found[0].ref))
    if permissions.can_plan(current_user, cycle):
        return redirect(url_for("challenge.new", cycle=cycle.ref))
    return redirect(url_for("challenge.days"))


@blueprint.get("/actions/<ref>")
@guard(queries.of_action, see=permissions.can_see_outcome)
def of_action(outcome: Outcome) -> ResponseReturnValue:
    """The challenge an action came from."""
    return redirect(
        url_for(
            "challenge.session",
            ref=outcome.day.ref,
            organisation=outcome.organisation.ref,
            _anchor=f"outcome-{outcome.ref}",
        )
    )


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(permissions.can_plan_any)
@resumable
def new() -> ResponseReturnValue:
    """Plan a challenge day for a cycle."""
    mine = [cycle for cycle in cycles.visible_to(current_user) if permissions.can_plan(current_user, cycle)]
    form = DayForm()
    form.cycle.choices = choices(((cycle.ref, cycle.title) for cycle in mine), first="Choose a cycle")
    if request.method != "POST":
        form.cycle.data = request.args.get("cycle", "")
        return render_template("challenge/new.html", form=form)
    if not form.validate():
        return make_response(render_template("challenge/new.html", form=form), 422)
    try:
        day = operations.plan_day(
            next(cycle for cycle in mine if cycle.ref == form.cycle.data),
            title=form.title.data or "",
            held_on=form.held_on.day,
            place=form.place.data or "",
            link=form.link.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="title")
        return make_response(render_template("challenge/new.html", form=form), 422)
    flash("The day is planned. Now add who presents when.", "success")
    return redirect(url_for("challenge.day", ref=day.ref), 303)


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_see)
def day(day: ChallengeDay) -> ResponseReturnValue:
    """The agenda, and for each organisation its lines of enquiry and what came of them."""
    return day_page(day)


@blueprint.get("/<ref>/agenda")
@guard(queries.by_ref, see=permissions.can_see)
def agenda(day: ChallengeDay) -> ResponseReturnValue:
    """The agenda alone, to print and to lay out."""
    return render_template("challenge/agenda.html", day=day, agenda=agenda_of(day))


@blueprint.get("/<ref>/sessions")
@blueprint.get("/<ref>/parts")
@blueprint.get("/<ref>/enquiries")
@guard(queries.by_ref, see=permissions.can_see)
def lists(day: ChallengeDay) -> ResponseReturnValue:
    """Where a refused form was sent to, when somebody loads that address again."""
    return redirect(url_for("challenge.day", ref=day.ref))


@blueprint.route("/<ref>/change", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def change_day(day: ChallengeDay) -> ResponseReturnValue:
    """Another name, date or place, an earlier or later start, and whether packs are shared."""
    sessions = queries.sessions(day.id)
    first = sessions[0].starts_at if sessions else ""
    form = ChangeDayForm(
        title=day.title,
        held_on=day.held_on,
        place=day.place,
        link=day.link,
        shares_packs=day.shares_packs,
        starts_at=first,
        version=day.version,
    )
    if request.method != "POST":
        return change_page(day, form, bool(first))
    if not form.validate():
        return change_page(day, form, bool(first), 422)
    try:
        operations.change_day(
            day,
            title=form.title.data or "",
            held_on=form.held_on.day,
            place=form.place.data or "",
            link=form.link.data or "",
            shares_packs=bool(form.shares_packs.data),
            starts_at=form.starts_at.data or "",
            version=form.version.data,
            by=current_user._get_current_object(),
        )
    except Stale as refusal:
        return change_page(day, form, bool(first), 412, as_it_is=refusal.sentence)
    except DomainError as refusal:
        blame(form, refusal, otherwise="starts_at" if first else "title")
        return change_page(day, form, bool(first), 422)
    flash("The day is changed.", "success")
    return redirect(url_for("challenge.day", ref=day.ref), 303)


def change_page(
    day: ChallengeDay, form: ChangeDayForm, has_sessions: bool, status: int = 200, *, as_it_is: str = ""
) -> ResponseReturnValue:
    """`as_it_is`: somebody saved meanwhile. Both are shown, and sending it again saves what was typed."""
    if as_it_is:
        form.version.renew(day.version)
    page = render_template(
        "challenge/change.html",
        day=day,
        form=form,
        has_sessions=has_sessions,
        as_it_is=as_it_is,
        starts_at=agenda_of(day).starts_at,
    )
    return make_response(page, status)


@blueprint.post("/<ref>/sessions")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def add_session(day: ChallengeDay) -> ResponseReturnValue:
    form = session_form(day)
    if not form.validate():
        return day_page(day, sessions=form, status=422)
    try:
        operations.add_session(
            day,
            organisation=organisation_of(day, form.organisation.data),
            questioner=organisation_if_any(day, form.questioner.data),
            minutes=form.minutes.data or MINUTES,
            starts_at="" if queries.sessions(day.id) else form.starts_at.data or "",
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        blame(form, refusal, otherwise="minutes")
        return day_page(day, sessions=form, status=422)
    flash("The session is on the agenda.", "success")
    return to_agenda(day)


def to_agenda(day: ChallengeDay) -> ResponseReturnValue:
    return redirect(url_for("challenge.day", ref=day.ref, _anchor="agenda"), 303)


@blueprint.post("/<ref>/parts")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def add_part(day: ChallengeDay) -> ResponseReturnValue:
    """A break, a welcome, a closing."""
    form = part_form(day)
    if not form.validate():
        return day_page(day, part=form, status=422)
    try:
        added = operations.add_part(
            day,
            title=form.title.data or "",
            minutes=form.minutes.data or MINUTES,
            place=int(form.place.data),
            ref=form.ref.data,
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        blame(form, refusal, otherwise="minutes")
        return day_page(day, part=form, status=422)
    flash(f"“{added.title}” is on the agenda, from {added.starts_at}.", "success")
    return to_agenda(day)


@blueprint.post("/<ref>/sessions/fill")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def fill(day: ChallengeDay) -> ResponseReturnValue:
    """A session for every organisation that has returned and has none yet."""
    is_in = {one.organisation_id for one in returns.submitted(day.cycle_id)}
    returned = [one for one in queries.asked(day.cycle_id) if one.id in is_in]
    added = operations.fill_agenda(day, returned, by=current_user._get_current_object())
    if added:
        flash(
            f"{plural(len(added), 'session')} added. Change who questions whom, and when, where you need to.",
            "success",
        )
    else:
        flash("Every organisation whose return is in has its session already.", "info")
    return to_agenda(day)


@blueprint.route("/<ref>/sessions/<turn>", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def change_session(day: ChallengeDay, turn: str) -> ResponseReturnValue:
    """Who asks, how long, and at which place. `turn`: the ref of a session, or of whose it is."""
    session, agenda = session_of(day, turn)
    form = ChangeSessionForm(
        title=session.title,
        version=day.version,
        questioner=session.questioner.ref if session.questioner else "",
        minutes=session.minutes,
        place=str(agenda.index(session) + 1),
    )
    form.questioner.choices = questioners(day, session.organisation)
    form.place.choices = choices(
        (str(place), label) for place, label in enumerate(places(agenda, session), 1)
    )
    if request.method != "POST":
        return session_change_page(day, session, form)
    if not form.validate():
        return session_change_page(day, session, form, 422)
    try:
        operations.change_session(
            session,
            day,
            questioner=organisation_if_any(day, form.questioner.data),
            minutes=form.minutes.data or MINUTES,
            place=int(form.place.data),
            title=form.title.data or "",
            version=form.version.data,
            by=current_user._get_current_object(),
        )
    except Stale as refusal:
        return session_change_page(day, session, form, 412, as_it_is=refusal.sentence)
    except DomainError as refusal:
        blame(form, refusal, otherwise="minutes")
        return session_change_page(day, session, form, 422)
    flash("The session is changed.", "success")
    return to_agenda(day)


@blueprint.post("/<ref>/sessions/<turn>/move")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def move_session(day: ChallengeDay, turn: str) -> ResponseReturnValue:
    """One place up or down; the times of all sessions follow."""
    session, _ = session_of(day, turn)
    up = request.form.get("direction") == "up"
    try:
        operations.move_session(
            session,
            day,
            by_places=-1 if up else 1,
            version=version_sent(),
            by=current_user._get_current_object(),
        )
    except Stale as refusal:
        flash(refusal.sentence, "error")
        return to_agenda(day)
    flash(f"{session.name} is now at {session.starts_at}.", "success")
    return to_agenda(day)


@blueprint.post("/<ref>/sessions/<turn>/remove")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def remove_session(day: ChallengeDay, turn: str) -> ResponseReturnValue:
    session, _ = session_of(day, turn)
    operations.remove_session(session, day, by=current_user._get_current_object())
    flash("The session is off the agenda; those after it start earlier.", "success")
    return to_agenda(day)


def session_of(day: ChallengeDay, turn: str) -> tuple[Session, list[Session]]:
    """A session of this day, and the whole agenda."""
    found = planned.session_of(day.id, turn)
    if found is None:
        abort(404)
    return found, queries.sessions(day.id)


def places(agenda: list[Session], session: Session) -> list[str]:
    """What each place in the agenda means, once this session is taken out of it."""
    return ["First", *(f"After {one.name}" for one in agenda if one is not session)]


def session_change_page(
    day: ChallengeDay, session: Session, form: ChangeSessionForm, status: int = 200, *, as_it_is: str = ""
) -> ResponseReturnValue:
    """`as_it_is`: somebody saved meanwhile. Both are shown, and sending it again saves what was typed."""
    if as_it_is:
        form.version.renew(day.version)
    page = render_template(
        "challenge/change_session.html", day=day, session=session, form=form, as_it_is=as_it_is
    )
    return make_response(page, status)


def part_form(day: ChallengeDay) -> PartForm:
    form = PartForm(prefix="part")
    sessions = queries.sessions(day.id)
    labels = ["First", *(f"After {one.name}" for one in sessions)]
    form.place.choices = choices((str(place), label) for place, label in enumerate(labels, 1))
    if form.place.data is None:
        form.place.data = str(len(labels))
    if not form.ref.data:
        form.ref.data = new_ref()
    return form


def session_form(day: ChallengeDay) -> SessionForm:
    form = SessionForm()
    has_session = {session.organisation_id for session in queries.sessions(day.id)}
    without = [one for one in queries.asked(day.cycle_id) if one.id not in has_session]
    form.organisation.choices = choices(
        ((one.ref, one.name) for one in without), first="Choose an organisation"
    )
    form.questioner.choices = questioners(day)
    return form


def enquiry_form(day: ChallengeDay) -> EnquiryForm:
    form = EnquiryForm()
    form.about.choices = choices(
        ((one.ref, one.name) for one in queries.taking_part(day)), first="Choose an organisation"
    )
    form.asked_by.choices = questioners(day)
    form.standard_key.choices = standard_choices(day)
    return form


def day_page(
    day: ChallengeDay,
    *,
    sessions: SessionForm | None = None,
    part: PartForm | None = None,
    enquiry: EnquiryForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page of a day; a form that was refused is shown as it was typed, the others empty."""
    enquiries, outcomes = queries.enquiries(day.id), queries.outcomes(day.id)
    on_agenda, people = queries.sessions(day.id), planned.attendees(day.id)
    agenda = pages.agenda(on_agenda, enquiries, outcomes)
    edition = cycles.content_of(day.cycle)
    may_record = permissions.can_record(current_user, day)
    is_over = readiness.is_over(day, clock.today())
    page = render_template(
        "challenge/day.html",
        day=day,
        today=clock.today(),
        agenda=agenda,
        steps=readiness.steps_after(day, current_user)
        if is_over
        else readiness.steps(
            day,
            current_user,
            on_agenda,
            people,
            enquiries,
            may_plan=may_record,
            may_invite=permissions.can_invite(current_user, day),
        ),
        is_over=is_over,
        warnings=readiness.warnings(day, on_agenda, people) if may_record else [],
        live=link_to("challenge.live", ref=day.ref)
        if permissions.can_take_notes(current_user, day)
        else None,
        part_form=part or part_form(day),
        turns=pages.turns(agenda, enquiries, outcomes, edition, clock.today()),
        outcomes=outcomes,
        session_form=sessions or session_form(day),
        enquiry_form=enquiry or enquiry_form(day),
        refused=sessions or part or enquiry,
        adding="session" if sessions else "part" if part else "enquiry" if enquiry else "",
        may_record=may_record,
    )
    return make_response(page, status)


def link_to(endpoint: str, **values: Any) -> str | None:
    """The address of a page that another part of the product may bring; None where it is not there."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
