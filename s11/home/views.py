"""The start page, each person's home, the pages everybody may read, and the health check."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from s11.core import clock, database
from s11.home import leaving, matrix, matrix_words, pages
from s11.home.held import HELD
from s11.home.own_data import as_file, counted, held_about
from s11.joining import pages as joining_pages
from s11.people import personal
from s11.people import queries as people
from s11.people.models import Person
from s11.system.permissions import can_run
from s11.trail.operations import look
from s11.web.guards import guard, public, signed_in
from s11.web.limits import limited

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """What this is. Somebody signed in goes straight to work."""
    if current_user.is_authenticated:
        return redirect(url_for("home.home"))
    return render_template("home/start.html")


@blueprint.get("/home")
@signed_in()
def home() -> ResponseReturnValue:
    """What do I have to do now?"""
    return render_template(
        "home/home.html",
        page=pages.home_of(current_user),
        offers=joining_pages.offers_to(current_user),
        has_role=bool(current_user.current),
    )


@blueprint.get("/help")
@public
def help() -> ResponseReturnValue:
    return render_template("home/help.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html", held=[one.row(current_app.config["S11"]) for one in HELD])


@blueprint.get("/account/data")
@signed_in()
def own_data() -> ResponseReturnValue:
    """What is held about oneself, counted, and where to take it."""
    return render_template("home/own_data.html", counted=counted(held_about(current_user)))


@blueprint.get("/account/data.json")
@signed_in()
@limited("export")
def own_data_file() -> ResponseReturnValue:
    """The same, whole, as a file."""
    person = current_user._get_current_object()
    address = current_app.config["S11"].address
    answer = Response(as_file(held_about(person), address), mimetype="application/json")
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=held-about-me-{clock.today().isoformat()}.json"
    )
    look("person:data:downloaded", person.id, by=person)
    return answer


@blueprint.get("/who-may-do-what")
@public
def who_may() -> ResponseReturnValue:
    """The table of permissions, for whoever wants to know before they write a word."""
    return render_template("home/who_may.html", parts=matrix_words.parts(matrix.matrix()))


@blueprint.route("/system/people/<ref>/take-name-out", methods=["GET", "POST"])
@guard(people.by_ref, see=can_run)
def take_name_out(person: Person) -> ResponseReturnValue:
    """Let somebody who left go under a name that says nothing: the administrator's, once it is asked for."""
    if request.method == "POST":
        name = person.name
        known_as = leaving.pseudonymise(person, by=current_user._get_current_object())
        flash(f"{name} is {known_as} from now on.", "success")
        return redirect(url_for("system.person", ref=person.ref), 303)
    return render_template(
        "home/take_name_out.html",
        person=person,
        known_as=personal.pseudonym_of(person),
        reason=leaving.why_not(person),
    )


@blueprint.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Whether the database answers: 200 or 503, with no content and no version."""
    try:
        database.ping()
    except SQLAlchemyError:
        return make_response(jsonify(status="unavailable", database="unavailable"), 503)
    return jsonify(status="ok", database="ok")
