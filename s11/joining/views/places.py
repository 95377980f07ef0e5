"""Switching between one's partnerships."""

from flask import flash, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.joining.forms import PlaceForm
from s11.joining.pages import roles_in
from s11.joining.views.blueprint import blueprint
from s11.web.guards import signed_in
from s11.web.kept import is_local, next_page


@blueprint.route("/places", methods=["GET", "POST"])
@signed_in()
def places() -> ResponseReturnValue:
    """Choose the partnership to work in. Others are left untouched: one works in one at a time."""
    form = PlaceForm()
    own = {place.ref: place for place in g.places}
    form.place.choices = [
        (place.ref, place.name, {"hint": roles_in(current_user, place)}) for place in own.values()
    ]
    if request.method == "POST":
        if form.validate():
            session["place"] = form.place.data
            flash(f"You are now working in {own[form.place.data].name}.", "success")
            return redirect(next_page(form.next.data), 303)
    else:
        wanted = request.args.get("next", "")
        form.next.data = wanted if is_local(wanted) else ""
        form.place.data = g.place.ref if g.place else None
    page = render_template("joining/places.html", form=form, here=g.place, back=url_for("home.home"))
    return make_response(page, 422 if form.mistakes else 200)
