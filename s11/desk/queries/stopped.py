"""Addresses to which nothing gets through: they came back, or somebody asked for no more reminders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from s11.core.database import db
from s11.notices.models import Notice, Suppression
from s11.notices.rules import Bounce, Kind
from s11.people.rules import canonical_address
from s11.web.filters import day

# Why an address is silent, as the outbox has it; whoever unsubscribed still gets what is theirs to do.
BOUNCED, COMPLAINED, UNSUBSCRIBED = "bounced", "complained", "unsubscribed"


@dataclass(frozen=True)
class Silence:
    """Why an address gets nothing, in words; `copies`: it gets no copies, and all the rest."""

    said: str
    copies: bool = False


def stopped(addresses: Collection[str]) -> dict[str, Silence]:
    """Of these addresses those that get no reminder, in canonical form, and why."""
    wanted = {canonical_address(one) for one in addresses}
    lifted: dict[str, datetime] = {}
    found: dict[str, Silence] = {}
    for one in _suppressions(wanted):
        address = canonical_address(one.address)
        if one.lifted_at is not None:
            lifted[address] = max(one.lifted_at, lifted.get(address, one.lifted_at))
        elif address not in found or found[address].copies:
            found[address] = _why(one)
    for address, at in _came_back(wanted).items():
        is_lifted = address in lifted and lifted[address] >= at
        if not is_lifted and (address not in found or found[address].copies):
            found[address] = Silence(f"came back on {day(at)}")
    return found


def _why(one: Suppression) -> Silence:
    if one.why == UNSUBSCRIBED:
        return Silence(f"wants no copies of reminders since {day(one.at)}", copies=True)
    if one.why == COMPLAINED:
        return Silence(f"wants no mail of ours since {day(one.at)}")
    return Silence(f"came back on {day(one.at)}")


def _suppressions(addresses: Collection[str]) -> list[Suppression]:
    query = select(Suppression).where(
        func.lower(Suppression.address).in_(addresses),
        or_(Suppression.kind == "", Suppression.kind == Kind.REMINDER),
    )
    return list(db.session.scalars(query.order_by(Suppression.at, Suppression.id)))


def _came_back(addresses: Collection[str]) -> dict[str, datetime]:
    """When mail to these addresses last came back for good."""
    address, last = func.lower(Notice.to_address), func.max(Notice.bounced_at)
    query = (
        select(address, last)
        .where(address.in_(addresses), Notice.bounced_at.is_not(None))
        .where(Notice.bounce.in_((Bounce.HARD, Bounce.COMPLAINT)))
        .group_by(address)
        .order_by(address)
    )
    return {canonical_address(found): at for found, at in db.session.execute(query)}
