"""Entering an organisation, and changing its facts, its name and where it belongs."""

from flask import flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations.models import Organisation
from s11.organisations.rules import KIND_LABELS, Kind
from s11.register import operations, permissions, queries
from s11.register.forms import FactsForm, MoveForm, RenameForm
from s11.register.views.blueprint import blueprint
from s11.register.views.place import own_page, own_register
from s11.web.forms import Form, blame
from s11.web.guards import guard, signed_in
from s11.web.kept import resumable

Choices = dict[str, list[tuple[str, str]]]


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(permissions.can_keep_any)
@resumable
def new() -> ResponseReturnValue:
    """Enter an organisation. It sits at the table from today, and nothing is asked of it yet."""
    home = own_register()
    form = FactsForm(kinds=permissions.kinds_kept(current_user, home))
    form.parent.choices = parents(home, None)
    if form.validate_on_submit():
        try:
            added = operations.enter(
                queries.partnership(home),
                name=form.name.data,
                short_name=form.short_name.data or "",
                parent=queries.by_ref(form.parent.data) if form.parent.data else None,
                facts=form.facts,
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
        else:
            flash(f"{added.name} is in the register. Add whom to write to there.", "success")
            return redirect(own_page(added), 303)
    page = render_template("register/new.html", form=form)
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.route("/<ref>/change", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def change(organisation: Organisation) -> ResponseReturnValue:
    """Change what is known of an organisation."""
    home = own_register()
    form = FactsForm(kinds=permissions.kinds_kept(current_user, home), organisation=organisation)
    status = 200
    if form.validate_on_submit():
        try:
            changed = operations.change(
                organisation,
                queries.partnership(home),
                form.facts,
                seen=form.seen.data,
                by=current_user._get_current_object(),
            )
        except Stale as refusal:
            blame(form, refusal, otherwise="kind")
            status = refusal.status
        except Invalid as refusal:
            blame(form, refusal, otherwise="kind")
        else:
            flash("Saved." if changed else "Nothing was changed.", "success" if changed else "info")
            return redirect(own_page(organisation), 303)
    if not form.is_submitted() or status == Stale.status:
        form.seen.data = operations.seen_of(organisation)
    page = render_template("register/change.html", form=form, organisation=organisation)
    return make_response(page, status if status != 200 or not form.mistakes else 422)


@blueprint.route("/<ref>/rename", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def rename(organisation: Organisation) -> ResponseReturnValue:
    """Another name; the old one stays in the history."""
    home = own_register()
    form = RenameForm(data={"name": organisation.name, "short_name": organisation.short_name})
    if form.validate_on_submit():
        try:
            operations.rename(
                organisation,
                queries.partnership(home),
                name=form.name.data,
                short_name=form.short_name.data or "",
                on=form.on.real,
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
        else:
            flash(f"It is called {organisation.name} now. The name it had is in its history.", "success")
            return redirect(own_page(organisation), 303)
    return page_of("register/rename.html", form, organisation)


@blueprint.route("/<ref>/move", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def move(organisation: Organisation) -> ResponseReturnValue:
    """Another trust, council or group, or none."""
    home = own_register()
    form = MoveForm(data={"parent": organisation.parent.ref if organisation.parent else ""})
    form.parent.choices = parents(home, organisation)
    if form.validate_on_submit():
        try:
            operations.move(
                organisation,
                queries.partnership(home),
                parent=queries.by_ref(form.parent.data) if form.parent.data else None,
                on=form.on.real,
                by=current_user._get_current_object(),
            )
        except DomainError as refusal:
            blame(form, refusal, otherwise="parent")
        else:
            flash("Saved. Where it belonged before is in its history.", "success")
            return redirect(own_page(organisation), 303)
    return page_of("register/move.html", form, organisation)


def page_of(template: str, form: Form, organisation: Organisation) -> ResponseReturnValue:
    page = render_template(template, form=form, organisation=organisation)
    return make_response(page, 422 if form.mistakes else 200)


def parents(partnership_id: int, organisation: Organisation | None) -> Choices:
    """What an organisation can belong to, by kind; where it belongs now stays to choose."""
    offered = queries.parents_offered(partnership_id, but=organisation.id if organisation else None)
    held = organisation.parent if organisation else None
    if held is not None and held not in offered:
        offered.append(held)
    choices: Choices = {"On its own": [("", "Nobody")]}
    for kind in Kind:
        found = [(one.ref, one.name) for one in offered if one.kind == kind]
        if found:
            choices[KIND_LABELS[kind]] = found
    return choices
