"""The browser's side of being signed in: what its cookie holds, and whose it is.

The cookie is signed and holds a random key and when it was last used; the sign-in it belongs to is a row.
A sign-in ends after the idle time, at the latest after the hours set, at once when its row is ended, and
with all others of the person when their session version is raised.
"""

import logging
from datetime import timedelta

from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user, login_user, logout_user
from sqlalchemy.exc import OperationalError

from s11.access import browsers, operations, queries
from s11.access.models import SignIn
from s11.access.permissions import asked_by_partnership, demanded_of
from s11.access.rules import SEEN_WITHIN, WARNING
from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.hashing import digest_of
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import INSTALLATION_ROLES
from s11.trail.rules import plain_address

log = logging.getLogger("s11.sessions")


def init(app: Flask) -> None:
    """Stands before `web.transactions` in the factory, so that what it does after a request comes later."""
    app.after_request(note_that_it_is_used)
    app.context_processor(time_left)


def start(person: Person, *, way: str, proven: bool = False) -> None:
    """A new session, with nothing of the one before: also no form token made under it.

    `proven`: a second factor was shown too. Without it, somebody whose role needs one is let in nowhere,
    so call `access.views.letting_in.let_in` rather than this.
    """
    key = operations.begin(
        person,
        way=way,
        user_agent=request.user_agent.string or "",
        address=plain_address(request.remote_addr),
    )
    session.clear()
    g.pop("sign_in", None)
    session.permanent = True
    if proven:
        session["proven"] = True
    _hold(person, key)
    browsers.remember(person)


def renew() -> None:
    """Go on with the present sign-in under a new key: whoever holds a copy of the old one has nothing."""
    _hold(g.sign_in.person, operations.rekey(g.sign_in))


def _hold(person: Person, key: str) -> None:
    session["key"] = key
    session["seen"] = _now()
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    login_user(person)


def end() -> None:
    """Sign out, here and wherever a copy of this session's cookie may be."""
    if current_user.is_authenticated and (here := g.get("sign_in")):
        operations.finish(here, by=current_user._get_current_object())
    logout_user()
    session.clear()


def person_of(session_id: str) -> Person | None:
    """Who a session belongs to, or None when it has ended."""
    if g.get("database_away"):
        return None
    found = queries.sign_in_by_key(digest_of(session.get("key", "")))
    if found is None or not is_good(found, session_id):
        return None
    g.sign_in = found
    if clock.now() - found.seen_at > SEEN_WITHIN:
        g.used_again = found.id
    session["seen"] = _now()
    person = found.person
    put_in_place(person)
    return person


def put_in_place(person: Person) -> None:
    """Let somebody with roles in several partnerships act in one: the one chosen, else the first by name."""
    places = people.places_of(person)
    chosen = next((place for place in places if place.ref == session.get("place")), None)
    here = chosen or next(iter(places), None)
    g.places, g.place = places, here
    clock.keep_time_of(here.time_zone if here is not None else None)
    person.work_in(here.id if here is not None and len(places) > 1 else None)


def is_good(sign_in: SignIn, session_id: str) -> bool:
    """Whether a sign-in still counts: its person is the one in the cookie, and its time is not over."""
    person = sign_in.person
    if not person.active or person.get_id() != session_id or sign_in.version != person.session_version:
        return False
    unused = timedelta(seconds=_now() - session.get("seen", 0))
    if unused > idle_time(person) or clock.now() - sign_in.began_at > longest():
        return False
    # Somebody whose new role needs a second factor signs in again, and shows it.
    return "proven" in session or not demanded_of(person)


def idle_time(person: Person) -> timedelta:
    """How long somebody may do nothing: less for those who see what many wrote."""
    settings = current_app.config["S11"]
    held = [membership for membership in person.memberships if membership.in_force]
    wide = any(m.is_board or m.role in INSTALLATION_ROLES for m in held)
    return timedelta(minutes=settings.board_idle_minutes if wide else settings.idle_minutes)


def longest() -> timedelta:
    return timedelta(hours=current_app.config["S11"].session_hours)


def open_ones(person: Person) -> list[SignIn]:
    """Where somebody is signed in just now."""
    now = clock.now()
    return queries.open_sign_ins(
        person, seen_since=now - idle_time(person) - SEEN_WITHIN, begun_since=now - longest()
    )


def time_left() -> dict[str, object]:
    """For every page: in how many seconds this sign-in ends, for want of activity and in any case; and
    whether the next one takes a second step."""
    here: SignIn | None = g.get("sign_in") if current_user.is_authenticated else None
    if here is None:
        return {"time_left": None, "second_step_wanted": False}
    over = here.began_at + longest() - clock.now()
    return {
        "time_left": {
            "idle": int(idle_time(here.person).total_seconds()),
            "longest": max(0, int(over.total_seconds())),
            "warning": int(WARNING.total_seconds()),
        },
        # A partnership began to ask for it after this sign-in: said on every page until the next one.
        "second_step_wanted": "proven" not in session and asked_by_partnership(here.person, g.places),
    }


def note_that_it_is_used(response: Response) -> Response:
    """Keep that the sign-in was used, in a transaction of its own and not at every page."""
    used = g.pop("used_again", None)
    if used is not None:
        try:
            with unit_of_work():
                operations.touch(used)
        except OperationalError as error:
            # The page is made, and what it did is kept: that the list is a little behind harms nobody.
            log.warning("a sign-in could not be noted as used: %s", error.orig)
    return response


def _now() -> int:
    return int(clock.now().timestamp())
