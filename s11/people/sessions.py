"""Beginning and ending somebody's session.

A session ends after the idle time (the cookie's own lifetime, renewed by each request), at the
latest after the hours set, and at once when the person's session version is raised.
"""

from datetime import datetime, timedelta

from flask import current_app, g, session
from flask_login import current_user, login_user, logout_user

from s11.core import clock
from s11.people import operations, queries
from s11.people.models import Person


def start(person: Person) -> None:
    """A new session, with nothing of the one before: also no form token made under it."""
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    session["since"] = clock.now().isoformat()
    login_user(person)


def end() -> None:
    """Sign out, here and wherever a copy of this session's cookie may be."""
    if current_user.is_authenticated:
        operations.end_sessions(current_user)
    logout_user()
    session.clear()


def person_of(session_id: str) -> Person | None:
    """Who a session belongs to, or None when it has ended."""
    if g.get("database_away"):
        return None
    since = session.get("since")
    longest = timedelta(hours=current_app.config["S11"].session_hours)
    if since is None or clock.now() - datetime.fromisoformat(since) > longest:
        return None
    return queries.by_session(session_id)
