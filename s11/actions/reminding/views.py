"""How the plan reminds, how somebody is reminded, and the calendar of due dates under its secret address."""

from urllib.parse import urlsplit

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import permissions
from s11.actions.queries import settings_of
from s11.actions.reminding import operations, queries
from s11.actions.reminding.calendars import calendar_file, due_days
from s11.actions.reminding.forms import HowForm, SettingsForm
from s11.actions.rules import PlanRules, Reminders
from s11.actions.views.blueprint import blueprint
from s11.core import clock
from s11.core.errors import Stale
from s11.organisations.models import Partnership
from s11.trail.operations import look
from s11.web.guards import guard, public, signed_in
from s11.web.kept import resumable
from s11.web.limits import limited


@blueprint.get("/settings/<ref>")
@guard(queries.partnership_by_ref, see=permissions.can_see_settings)
def settings(partnership: Partnership) -> ResponseReturnValue:
    """How a partnership reminds of actions and asks what difference they made."""
    return settings_page(partnership, form_of(partnership))


@blueprint.post("/settings/<ref>")
@guard(queries.partnership_by_ref, see=permissions.can_see_settings, may=permissions.can_change_settings)
@resumable
def change_settings(partnership: Partnership) -> ResponseReturnValue:
    form = SettingsForm()
    if not form.validate():
        return settings_page(partnership, form, 422)
    try:
        operations.choose(
            partnership, form.chosen, version=form.version.data, by=current_user._get_current_object()
        )
    except Stale as refusal:
        flash(refusal.sentence, "error")
        form.version.data = row.version if (row := queries.settings_row(partnership.id)) else 0
        return settings_page(partnership, form, 412)
    flash("Saved. It holds from the next reminders on.", "success")
    return redirect(url_for("partnerships.settings", ref=partnership.ref), 303)


def form_of(partnership: Partnership) -> SettingsForm:
    row, chosen = queries.settings_row(partnership.id), settings_of(partnership.id)
    return SettingsForm(formdata=None, version=row.version if row else 0, **in_fields(chosen))


def in_fields(chosen: PlanRules) -> dict[str, object]:
    """What is set, as the fields of the form hold it."""
    return {
        "before": ", ".join(map(str, chosen.before)),
        "after": ", ".join(map(str, chosen.after)),
        "to_lead_after": chosen.to_lead_after,
        "to_office_after": chosen.to_office_after,
        "ask_after_months": ", ".join(map(str, chosen.ask_after_months)),
    }


def settings_page(partnership: Partnership, form: SettingsForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "actions/reminding/settings.html",
        partnership=partnership,
        form=form,
        now=in_fields(settings_of(partnership.id)) if status == 412 else None,
        may_change=permissions.can_change_settings(current_user, partnership),
    )
    return make_response(page, status)


# One's own


@blueprint.route("/reminders", methods=["GET", "POST"])
@signed_in(permissions.can_see_any)
def reminders() -> ResponseReturnValue:
    """How somebody wants to be reminded, and the address of their calendar."""
    found = queries.choice_of(current_user.id)
    form = HowForm(how=found.how if found else str(Reminders.EACH))
    if request.method == "POST" and form.validate():
        operations.choose_for_oneself(current_user._get_current_object(), Reminders(form.how.data))
        flash("Saved.", "success")
        return redirect(url_for("actions.reminders"), 303)
    return reminders_page(form, 422 if form.mistakes else 200)


@blueprint.post("/reminders/calendar")
@signed_in(permissions.can_see_any)
def make_calendar() -> ResponseReturnValue:
    """A secret address for a calendar, shown this once."""
    token = operations.make_calendar(current_user._get_current_object())
    found = queries.choice_of(current_user.id)
    form = HowForm(formdata=None, how=found.how if found else str(Reminders.EACH))
    return reminders_page(form, address=f"{current_app.config['S11'].address}/actions/calendar/{token}.ics")


@blueprint.post("/reminders/calendar/end")
@signed_in(permissions.can_see_any)
def end_calendar() -> ResponseReturnValue:
    operations.end_calendar(current_user._get_current_object())
    flash("The address opens nothing any more.", "success")
    return redirect(url_for("actions.reminders"), 303)


def reminders_page(form: HowForm, status: int = 200, address: str = "") -> ResponseReturnValue:
    page = render_template(
        "actions/reminding/reminders.html",
        form=form,
        calendar=queries.calendar_of(current_user.id),
        address=address,
    )
    answer = make_response(page, status)
    if address:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/calendar/<token>.ics")
@public
@limited("calendar")
def calendar(token: str) -> ResponseReturnValue:
    """The due dates of whoever made this address: whoever has it needs no password, and sees no words."""
    found = queries.calendar_by_token(token)
    if found is None or not permissions.serves(found[1]):
        return make_response("This address opens no calendar. Make a new one under Reminders.\n", 404)
    _, person = found
    settings = current_app.config["S11"]
    days = due_days(queries.dated(person), settings.address)
    host = urlsplit(settings.address).hostname or "localhost"
    answer = Response(calendar_file(days, host=host, at=clock.now()), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    look("person:calendar:read", person.id, by=person)
    return answer
