"""Addresses to which nothing gets through: they came back, or somebody asked for no more reminders."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select

from s11.core.database import db
from s11.notices.models import Notice, Suppression
from s11.notices.rules import Bounce, Kind
from s11.people.rules import canonical_address
from s11.web.filters import day

NO_MORE = ("complaint", "asked")


def stopped(addresses: Collection[str]) -> dict[str, str]:
    """Of these addresses those that get no reminder, in canonical form, and a sentence that says why."""
    wanted = {canonical_address(one) for one in addresses}
    lifted: dict[str, datetime] = {}
    found: dict[str, str] = {}
    for one in _suppressions(wanted):
        address = canonical_address(one.address)
        if one.lifted_at is None:
            found[address] = _why(one)
        else:
            lifted[address] = max(one.lifted_at, lifted.get(address, one.lifted_at))
    for address, at in _came_back(wanted).items():
        if address not in found and at > lifted.get(address, datetime.min.replace(tzinfo=at.tzinfo)):
            found[address] = f"came back on {day(at)}"
    return found


def _why(one: Suppression) -> str:
    if one.kind == Kind.REMINDER or one.why in NO_MORE:
        return f"gets no more reminders since {day(one.at)}, as its owner wished"
    return f"came back on {day(one.at)}"


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
