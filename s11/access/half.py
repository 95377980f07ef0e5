"""A browser that has shown the password and not yet the code.

Its session holds who it would be, since when, and by which way; it opens no page but those of the
next step, and for ten minutes. Where a telephone has to be set up first, it holds the new secret
too, hidden: signing it in keeps nothing of this.
"""

from dataclasses import dataclass

from flask import g, session

from s11.access.factor_rules import BETWEEN_STEPS, ENROLMENT
from s11.core import clock
from s11.core.hiding import Unreadable, hide, reveal
from s11.people import queries as people
from s11.people.models import Person

HALF, SECRET = "half", "new_secret"


@dataclass(frozen=True)
class Half:
    """Somebody between the two steps: what the session would hold of them, and how they came."""

    session_id: str
    way: str

    def person(self) -> Person | None:
        """Who it is, if they may still go on: a new password, or leaving, ends this too."""
        person = people.by_ref(self.session_id.partition(".")[0])
        return person if person is not None and person.active and person.get_id() == self.session_id else None


def begin(person: Person, *, way: str, secret: str = "") -> None:
    """Note that somebody has taken the first step; nothing of the session before is kept."""
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    session[HALF] = {"who": person.get_id(), "way": way, "at": int(clock.now().timestamp())}
    if secret:
        offer(secret)


def here() -> Half | None:
    """Who is between the steps in this browser, asked without the database; None after ten minutes."""
    found = session.get(HALF)
    if not found or clock.now().timestamp() - found["at"] > BETWEEN_STEPS.total_seconds():
        return None
    return Half(session_id=found["who"], way=found["way"])


def offer(secret: str) -> None:
    """Keep the secret of a new telephone in the browser that asked for it, until a first code is typed."""
    session[SECRET] = hide(secret)


def offered() -> str | None:
    """The secret that is being brought into a telephone, or None when there is none or it is too old."""
    hidden = session.get(SECRET)
    if not hidden:
        return None
    try:
        return reveal(hidden, within_seconds=int(ENROLMENT.total_seconds()))
    except Unreadable:
        return None


def withdraw() -> None:
    """Forget the secret offered: it was taken up, or given up."""
    session.pop(SECRET, None)
