"""What is held about how somebody gets in: given out, taken out, and removed when its time is over."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update

from s11.access.models import Device, Guess, Identity, Link, RecoveryCode, SecondFactor, SignIn
from s11.core.database import db
from s11.core.retention import Periods, Stale
from s11.people.models import Membership, Person


def held(person: Person) -> dict[str, object]:
    """Sign-ins, remembered browsers, links sent, outside identities, second factor. No secret among them."""
    factor = db.session.get(SecondFactor, person.id)
    codes = db.session.scalars(select(RecoveryCode).where(RecoveryCode.person_id == person.id)).all()
    return {
        "sign-ins": [
            {
                "by": one.way,
                "browser": one.device,
                "internet address": one.address,
                "began": one.began_at,
                "last seen": one.seen_at,
                "ended": one.ended_at,
            }
            for one in _of(person, SignIn)
        ],
        "remembered browsers": [
            {"browser": one.name, "since": one.made_at, "until": one.expires_at}
            for one in _of(person, Device)
        ],
        "links sent by mail": [
            {
                "for": one.purpose,
                "name used": one.name,
                "made": one.made_at,
                "made by": one.made_by_name,
                "good until": one.expires_at,
                "used": one.used_at,
                "withdrawn": one.withdrawn_at,
            }
            for one in _of(person, Link)
        ],
        "outside identities": [
            {
                "provider": one.provider,
                "issuer": one.issuer,
                "known there as": one.subject,
                "e-mail address": one.email,
                "linked": one.linked_at,
            }
            for one in _of(person, Identity)
        ],
        "second factor": {
            "set up": factor.confirmed_at if factor else None,
            "recovery codes left": sum(code.used_at is None for code in codes),
        },
    }


def _of(person: Person, table: type[SignIn | Device | Link | Identity]) -> list:
    return list(db.session.scalars(select(table).where(table.person_id == person.id).order_by(table.id)))


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Remove all of it: somebody who left gets in no more."""
    for table in (SignIn, SecondFactor, RecoveryCode, Device, Link, Identity):
        db.session.execute(delete(table).where(table.person_id == person.id))
    made = update(Link).where(Link.made_by_id == person.id)
    db.session.execute(made.values(made_by_name=known_as))


def stale(now: datetime, periods: Periods) -> list[Stale]:
    """What is past its time."""
    over = or_(
        SignIn.ended_at < now - periods.sign_ins,
        and_(SignIn.ended_at.is_(None), SignIn.began_at < now - periods.session - periods.sign_ins),
    )
    spent = or_(
        Link.used_at < now - periods.links,
        Link.withdrawn_at < now - periods.links,
        Link.expires_at < now - periods.links,
    )
    # The link of an offer that still stands goes with the offer: see `offers_past`.
    open_offer = select(Membership.id).where(Membership.pending.is_(True), Membership.ended_on.is_(None))
    return [
        Stale("sign-ins that are over", SignIn, over),
        Stale(
            "links that were used, withdrawn or too old",
            Link,
            and_(spent, or_(Link.membership_id.is_(None), Link.membership_id.not_in(open_offer))),
        ),
        Stale("remembered browsers whose time is over", Device, Device.expires_at < now),
        Stale("counts of guesses", Guess, Guess.over_at < now),
    ]


def offers_past(now: datetime, periods: Periods) -> list[Membership]:
    """Roles offered and not taken up, of which every link ran out long ago."""
    alive = select(Link.membership_id).where(
        Link.membership_id.is_not(None), Link.expires_at >= now - periods.links
    )
    sent = select(Link.membership_id).where(Link.membership_id.is_not(None))
    query = select(Membership).where(
        Membership.pending.is_(True),
        Membership.ended_on.is_(None),
        Membership.id.in_(sent),
        Membership.id.not_in(alive),
    )
    return list(db.session.scalars(query.order_by(Membership.id)))


def withdraw_offers(offers: list[Membership]) -> None:
    """Remove offers and the links that brought them."""
    ids = [offer.id for offer in offers]
    db.session.execute(delete(Link).where(Link.membership_id.in_(ids)))
    for offer in offers:
        offer.person.memberships.remove(offer)
        db.session.delete(offer)
    db.session.flush()
