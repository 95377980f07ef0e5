"""What the pages about people print."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from s11.access.models import Link
from s11.joining import permissions, queries
from s11.joining.permissions import Place
from s11.joining.queries import Offer
from s11.organisations.models import Partnership
from s11.people.models import Membership, Person
from s11.people.rules import Role
from s11.web.filters import day, short_day


@dataclass(frozen=True)
class Member:
    """Somebody in force at a place, as listed."""

    name: str
    email: str
    role: str
    title: str
    since: str
    href: str | None


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited, by the name their inviter wrote."""

    name: str
    email: str
    role: str
    status: str
    status_kind: str
    sent: str
    href: str | None


@dataclass(frozen=True)
class Past:
    """Somebody whose role here has ended."""

    name: str
    role: str
    period: str


@dataclass(frozen=True)
class People:
    """Everybody of a place, for one reader."""

    here: list[Member]
    invited: list[Invited]
    past: list[Past]
    may_invite: bool
    leaderless: bool


def people_of(person: Person, place: Place) -> People:
    """The people of a place as this person sees them."""
    found = queries.memberships_at(place)
    offers = queries.offers(found)
    here = [m for m in found if m.in_force and m.person.active]
    may_invite = permissions.can_invite(person, place)
    href = opener(person) if may_invite else lambda membership: None
    return People(
        here=[member(m, href(m)) for m in sorted(here, key=by_role)],
        invited=[invited(offer, href(offer.membership)) for offer in offers],
        past=[past(m) for m in found if not m.pending and (not m.in_force or not m.person.active)],
        may_invite=may_invite,
        leaderless=not isinstance(place, Partnership) and not any(m.role == Role.LEAD for m in here),
    )


def opener(person: Person) -> Callable[[Membership], str | None]:
    """Where one person at a place is changed, for who may do so."""

    def href(membership: Membership) -> str | None:
        if not permissions.can_change(person, membership):
            return None
        return url_for("joining.member", ref=membership.ref)

    return href


def by_role(membership: Membership) -> tuple[int, str]:
    return (list(Role).index(Role(membership.role)), membership.person.name.casefold())


def role_words(membership: Membership, steps: dict[str, str] | None = None) -> str:
    """The role, with whose signature it gives and its last day where it has one."""
    words = membership.role_label
    if membership.signs_as:
        words += f" ({(steps or {}).get(membership.signs_as, membership.signs_as.replace('_', ' '))})"
    if membership.until is not None:
        words += f", until {day(membership.until)}"
    return words


def steps_with(step: str, place: Place) -> dict[str, str]:
    """The signatures that can be chosen, one that is held already among them."""
    known = queries.signing_steps(place)
    return known if not step else {step: step.replace("_", " ").capitalize()} | known


def member(membership: Membership, href: str | None) -> Member:
    return Member(
        name=membership.person.name,
        email=membership.person.email,
        role=role_words(membership),
        title=membership.job_title,
        since=short_day(membership.started_on),
        href=href,
    )


def invited(offer: Offer, href: str | None) -> Invited:
    link = offer.link
    status, kind = standing(offer)
    by = f" by {link.made_by_name}" if link.made_by_name else ""
    return Invited(
        name=link.name,
        email=offer.membership.person.email,
        role=role_words(offer.membership),
        status=status,
        status_kind=kind,
        sent=f"{short_day(link.made_at)}{by}",
        href=href,
    )


def standing(offer: Offer) -> tuple[str, str]:
    """How an invitation fares, and the kind of its tag."""
    if offer.undelivered:
        return "Could not be delivered", "alert"
    if offer.expired:
        return f"Expired {short_day(offer.link.expires_at)}", "warn"
    return f"Open until {short_day(offer.link.expires_at)}", "doing"


def past(membership: Membership) -> Past:
    ended = membership.ended_on or membership.until
    return Past(
        name=membership.person.name,
        role=membership.role_label,
        period=f"{short_day(membership.started_on)} to {short_day(ended) if ended else 'now, switched off'}",
    )


def offer_words(link: Link) -> str:
    """What somebody was offered, in words that stand after "You were invited"."""
    assert link.membership is not None
    return f"to {link.membership.full_place} as {link.membership.role_label.lower()}"


def offers_to(person: Person) -> list[tuple[str, str]]:
    """What somebody was offered and can still take up: the words, and where to accept or decline."""
    return [
        (offer_words(link), url_for("joining.offered", ref=link.membership.ref))
        for link in queries.offers_to(person)
        if link.membership is not None
    ]


def leads_after(membership: Membership) -> int | None:
    """How many leads an organisation has left when this role ends; None where it is not a lead's."""
    if membership.organisation_id is None or membership.role != Role.LEAD:
        return None
    return len([m for m in queries.leads_in_force(membership.organisation_id) if m.id != membership.id])


def roles_in(person: Person, partnership: Partnership) -> str:
    """What somebody is in one of their partnerships, in a line."""
    held = [m for m in person.memberships if m.in_force and partnership.id in m.partnership_ids]
    return "; ".join(f"{m.role_label}, {m.place}" if m.organisation else m.role_label for m in held)
