"""The one place of the web side that commits.

A request that changes something is kept when its answer is a success; anything else, and
every request that only reads, is rolled back. Then the looks are kept: see `s11.trail`.
"""

from flask import Flask, Response, g, request
from flask_login import current_user

from s11.core import clock
from s11.core.database import db, will_write
from s11.trail import operations as trail

READS = frozenset({"GET", "HEAD", "OPTIONS"})


def init(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        clock.note_arrival(clock.now())
        clock.keep_time_of(None)
        will_write(request.method not in READS)

    @app.after_request
    def finish(response: Response) -> Response:
        # Asked before the end of the transaction: afterwards it would begin another one.
        g.personal = request.endpoint != "static" and current_user.is_authenticated
        if request.method not in READS and (response.status_code < 400 or g.pop("keep", False)):
            db.session.commit()
        else:
            db.session.rollback()
        keep_looks()
        will_write(False)
        return response

    @app.teardown_request
    def reset(_error: BaseException | None) -> None:
        will_write(False)
        clock.note_arrival(None)
        clock.keep_time_of(None)


def keep_what_was_saved() -> None:
    """Keep this request's changes although its answer reports a problem with the rest of them."""
    g.keep = True


def keep_looks() -> None:
    """Keep the trail entries of a page that was read, in a transaction of their own."""
    looks = g.pop("looks", [])
    if looks:
        will_write(True)
        trail.keep(looks)
        db.session.commit()
