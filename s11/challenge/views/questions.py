"""The questions prepared for a day: adding, rewording and removing one."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import operations, permissions, queries
from s11.challenge.forms import ChangeEnquiryForm
from s11.challenge.models import ChallengeDay, Enquiry
from s11.challenge.views.blueprint import (
    blueprint,
    organisation_if_any,
    organisation_of,
    questioners,
    standard_choices,
)
from s11.challenge.views.planning import day_page, enquiry_form
from s11.core.errors import Invalid
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.post("/<ref>/enquiries")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def add_enquiry(day: ChallengeDay) -> ResponseReturnValue:
    form = enquiry_form(day)
    if not form.validate():
        return day_page(day, enquiry=form, status=422)
    about = organisation_of(day, form.about.data)
    try:
        operations.add_enquiry(
            day,
            organisation=about,
            asked_by=organisation_if_any(day, form.asked_by.data),
            standard_key=form.standard_key.data or "",
            question=form.question.data or "",
            why=form.why.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="question")
        return day_page(day, enquiry=form, status=422)
    flash("The question is prepared.", "success")
    return redirect(url_for("challenge.day", ref=day.ref, _anchor=f"about-{about.ref}"), 303)


@blueprint.route("/<ref>/enquiries/<enquiry>", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def change_enquiry(day: ChallengeDay, enquiry: str) -> ResponseReturnValue:
    """Put a prepared question differently."""
    found = enquiry_of(day, enquiry)
    form = ChangeEnquiryForm(
        standard_key=found.standard_key,
        asked_by=found.asked_by.ref if found.asked_by else "",
        question=found.question,
        why=found.why,
    )
    form.asked_by.choices = questioners(day, found.organisation)
    form.standard_key.choices = standard_choices(day)
    if request.method != "POST":
        return change_page(day, found, form)
    if not form.validate():
        return change_page(day, found, form, 422)
    try:
        operations.change_enquiry(
            found,
            day,
            asked_by=organisation_if_any(day, form.asked_by.data),
            standard_key=form.standard_key.data or "",
            question=form.question.data or "",
            why=form.why.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="question")
        return change_page(day, found, form, 422)
    flash("The question is changed.", "success")
    return back_to(day, found)


@blueprint.post("/<ref>/enquiries/<enquiry>/remove")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def remove_enquiry(day: ChallengeDay, enquiry: str) -> ResponseReturnValue:
    found = enquiry_of(day, enquiry)
    answer = back_to(day, found)
    try:
        operations.remove_enquiry(found, day, by=current_user._get_current_object())
    except Invalid as refusal:
        flash(refusal.sentence, "error")
        return answer
    flash("The question is removed.", "success")
    return answer


def enquiry_of(day: ChallengeDay, ref: str) -> Enquiry:
    """A question of this day; any other does not exist here."""
    found = queries.enquiry_by_ref(day.id, ref)
    if found is None:
        abort(404)
    return found


def back_to(day: ChallengeDay, enquiry: Enquiry) -> ResponseReturnValue:
    """The day, at the organisation a question is for."""
    return redirect(url_for("challenge.day", ref=day.ref, _anchor=f"about-{enquiry.organisation.ref}"), 303)


def change_page(
    day: ChallengeDay, enquiry: Enquiry, form: ChangeEnquiryForm, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template("challenge/change_enquiry.html", day=day, enquiry=enquiry, form=form), status
    )
