"""Letting people in, and ending it."""

import secrets
from collections.abc import Mapping

from sqlalchemy import update

from s11.access.models import SignIn
from s11.access.operations import throttling
from s11.access.operations.throttling import Count
from s11.access.rules import (
    PER_ACCOUNT,
    PER_KNOWN_BROWSER,
    PER_NETWORK,
    device_words,
    network_of,
    too_many_guesses,
)
from s11.core import clock
from s11.core.database import db, glance
from s11.core.errors import Invalid
from s11.core.hashing import digest_of
from s11.people import operations as people_operations
from s11.people import passwords
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import canonical_address
from s11.trail.operations import record

WRONG = "The e-mail address or the password is not right. Check both and try again."


def check_password(*, email: str, password: str, network: str, known: Mapping[str, str]) -> Person:
    """The person with this address and password; the same refusal whichever of the two is wrong.

    `network` is the address the try comes from, and `known` names the persons who signed in from this
    browser before, with its name for each: see `s11.access.browsers`. Commits by itself what it counts.
    """
    email = canonical_address(email)
    with glance():
        found = people.by_address(email)
        ref = found.ref if found else ""
        usable = found.password_hash if found and found.active else None
        person_id = found.id if found else None
    counts = guesses(email, network=network, browser=known.get(ref))
    counted = throttling.take(counts, too_many_guesses, field="email")
    # Between two transactions: the slow part holds nobody up.
    fits = passwords.fits(password, usable)
    person = db.session.get(Person, person_id) if fits else None
    if person is None or not person.active or person.password_hash != usable:
        raise Invalid(WRONG)
    throttling.give_back(counts, counted)
    if passwords.wants_rehash(usable or ""):
        person.password_hash = passwords.hash_of(password)
    return person


def guesses(email: str, *, network: str, browser: str | None) -> list[Count]:
    """What one try of a password counts on.

    A browser known to be the owner's has an allowance of its own: whatever strangers try elsewhere, and
    be it from the same building, the owner gets in.
    """
    if browser is not None:
        return [Count("password in known browser", browser, PER_KNOWN_BROWSER)]
    return [
        Count("password for account", email, PER_ACCOUNT),
        Count("password from network", network_of(network), PER_NETWORK),
    ]


def begin(person: Person, *, way: str, user_agent: str, address: str) -> str:
    """Sign somebody in who has shown who they are; gives the key that their browser keeps."""
    key = new_key()
    now = clock.now()
    db.session.add(
        SignIn(
            person_id=person.id,
            key_hash=digest_of(key),
            version=person.session_version,
            way=way,
            device=device_words(user_agent),
            address=address,
            began_at=now,
            seen_at=now,
        )
    )
    person.last_signed_in_at = now
    db.session.flush()
    record("person:session:signed_in", person.id, by=person, after={"way": way})
    return key


def new_key() -> str:
    return secrets.token_urlsafe(32)


def rekey(sign_in: SignIn) -> str:
    """A new key for a sign-in that goes on: with the one before nothing can be opened any more."""
    key = new_key()
    sign_in.key_hash = digest_of(key)
    sign_in.version = sign_in.person.session_version
    db.session.flush()
    return key


def touch(sign_in_id: int) -> None:
    """Note that a sign-in is in use. One that has ended meanwhile stays ended."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def finish(sign_in: SignIn, *, by: Person) -> None:
    """End one sign-in: a copy of its cookie opens nothing any more. Ending it twice changes nothing."""
    if sign_in.ended_at is None:
        sign_in.ended_at = clock.now()
        record("person:session:ended", sign_in.person_id, by=by)


def finish_elsewhere(sign_in: SignIn, *, by: Person) -> None:
    """End one sign-in from another browser."""
    if sign_in.ended_at is None:
        sign_in.ended_at = clock.now()
        record("person:session:revoked", sign_in.person_id, by=by, after={"device": sign_in.device})


def end_others(person: Person, *, but: SignIn, by: Person) -> int:
    """End every sign-in of a person except one; says how many."""
    return _end(person, by=by, but=but)


def end_all_of(person: Person, *, by: Person | None) -> int:
    """End every sign-in of a person, and with it whatever they are in the middle of; says how many."""
    people_operations.end_sessions(person)
    return _end(person, by=by)


def _end(person: Person, *, by: Person | None, but: SignIn | None = None) -> int:
    ended = db.session.scalars(
        update(SignIn)
        .where(
            SignIn.person_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.id != (but.id if but is not None else 0),
        )
        .values(ended_at=clock.now())
        .returning(SignIn.id)
    ).all()
    if ended:
        record("person:sessions:revoked", person.id, by=by, after={"name": person.name, "ended": len(ended)})
    return len(ended)
