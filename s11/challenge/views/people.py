"""Who comes to a day: named, answered for, and ticked off at the door."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.forms import choices
from s11.challenge import operations, permissions, planned, queries, readiness
from s11.challenge.forms import AttendeeForm, SubstituteForm
from s11.challenge.kinds import ATTENDANCE_LABELS, PART_LABELS, Attendance, Part
from s11.challenge.models import Attendee, ChallengeDay
from s11.challenge.operations import Coming
from s11.challenge.views.blueprint import blueprint, organisation_if_any
from s11.core import clock
from s11.core.errors import Invalid, Stale
from s11.core.refs import new_ref
from s11.register.addresses import meant
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable

THE_BOARD = "The Board"
INSTEAD = "instead"  # two forms on a page, each with names of its own
BEFORE, ON_THE_DAY = "before", "day"
# What is said in one touch: before the day, and at the door.
TOUCHES = {
    BEFORE: (Attendance.COMING, Attendance.APOLOGIES),
    ON_THE_DAY: (Attendance.PRESENT, Attendance.ABSENT),
}


@blueprint.get("/<ref>/people")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def people(day: ChallengeDay) -> ResponseReturnValue:
    """Everybody who is to come, by organisation."""
    return people_page(day, attendee_form(day))


@blueprint.post("/<ref>/people")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def add_attendee(day: ChallengeDay) -> ResponseReturnValue:
    form = attendee_form(day)
    if not form.validate():
        return people_page(day, form, 422)
    try:
        added = operations.add_attendee(
            day, coming_in(day, form), ref=form.ref.data, by=current_user._get_current_object()
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="name")
        return people_page(day, form, 422)
    flash(f"{added.name} is on the list.", "success")
    return back_to(day, added)


@blueprint.post("/<ref>/people/take")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def take_people(day: ChallengeDay) -> ResponseReturnValue:
    """The leads from the register, and the chair and the office."""
    added = operations.take_from_register(day, by=current_user._get_current_object())
    if added:
        flash(
            f"{plural(len(added), 'person', 'people')} taken over. Change who comes where you need to.",
            "success",
        )
    else:
        flash("Everybody is on the list already whom the register names for these organisations.", "info")
    return redirect(url_for("challenge.people", ref=day.ref), 303)


@blueprint.route("/<ref>/people/<attendee>", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def change_attendee(day: ChallengeDay, attendee: str) -> ResponseReturnValue:
    """Another name, address, part or answer."""
    one = attendee_of(day, attendee)
    form = attendee_form(day, one)
    if request.method != "POST":
        return attendee_page(day, one, form)
    if not form.validate():
        return attendee_page(day, one, form, status=422)
    try:
        operations.change_attendee(
            one, day, coming_in(day, form), mark=form.mark.data, by=current_user._get_current_object()
        )
    except Stale as refusal:
        form.mark.data = operations.mark_of(one)
        return attendee_page(day, one, form, as_it_is=refusal.sentence, status=412)
    except Invalid as refusal:
        blame(form, refusal, otherwise="name")
        return attendee_page(day, one, form, status=422)
    flash(f"{one.name} is changed.", "success")
    return back_to(day, one)


@blueprint.post("/<ref>/people/<attendee>/substitute")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def send_substitute(day: ChallengeDay, attendee: str) -> ResponseReturnValue:
    """Somebody else comes in their place."""
    one, form = attendee_of(day, attendee), SubstituteForm(prefix=INSTEAD)
    if not form.validate():
        return attendee_page(day, one, attendee_form(day, one, fresh=True), instead=form, status=422)
    try:
        substitute = operations.send_substitute(
            one,
            day,
            name=form.name.data or "",
            role=form.role.data or "",
            email=form.email.data or "",
            sure=bool(form.sure.data),
            ref=form.ref.data,
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="name")
        return attendee_page(day, one, attendee_form(day, one, fresh=True), instead=form, status=422)
    flash(f"{substitute.name} comes in place of {one.name}, who sends apologies.", "success")
    return back_to(day, substitute)


@blueprint.post("/<ref>/people/<attendee>/mark")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def mark_attendee(day: ChallengeDay, attendee: str) -> ResponseReturnValue:
    """Say in one touch whether somebody comes or is here."""
    one, said = attendee_of(day, attendee), request.form.get("attendance", "")
    if said not in ATTENDANCE_LABELS:
        abort(400)
    operations.mark_attendance(one, day, Attendance(said), by=current_user._get_current_object())
    return back_to(day, one)


@blueprint.route("/<ref>/people/<attendee>/remove", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def remove_attendee(day: ChallengeDay, attendee: str) -> ResponseReturnValue:
    """Take somebody off the list; who was invited is told, once the office has looked at the mail."""
    one = attendee_of(day, attendee)
    may_tell = permissions.can_invite(current_user, day)
    if request.method != "POST":
        mail = operations.cancellation_of(one, day) if may_tell else None
        return render_template("challenge/remove_person.html", day=day, one=one, mail=mail)
    name, tell = one.name, may_tell and request.form.get("act") == "tell"
    told = operations.uninvite(one, day, tell=tell, by=current_user._get_current_object())
    flash(f"{name} is off the list{', and a mail is on its way' if told else ''}.", "success")
    return redirect(url_for("challenge.people", ref=day.ref), 303)


def attendee_of(day: ChallengeDay, ref: str) -> Attendee:
    found = planned.attendee_by_ref(day.id, ref)
    if found is None:
        abort(404)
    return found


def back_to(day: ChallengeDay, one: Attendee) -> ResponseReturnValue:
    """The list, at this person, as it was looked at."""
    return redirect(
        url_for("challenge.people", ref=day.ref, show=showing(day), _anchor=f"person-{one.ref}"), 303
    )


def showing(day: ChallengeDay) -> str:
    """Whether answers are taken or people are ticked off: as asked for, else by the day it is."""
    asked = request.form.get("show") or request.args.get("show") or ""
    if asked in TOUCHES:
        return asked
    return ON_THE_DAY if day.held_on <= clock.today() else BEFORE


def coming_in(day: ChallengeDay, form: AttendeeForm) -> Coming:
    return Coming(
        name=form.name.data or "",
        role=form.role.data or "",
        email=form.email.data or "",
        part=Part(form.part.data),
        attendance=Attendance(form.attendance.data),
        note=form.note.data or "",
        organisation=organisation_if_any(day, form.organisation.data),
        sure=bool(form.sure.data),
    )


def attendee_form(day: ChallengeDay, one: Attendee | None = None, *, fresh: bool = False) -> AttendeeForm:
    """The form, begun with what is known of somebody; `fresh`: whatever was sent, it was for another."""
    told = {"formdata": None} if fresh else {}
    form = (
        AttendeeForm(
            **told,
            name=one.name,
            role=one.role,
            email=one.email,
            part=one.part,
            attendance=one.attendance,
            note=one.note,
            organisation=one.organisation.ref if one.organisation else "",
            mark=operations.mark_of(one),
        )
        if one is not None
        else AttendeeForm(organisation=request.args.get("organisation", ""))
    )
    form.organisation.choices = choices(
        ((other.ref, other.name) for other in queries.taking_part(day)), first=THE_BOARD
    )
    if not form.ref.data:
        form.ref.data = new_ref()
    return form


def people_page(day: ChallengeDay, form: AttendeeForm, status: int = 200) -> ResponseReturnValue:
    sessions, everybody = queries.sessions(day.id), planned.attendees(day.id)
    benches = readiness.benches(sessions, everybody)
    show = showing(day)
    page = render_template(
        "challenge/people.html",
        day=day,
        form=form,
        benches=benches,
        nobody=readiness.without_anybody(benches),
        conflicts=readiness.conflicts(sessions, everybody),
        everybody=everybody,
        show=show,
        touches=[(str(one), ATTENDANCE_LABELS[one]) for one in TOUCHES[show]],
        labels=ATTENDANCE_LABELS,
        parts=PART_LABELS,
        doubted=bool(meant(form.email.data or "")),
        may_invite=permissions.can_invite(current_user, day),
    )
    return make_response(page, status)


def attendee_page(
    day: ChallengeDay,
    one: Attendee,
    form: AttendeeForm,
    *,
    instead: SubstituteForm | None = None,
    as_it_is: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    instead = instead or SubstituteForm(formdata=None, prefix=INSTEAD, ref=new_ref())
    page = render_template(
        "challenge/person.html",
        day=day,
        one=one,
        form=form,
        instead=instead,
        as_it_is=as_it_is,
        labels=ATTENDANCE_LABELS,
        doubted=bool(meant(form.email.data or "")),
        instead_doubted=bool(meant(instead.email.data or "")),
    )
    return make_response(page, status)
