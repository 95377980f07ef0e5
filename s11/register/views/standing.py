"""Closing an organisation and opening it again, and its leaving and coming back."""

from flask import flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Seat
from s11.register import operations, permissions, queries
from s11.register.forms import CloseForm, LeaveForm
from s11.register.told import sections_of
from s11.register.views.blueprint import blueprint
from s11.register.views.place import own_page, own_register
from s11.web.forms import Form, blame
from s11.web.guards import guard


@blueprint.route("/<ref>/close", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
def close(organisation: Organisation) -> ResponseReturnValue:
    """A closure, or a merger where another one took it in."""
    home = own_register()
    form = CloseForm()
    if form.validate_on_submit():
        try:
            operations.close(
                organisation,
                queries.partnership(home),
                on=form.on.real,
                successor=found_as(form.successor.data or "", home),
                note=form.note.data or "",
                by=current_user._get_current_object(),
            )
        except DomainError as refusal:
            blame(form, refusal, otherwise="on")
        else:
            flash(f"The closure of {organisation.name} is in the register.", "success")
            return redirect(own_page(organisation), 303)
    return page_of("register/close.html", form, organisation, home)


@blueprint.post("/<ref>/reopen")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
def reopen(organisation: Organisation) -> ResponseReturnValue:
    home = own_register()
    operations.reopen(organisation, queries.partnership(home), by=current_user._get_current_object())
    flash(f"{organisation.name} is open again.", "success")
    return redirect(own_page(organisation), 303)


@blueprint.route("/<ref>/leave", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
def leave(organisation: Organisation) -> ResponseReturnValue:
    """It sits at this table no longer; at others it may."""
    home = own_register()
    form = LeaveForm()
    if form.validate_on_submit():
        try:
            operations.leave(
                organisation,
                queries.partnership(home),
                seat_of(organisation, home),
                on=form.on.real,
                note=form.note.data or "",
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="on")
        else:
            flash(f"{organisation.name} is no longer at the table. What it returned stays.", "success")
            return redirect(own_page(organisation), 303)
    return page_of("register/leave.html", form, organisation, home)


@blueprint.post("/<ref>/come-back")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_keep)
def come_back(organisation: Organisation) -> ResponseReturnValue:
    home = own_register()
    operations.come_back(
        organisation,
        queries.partnership(home),
        seat_of(organisation, home),
        by=current_user._get_current_object(),
    )
    flash(f"{organisation.name} is at the table again.", "success")
    return redirect(own_page(organisation), 303)


def seat_of(organisation: Organisation, partnership_id: int) -> Seat:
    seat = organisations.seat(partnership_id, organisation.id)
    assert seat is not None  # who has none is not seen
    return seat


def found_as(typed: str, partnership_id: int) -> Organisation | None:
    """The organisation at this table that was typed, by name or number. Raises Invalid for none or two."""
    if not typed.strip():
        return None
    found = queries.known_as(typed, partnership_id)
    if not found:
        raise Invalid(
            "No organisation at your table has this name or number. Add it to the register first, or "
            "leave this empty.",
            field="successor",
        )
    if len(found) > 1:
        raise Invalid(
            "Several organisations have this name. Enter a register number instead.", field="successor"
        )
    return found[0]


def page_of(template: str, form: Form, organisation: Organisation, home: int) -> ResponseReturnValue:
    sections = sections_of(organisation, home, current_user._get_current_object())
    page = render_template(
        template,
        form=form,
        organisation=organisation,
        still_asked=[line for section in sections for line in section.lines if line.waits],
    )
    return make_response(page, 422 if form.mistakes else 200)
