"""Refusals and faults as pages: what happened, and what to do."""

import logging
from math import ceil

from flask import Flask, current_app, flash, g, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, SecurityError

from s11.core.database import db
from s11.core.errors import DomainError, NotAllowed, TooMany
from s11.core.refs import new_ref
from s11.core.storage import FULL, NO_ROOM
from s11.web.filters import plural
from s11.web.guards import note_refusal
from s11.web.kept import ask_to_sign_in, carried, from_here, is_local, show_kept, words_typed
from s11.web.requests import wants_json
from s11.web.uploads import MEGABYTE, has_session, most_bytes

PAGES = frozenset({400, 403, 404, 409, 412, 413, 422, 429, 500, 503})
SAID_TO_SCRIPTS = {
    403: "This is not yours to change.",
    404: "This page is not there any more.",
    500: "Something went wrong on our side.",
    503: "The service is busy.",
}
SWALLOWED_AT_MOST = 300 * 1024 * 1024
log = logging.getLogger("s11")


def init(app: Flask) -> None:
    app.register_error_handler(DomainError, refused)
    app.register_error_handler(TooMany, too_many)
    app.register_error_handler(CSRFError, token_missing)
    app.register_error_handler(RequestEntityTooLarge, too_large)
    app.register_error_handler(StaleDataError, stale)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(IntegrityError, at_the_same_moment)
    app.register_error_handler(DataError, unfit)
    app.register_error_handler(OSError, disk_full)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, fault)


def page(status: int, sentence: str = "", reference: str = "", wait: str = "") -> ResponseReturnValue:
    """The error page of a status; scripts that asked for data get the sentence as JSON."""
    if wants_json():
        return make_response(
            jsonify(error=sentence or SAID_TO_SCRIPTS.get(status, f"Status {status}"), reference=reference),
            status,
        )
    name = status if status in PAGES else (500 if status >= 500 else 400)
    # A body too large to take was thrown away unread: there are no words to give back.
    words = words_typed() if status != RequestEntityTooLarge.code else []
    return make_response(
        render_template(
            f"errors/{name}.html", sentence=sentence, reference=reference, wait=wait, words=words
        ),
        status,
    )


def refused(error: DomainError) -> ResponseReturnValue:
    """A refusal nobody caught nearer by: its sentence on a page of its own."""
    if isinstance(error, NotAllowed) and current_user.is_authenticated:
        note_refusal(error.status, None, str((request.view_args or {}).get("ref", "")))
    return page(error.status, error.sentence)


def too_many(error: TooMany) -> ResponseReturnValue:
    """Done too often: when it may be done again, in words and for machines."""
    answer = make_response(
        page(error.status, error.sentence, wait=plural(ceil(error.seconds / 60), "minute"))
    )
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def token_missing(error: CSRFError) -> ResponseReturnValue:
    """A form without a valid token: an ended session far more often than an attack.

    Sent from one of our own pages, what was typed is kept; from anywhere else it is refused.
    """
    if not from_here():
        return page(400, "This form did not come from a page of this service. Open the page and try again.")
    ended = getattr(current_app.view_functions.get(request.endpoint or ""), "session_ended", None)
    if ended is not None:
        answer: ResponseReturnValue = ended()
        return answer
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if wants_json():  # the page asks whose session it is now, and takes that session's token
        return ask_to_sign_in()
    kept, path = carried()
    if kept:
        return show_kept(kept, path)
    return page(400, "This page was open for too long. Go back, load it again and repeat what you did.")


def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More was sent than is taken.

    The rest is read and thrown away, within reason: a browser that is cut off in the middle of
    sending shows its own error instead of our sentence.
    """
    _swallow_the_rest()
    return _back_or_page(
        413,
        f"That was more than can be sent at once: {most_bytes() // MEGABYTE} MB a file. "
        "Make the file smaller, or split it, and add it again.",
    )


def _swallow_the_rest() -> None:
    stream, left = request.environ["wsgi.input"], SWALLOWED_AT_MOST if has_session() else 0
    while left > 0 and (chunk := stream.read(min(left, 1024 * 1024))):
        left -= len(chunk)


def disk_full(error: OSError) -> ResponseReturnValue:
    """No room on the disk for a file that is arriving; any other such error is a fault."""
    if error.errno not in FULL:
        return fault(error)
    log.error("no room for a file: the disk is full")
    db.session.rollback()
    _swallow_the_rest()
    return _back_or_page(422, NO_ROOM)


def _back_or_page(status: int, sentence: str) -> ResponseReturnValue:
    if current_user.is_authenticated and from_here() and is_local(request.path) and not wants_json():
        flash(sentence, "error")
        return redirect(request.path, 303)
    return page(status, sentence)


def stale(error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return page(
        412, "Somebody else saved this at the same moment. Open it again to see the newest version first."
    )


def at_the_same_moment(error: IntegrityError) -> ResponseReturnValue:
    """Two requests did the same thing, and the database kept one: a double click more often than not."""
    log.warning("refused by the database: %s", first_line(error))
    db.session.rollback()
    return page(
        409, "Somebody, perhaps you with a second click, did this at the same moment. See how it stands now."
    )


def first_line(error: DBAPIError) -> str:
    """What the database said, without the lines in which PostgreSQL quotes what was entered."""
    return next(iter(str(error.orig).splitlines()), type(error.orig).__name__)


def unfit(error: DataError) -> ResponseReturnValue:
    """Something too long or too large that no field caught."""
    # Not its own words: they quote what was entered.
    log.warning("refused by the database: %s", type(error.orig).__name__)
    db.session.rollback()
    return page(422, "Something you entered is too long or too large to be kept. Shorten it and try again.")


def database_away(error: OperationalError) -> ResponseReturnValue:
    """The database is busy or away: refuse plainly, keep nothing half done, keep what was typed."""
    reference = new_ref()
    log.error("database unavailable, reference %s: %s", reference, first_line(error))
    forget_person()
    db.session.rollback()
    answer = make_response(page(503, reference=reference))
    answer.headers["Retry-After"] = "5"
    return answer


def forget_person() -> None:
    """Make the rest of this request do without knowing who asks: finding out needs the database."""
    g.database_away = True
    g.pop("_login_user", None)


def http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        # A strange Host header: no page of ours can be made, as its links would carry that name.
        return make_response("This service does not answer to that address.\n", 400)
    answer = make_response(page(error.code or 500))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def fault(error: Exception) -> ResponseReturnValue:
    """Our own mistake: a reference for the person, the details for the log only."""
    reference = new_ref()
    log.exception("fault, reference %s", reference, exc_info=error)
    db.session.rollback()
    return page(500, reference=reference)
