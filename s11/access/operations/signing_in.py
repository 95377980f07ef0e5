"""Letting people in, and ending it."""

import secrets

from s11.access.models import SignIn
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.core.hashing import digest_of
from s11.people import passwords
from s11.people import queries as people
from s11.people.models import Person
from s11.trail.operations import record


def check_password(*, email: str, password: str) -> Person:
    """The person with this address and password; the same refusal whichever of the two is wrong."""
    person = people.by_address(email)
    known_hash = person.password_hash if person and person.active else None
    if not passwords.fits(password, known_hash) or person is None:
        raise Invalid("The e-mail address or the password is not right. Check both and try again.")
    if passwords.wants_rehash(known_hash or ""):
        person.password_hash = passwords.hash_of(password)
    return person


def begin(person: Person, *, way: str, device: str, address: str) -> str:
    """Sign somebody in who has shown who they are; gives the key that their browser keeps."""
    key = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        SignIn(
            person_id=person.id,
            key_hash=digest_of(key),
            way=way,
            device=device,
            address=address,
            began_at=now,
            seen_at=now,
        )
    )
    person.last_signed_in_at = now
    db.session.flush()
    record("person:session:signed_in", person.id, by=person, after={"way": way})
    return key


def finish(sign_in: SignIn, *, by: Person) -> None:
    """End one sign-in: a copy of its cookie opens nothing any more. Ending it twice changes nothing."""
    if sign_in.ended_at is None:
        sign_in.ended_at = clock.now()
        record("person:session:ended", sign_in.person_id, by=by)
