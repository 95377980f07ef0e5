"""The pages of who runs the installation."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import operations as access
from s11.access import sessions
from s11.access.operations import factors, passwords
from s11.core.errors import Invalid
from s11.joining import queries as joining
from s11.notices import operations as notices
from s11.organisations.models import Partnership
from s11.people import queries as people
from s11.people.models import Person
from s11.system import operations, pages, queries
from s11.system.clock_pages import clock_page
from s11.system.forms import FindForm, FoundForm, ManagerForm
from s11.system.permissions import can_run
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard, signed_in

blueprint = Blueprint("system", __name__, url_prefix="/system")


@blueprint.get("/")
@signed_in(can_run)
def overview() -> ResponseReturnValue:
    return overview_page(FindForm())


def overview_page(form: FindForm) -> ResponseReturnValue:
    settings = current_app.config["S11"]
    page = render_template(
        "system/overview.html",
        state=pages.state(settings),
        safety=pages.safety(settings),
        warnings=pages.warnings(settings),
        tenants=queries.tenants(),
        form=form,
    )
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.get("/clock")
@signed_in(can_run)
def clock() -> ResponseReturnValue:
    """What is done by the clock, and whether it is."""
    return render_template("system/schedule.html", page=clock_page())


@blueprint.post("/clock/mail")
@signed_in(can_run)
def settle_mail() -> ResponseReturnValue:
    """Decide about every mail of no partnership that may have been sent."""
    again = request.form.get("go") == "again"
    settled = notices.settle_all(again=again, by=current_user._get_current_object())
    what = "goes out again" if again else "counts as sent"
    flash(f"{plural(settled, 'mail')}: each {what}.", "success")
    return redirect(url_for("system.clock"), 303)


@blueprint.route("/partnerships/new", methods=["GET", "POST"])
@signed_in(can_run)
def found() -> ResponseReturnValue:
    """Found a partnership, and invite who is to run it."""
    form = FoundForm()
    if request.method == "POST" and form.validate():
        try:
            partnership = operations.found(
                code=form.code.data,
                name=form.name.data,
                board_word=form.board_word.data or "",
                office_email=form.office_email.data or "",
                manager=form.manager.data,
                manager_email=form.manager_email.data,
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
        else:
            flash(f"{partnership.name} is founded, and {form.manager.data} is invited to run it.", "success")
            return redirect(url_for("system.overview"), 303)
    return make_response(render_template("system/found.html", form=form), 422 if form.mistakes else 200)


@blueprint.route("/partnerships/<ref>/manager", methods=["GET", "POST"])
@guard(joining.partnership_by_ref, see=can_run)
def manager(partnership: Partnership) -> ResponseReturnValue:
    """Invite a further business manager, for the day the only one has gone."""
    form = ManagerForm()
    if request.method == "POST" and form.validate():
        try:
            operations.invite_manager(
                partnership,
                name=form.manager.data,
                email=form.manager_email.data,
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="manager_email")
        else:
            flash(f"{form.manager.data} has been sent an invitation.", "success")
            return redirect(url_for("system.overview"), 303)
    page = render_template("system/manager.html", form=form, partnership=partnership)
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.post("/people")
@signed_in(can_run)
def find() -> ResponseReturnValue:
    """From an address to its person. Sent as a form: an address has no business in a link."""
    form = FindForm()
    if form.validate():
        found = people.by_address(form.email.data)
        if found is not None:
            return redirect(url_for("system.person", ref=found.ref), 303)
        form.email.errors = [*form.email.errors, "Nobody has this address. Check how it is spelt."]
    return overview_page(form)


@blueprint.get("/people/<ref>")
@guard(people.by_ref, see=can_run)
def person(person: Person) -> ResponseReturnValue:
    return render_template(
        "system/person.html",
        person=person,
        held=[m for m in person.memberships if m.in_force],
        open_ones=len(sessions.open_ones(person)),
        own=person.id == current_user.id,
        has_second_step=factors.has_one(person),
    )


def back(person: Person, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("system.person", ref=person.ref), 303)


@blueprint.post("/people/<ref>/end-sign-ins")
@guard(people.by_ref, see=can_run)
def end_sign_ins(person: Person) -> ResponseReturnValue:
    ended = access.end_all_of(person, by=current_user._get_current_object())
    return back(person, f"{plural(ended, 'sign-in')} of {person.name} ended.")


@blueprint.post("/people/<ref>/reset")
@guard(people.by_ref, see=can_run)
def reset(person: Person) -> ResponseReturnValue:
    passwords.start_reset(person, by=current_user._get_current_object())
    return back(person, f"A link to choose a new password has been sent to {person.name}.")


@blueprint.post("/people/<ref>/remove-second-step")
@guard(people.by_ref, see=can_run)
def remove_second_step(person: Person) -> ResponseReturnValue:
    if not factors.reset_factor(person, by=current_user._get_current_object()):
        return back(person, f"{person.name} has no second step to remove.")
    return back(person, f"The second step of {person.name} is removed, and they are signed out everywhere.")


@blueprint.post("/people/<ref>/switch-off")
@guard(people.by_ref, see=can_run)
def switch_off(person: Person) -> ResponseReturnValue:
    operations.switch_off(person, by=current_user._get_current_object())
    return back(person, f"{person.name} is switched off, and signed out everywhere.")


@blueprint.post("/people/<ref>/switch-on")
@guard(people.by_ref, see=can_run)
def switch_on(person: Person) -> ResponseReturnValue:
    operations.switch_on(person, by=current_user._get_current_object())
    return back(person, f"{person.name} can sign in again.")
