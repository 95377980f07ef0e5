"""What is held about somebody here, and taking them out of it once they have left."""

from datetime import date

from sqlalchemy import func, select

from s11.core import clock
from s11.core.database import db
from s11.people.models import Membership, Person

# A name of the internet's that is never given to anybody, so that nothing can be sent there.
NOWHERE = "removed.invalid"


def held(person: Person) -> dict[str, object]:
    """Who somebody is to the service, and every role they hold or held."""
    return {
        "person": {
            "name": person.name,
            "e-mail address": person.email,
            "account made": person.created_at,
            "last signed in": person.last_signed_in_at,
            "has a password": person.password_hash is not None,
            "may sign in": person.active,
        },
        "roles": [
            {
                "role": membership.role_label,
                "at": membership.full_place,
                "job title": membership.job_title,
                "signs as": membership.signs_as,
                "from": membership.started_on,
                "until": membership.until,
                "ended": membership.ended_on,
                "offered and not yet taken up": membership.pending,
            }
            for membership in person.memberships
        ],
    }


def pseudonym_of(person: Person) -> str:
    """The name a leaver goes by: it says nothing, and tells one from another."""
    return f"Former member {person.ref[:4]}"


def forget(person: Person) -> None:
    """Take name, address and password out, for good; every session ends."""
    person.name = pseudonym_of(person)
    person.email = f"former-{person.ref}@{NOWHERE}"
    person.password_hash = None
    person.active = False
    person.session_version += 1
    person.pseudonymised_at = clock.now()
    for membership in person.memberships:
        membership.job_title = ""
        if membership.pending and membership.ended_on is None:
            membership.ended_on = clock.today()  # an open offer is taken back


def has_namesake(name: str, *, but: Person) -> bool:
    """Whether somebody else goes by this name: a name alone then does not say whose it is."""
    query = select(func.count(Person.id)).where(Person.name == name, Person.id != but.id)
    return bool(db.session.scalar(query))


def left_before(day: date) -> list[Person]:
    """Those whose last role ended before a day, and who still stand here under their own name."""
    last_day = func.max(func.coalesce(Membership.ended_on, Membership.until))
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.pseudonymised_at.is_(None))
        .group_by(Person.id)
        # A role without an end, in force or offered, leaves nothing to compare and keeps its holder.
        .having(func.count() == func.count(func.coalesce(Membership.ended_on, Membership.until)))
        .having(last_day < day)
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))


def never_taken_up(people: list[int]) -> list[Person]:
    """Those of these people who were only ever invited: no role but an offer, and no password."""
    taken = select(Membership.person_id).where(Membership.pending.is_(False))
    query = select(Person).where(
        Person.id.in_(people),
        Person.id.not_in(taken),
        Person.password_hash.is_(None),
        Person.pseudonymised_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Person.id)))
