"""Contacts of an organisation: added, changed, ended."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import Invalid
from s11.organisations.models import Organisation
from s11.register import operations, permissions, queries
from s11.register.addresses import meant
from s11.register.forms import ContactForm
from s11.register.models import Contact
from s11.register.operations import Details
from s11.register.rules import ContactRole
from s11.register.views.blueprint import blueprint
from s11.register.views.place import own_register
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


def back_to(organisation: Organisation) -> str:
    return url_for("register.organisation", ref=organisation.ref, _anchor="people")


@blueprint.route("/<ref>/contacts/new", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def new_contact(organisation: Organisation) -> ResponseReturnValue:
    """Somebody to write to or to ring."""
    home = own_register()
    others = in_force(organisation.id, home)
    form = ContactForm(others=others)
    if form.validate_on_submit():
        try:
            added = operations.add_contact(
                organisation,
                queries.partnership(home),
                details_of(form, others),
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
        else:
            flash(f"{added.name} is a contact of {organisation.name}.", "success")
            return redirect(back_to(organisation), 303)
    elif not form.is_submitted() and request.args.get("role") in set(ContactRole):
        form.role.data = request.args["role"]
    return contact_page(form, organisation, None)


@blueprint.route("/contacts/<ref>/change", methods=["GET", "POST"])
@guard(
    queries.contact_by_ref,
    see=permissions.can_see_contact,
    may=permissions.can_change_contact,
)
@resumable
def change_contact(contact: Contact) -> ResponseReturnValue:
    """What is said of a contact."""
    others = [one for one in in_force(contact.organisation_id, contact.partnership_id) if one is not contact]
    form = ContactForm(obj=contact, others=others)
    if not form.is_submitted():
        form.substitute_for.data = contact.substitute_for.ref if contact.substitute_for else ""
    elif form.validate():
        try:
            operations.change_contact(
                contact, details_of(form, others), by=current_user._get_current_object()
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
        else:
            flash(f"What is said of {contact.name} has been saved.", "success")
            return redirect(back_to(contact.organisation), 303)
    return contact_page(form, contact.organisation, contact)


@blueprint.route("/contacts/<ref>/end", methods=["GET", "POST"])
@guard(
    queries.contact_by_ref,
    see=permissions.can_see_contact,
    may=permissions.can_change_contact,
)
def end_contact(contact: Contact) -> ResponseReturnValue:
    """Asked once more: from then on nothing is sent to them."""
    if request.method == "POST":
        operations.end_contact(contact, by=current_user._get_current_object())
        flash(f"{contact.name} is a contact no longer.", "success")
        return redirect(back_to(contact.organisation), 303)
    return render_template("register/end_contact.html", contact=contact, back=back_to(contact.organisation))


def in_force(organisation_id: int, partnership_id: int) -> list[Contact]:
    today = clock.today()
    found = queries.contacts_of(organisation_id, partnership_id)
    return [one for one in found if one.ended_on is None or one.ended_on > today]


def details_of(form: ContactForm, others: list[Contact]) -> Details:
    return Details(
        name=form.name.data or "",
        role=form.role.data,
        email=form.email.data or "",
        telephone=form.telephone.data or "",
        job_title=form.job_title.data or "",
        note=form.note.data or "",
        substitute_for=next((one for one in others if one.ref == form.substitute_for.data), None),
        sure=bool(form.sure.data),
    )


def contact_page(
    form: ContactForm, organisation: Organisation, contact: Contact | None
) -> ResponseReturnValue:
    page = render_template(
        "register/contact.html",
        form=form,
        organisation=organisation,
        contact=contact,
        # Asked only about an address that looks like a slip.
        doubted=bool(meant(form.email.data or "")),
        back=back_to(organisation),
    )
    return make_response(page, 422 if form.mistakes else 200)
