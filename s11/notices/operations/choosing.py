"""Stopping mail of a kind to an address, letting it in again, and how somebody wants their news."""

from s11.core import clock
from s11.core.database import db
from s11.notices import queries
from s11.notices.models import MailChoice, Suppression
from s11.notices.rules import Digest, Why
from s11.people.models import Person
from s11.trail.operations import record


def stop(address: str, why: Why, *, kind: str = "", said: str = "") -> Suppression:
    """Send no more mail of a kind to an address. Said twice, it holds once."""
    for one in queries.stops_of(address):
        if (one.why, one.kind) == (why, kind):
            return one
    found = Suppression(address=address.lower(), kind=kind, why=why, said=said[:300], at=clock.now())
    db.session.add(found)
    return found


def lift(address: str, *, by: Person, partnership_id: int | None) -> int:
    """Let mail to an address in again, except what its owner asked to stop."""
    lifted = [one for one in queries.stops_of(address) if one.why != Why.UNSUBSCRIBED]
    for one in lifted:
        one.lifted_at, one.lifted_by_name = clock.now(), by.name
        record("mail:address:let_in", one.id, by=by, partnership_id=partnership_id, after={"why": one.why})
    return len(lifted)


def choose(person: Person, digest: Digest) -> None:
    """Take somebody's news at once, or together once a day or a week."""
    found = queries.choice_of(person.id)
    if found is None:
        found = MailChoice(person_id=person.id)
        db.session.add(found)
    found.digest = digest
