"""Personal links as the lead sees them: ask, see what became of it, send anew, take back."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import Invalid
from s11.returns import operations, permissions, queries
from s11.returns.forms import AskingForm, SendAnewForm
from s11.returns.link_rules import link_until
from s11.returns.models import PersonalLink, Return
from s11.returns.pages import link_line
from s11.returns.views.blueprint import blueprint
from s11.returns.views.colleagues import back_to_colleagues, chosen
from s11.web.forms import blame
from s11.web.guards import guard


@blueprint.get("/<ref>/colleagues/ask")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def ask_form(return_: Return) -> ResponseReturnValue:
    """The form that asks somebody without an account; `?standard=3` chooses one."""
    operations.check_shareable(return_)
    form = asking_form(return_)
    form.standard.data = request.args.get("standard", "")
    form.until.data = link_until(clock.today(), return_.due_on)
    return ask_page(return_, form)


def asking_form(return_: Return) -> AskingForm:
    form = AskingForm()
    listed = [(s.number, f"{s.number}. {s.title}") for s in queries.standards_of(return_)]
    form.standard.choices = [("", "Choose one"), *listed]
    return form


def ask_page(return_: Return, form: AskingForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("returns/ask.html", return_=return_, form=form), status)


@blueprint.post("/<ref>/colleagues/ask")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def ask(return_: Return) -> ResponseReturnValue:
    """Ask somebody without an account for one standard."""
    form = asking_form(return_)
    if not form.validate():
        return ask_page(return_, form, 422)
    (standard,) = chosen(return_, [form.standard.data])
    try:
        link = operations.ask(
            return_,
            standard,
            name=form.name.data or "",
            email=form.email.data or "",
            until=form.until.real,
            beyond=bool(form.beyond.data),
            note=form.note.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="name")
        return ask_page(return_, form, 422)
    if link is None:
        flash(
            f"{form.name.data} is asked for {standard.number} already. Send the link anew if it got lost.",
            "info",
        )
    else:
        flash(f"The link for {standard.number} is on its way to {link.name}.", "success")
    return back_to_colleagues(return_)


@blueprint.get("/<ref>/colleagues/links/<link>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def personal_link(return_: Return, link: str) -> ResponseReturnValue:
    """One link: what became of it, and the forms that send it anew or take it back."""
    found = link_or_404(return_, link)
    form = SendAnewForm(formdata=None)
    form.until.data = link_until(clock.today(), return_.due_on)
    return link_page(found, form)


def link_or_404(return_: Return, ref: str) -> PersonalLink:
    for link in queries.links(return_.id):
        if link.ref == ref:
            return link
    abort(404)


def link_page(link: PersonalLink, form: SendAnewForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "returns/link.html",
        return_=link.return_,
        link=link,
        line=link_line(link, operations.end_of(link)),
        standard=operations.standard_of(link),
        form=form,
        is_open=permissions.is_open(link.return_),
    )
    return make_response(page, status)


@blueprint.post("/<ref>/colleagues/links/<link>/anew")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def send_link_anew(return_: Return, link: str) -> ResponseReturnValue:
    """Send a new link; the one before is dead."""
    found, form = link_or_404(return_, link), SendAnewForm()
    if not form.validate():
        return link_page(found, form, 422)
    try:
        operations.send_anew(
            found,
            until=form.until.real,
            beyond=bool(form.beyond.data),
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="until")
        return link_page(found, form, 422)
    flash(f"A new link is on its way to {found.name}. The one before opens nothing any more.", "success")
    return redirect(url_for("returns.personal_link", ref=return_.ref, link=link), 303)


@blueprint.post("/<ref>/colleagues/links/<link>/withdraw")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def withdraw_link(return_: Return, link: str) -> ResponseReturnValue:
    """Take a link back."""
    found = link_or_404(return_, link)
    operations.withdraw(found, by=current_user._get_current_object())
    flash(f"The link to {found.name} opens nothing any more. What was saved is kept.", "success")
    return back_to_colleagues(return_)
