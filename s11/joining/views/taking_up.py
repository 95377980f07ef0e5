"""What an invited person does with their link: joins with a password, accepts, or declines.

Following the link consumes nothing: mail scanners do so before its reader. It moves the token
out of the address into the session, so that no page, log or referrer holds it.
"""

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access.models import Link
from s11.access.operations import links
from s11.access.rules import LINK_SPENT, Purpose
from s11.access.views.letting_in import Onward, let_in
from s11.core.errors import DomainError, Invalid
from s11.joining import operations, pages, permissions, queries
from s11.joining.forms import JoinForm
from s11.joining.rules import has_account
from s11.joining.views.blueprint import blueprint
from s11.people.models import Membership, Person
from s11.web.forms import blame
from s11.web.guards import guard, public
from s11.web.limits import limited

TOKEN = "invitation"
LONGEST_TOKEN = 200


@blueprint.get("/join/<token>")
@public
def arrive(token: str) -> ResponseReturnValue:
    session[TOKEN] = token[:LONGEST_TOKEN]
    return redirect(url_for("joining.join"))


@blueprint.route("/join", methods=["GET", "POST"])
@public
@limited("joining")
def join() -> ResponseReturnValue:
    """Where a link leads: somebody new to a password, others to signing in or accepting."""
    if TOKEN not in session:
        return redirect(url_for("home.start"))
    link = links.open_link(session[TOKEN], Purpose.INVITATION)
    if link is None or link.membership is None:
        return spent()
    if current_user.is_authenticated:
        if current_user.id != link.person_id:
            return render_template("joining/somebody_else.html")
        return redirect(url_for("joining.offered", ref=link.membership.ref))
    if has_account(link.person.password_hash, link.person.last_signed_in_at):
        return render_template("joining/has_account.html", link=link, offer=pages.offer_words(link))
    form = JoinForm(data={"name": link.name})
    if request.method == "POST" and form.validate():
        try:
            person = operations.join(link, name=form.name.data, password=form.password.data)
        except Invalid as refusal:
            blame(form, refusal, otherwise="password")
        except DomainError:
            return spent()
        else:
            answer = let_in(person, way="invitation", onward=Onward())
            flash(f"Welcome. You are now {accepted_words(link.membership)}.", "success")
            return answer
    page = render_template("joining/join.html", form=form, link=link, offer=pages.offer_words(link))
    return make_response(page, 422 if form.mistakes else 200)


def spent() -> ResponseReturnValue:
    """The same words for a link that was used, has expired, was taken back or never was one."""
    return make_response(render_template("joining/spent.html", sentence=LINK_SPENT), 410)


def accepted_words(membership: Membership) -> str:
    return f"{membership.role_label.lower()} at {membership.full_place}"


@blueprint.get("/invitations/<ref>")
@guard(queries.membership_by_ref, see=permissions.is_offered_to)
def offered(membership: Membership) -> ResponseReturnValue:
    link = queries.open_offer(membership.id)
    assert link is not None
    return render_template(
        "joining/offered.html", membership=membership, link=link, offer=pages.offer_words(link)
    )


@blueprint.post("/invitations/<ref>/accept")
@guard(queries.membership_by_ref, see=permissions.is_offered_to)
def accept(membership: Membership) -> ResponseReturnValue:
    """The role is in force from now on; where it opens another partnership, that one is offered at once."""
    person: Person = current_user._get_current_object()
    operations.take_up(offer_of(membership), by=person)
    session.pop(TOKEN, None)
    flash(f"Accepted. You are now {accepted_words(membership)}.", "success")
    if person.working_in is not None and person.working_in not in membership.partnership_ids:
        return redirect(url_for("joining.places"), 303)
    return redirect(url_for("home.home"), 303)


@blueprint.post("/invitations/<ref>/decline")
@guard(queries.membership_by_ref, see=permissions.is_offered_to)
def decline(membership: Membership) -> ResponseReturnValue:
    operations.decline(offer_of(membership), by=current_user._get_current_object())
    session.pop(TOKEN, None)
    flash("Declined. Whoever invited you has been told.", "success")
    return redirect(url_for("home.home"), 303)


def offer_of(membership: Membership) -> Link:
    link = queries.open_offer(membership.id)
    assert link is not None
    return link
