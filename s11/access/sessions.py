"""The browser's side of being signed in: what its cookie holds, and whose it is.

The cookie is signed and holds a random key; the sign-in it belongs to is a row. A sign-in ends
after the idle time (the cookie's own lifetime, renewed by each request), at the latest after the
hours set, at once when its row is ended, and with all others of the person when their session
version is raised.
"""

from datetime import timedelta

from flask import current_app, g, request, session
from flask_login import current_user, login_user, logout_user

from s11.access import operations, queries
from s11.access.models import SignIn
from s11.core import clock
from s11.core.hashing import digest_of
from s11.people import queries as people
from s11.people.models import Person
from s11.trail.rules import plain_address

DEVICE_LONGEST = 120


def start(person: Person, *, way: str) -> None:
    """A new session, with nothing of the one before: also no form token made under it."""
    key = operations.begin(
        person,
        way=way,
        device=(request.user_agent.string or "")[:DEVICE_LONGEST],
        address=plain_address(request.remote_addr),
    )
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    session["key"] = key
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
    person = found.person
    put_in_place(person)
    return person


def put_in_place(person: Person) -> None:
    """Let somebody with roles in several partnerships act in one: the one chosen, else the first by name."""
    places = people.places_of(person)
    chosen = next((place for place in places if place.ref == session.get("place")), None)
    here = chosen or next(iter(places), None)
    g.places, g.place = places, here
    person.work_in(here.id if here is not None and len(places) > 1 else None)


def is_good(sign_in: SignIn, session_id: str) -> bool:
    """Whether a sign-in still counts: its person is the one in the cookie, and its time is not over."""
    longest = timedelta(hours=current_app.config["S11"].session_hours)
    person = sign_in.person
    return person.active and person.get_id() == session_id and clock.now() - sign_in.began_at <= longest
