"""Links sent by mail that are good once: made, opened, used, withdrawn.

Only the digest of a token is stored, so that nobody who reads the database can follow a link.
Opening a link changes nothing: mail scanners follow every link before its reader does.
"""

import secrets
from datetime import timedelta

from sqlalchemy import update

from s11.access import queries
from s11.access.models import Link
from s11.access.rules import LINK_SPENT, Purpose
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.core.hashing import digest_of
from s11.people.models import Membership, Person


def make(
    purpose: Purpose,
    person: Person,
    *,
    lasts: timedelta,
    by: Person | None = None,
    membership: Membership | None = None,
    name: str = "",
    address: str = "",
) -> str:
    """A new link for a person; gives its token, which is known only now and goes into the mail.

    It takes the place of earlier ones for the same: of the same membership where it offers one,
    else of the same person. `by` is None when nobody signed in asked for it.
    """
    withdraw_all(purpose, person, membership=membership)
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        Link(
            purpose=purpose,
            person_id=person.id,
            membership_id=membership.id if membership else None,
            name=name,
            address=address,
            token_hash=digest_of(token),
            made_for=_made_for(purpose, person),
            made_at=now,
            made_by_id=by.id if by else None,
            made_by_name=by.name if by else "",
            expires_at=now + lasts,
        )
    )
    db.session.flush()
    return token


def open_link(token: str, purpose: Purpose) -> Link | None:
    """The link of a token, or None for one that is unknown, used, withdrawn, too old, or somebody's
    who may no longer sign in. Reads only: it may be opened as often as anybody likes."""
    link = queries.good_link(digest_of(token), purpose)
    return link if link is not None and link.made_for == _made_for(purpose, link.person) else None


def use(link: Link) -> None:
    """Use a link up. Of two who do so at once one is refused, so call it before what the link allows."""
    now = clock.now()
    used = db.session.scalar(
        update(Link)
        .where(Link.id == link.id, Link.used_at.is_(None), Link.withdrawn_at.is_(None), Link.expires_at > now)
        .values(used_at=now)
        .returning(Link.id)
    )
    if used is None:
        raise DomainError(LINK_SPENT)
    db.session.refresh(link)


def _made_for(purpose: Purpose, person: Person) -> str:
    """What has to be as it was for a link to be good: to set a password, the address and the old password."""
    if purpose is not Purpose.RESET:
        return ""
    return digest_of(f"{person.email} {person.password_hash or ''}")


def withdraw(link: Link) -> None:
    """Take a link back. One that was used, or taken back before, stays as it is."""
    if link.used_at is None and link.withdrawn_at is None:
        link.withdrawn_at = clock.now()


def withdraw_all(purpose: Purpose, person: Person, *, membership: Membership | None = None) -> None:
    """Take back every open link of a purpose: those that offer a membership, or else all of the person's."""
    whose = Link.membership_id == membership.id if membership else Link.person_id == person.id
    db.session.execute(
        update(Link)
        .where(Link.purpose == purpose, whose, Link.used_at.is_(None), Link.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )
