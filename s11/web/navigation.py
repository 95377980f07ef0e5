"""The bar at the top: every room may offer an entry, each person sees their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from s11.people.models import Person


@dataclass(frozen=True)
class Item:
    """An entry of the bar."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Offer:
    """What a room offers: a label, an endpoint without arguments, to whom, and its place from the left."""

    label: str
    endpoint: str
    to: Callable[[Person], bool]
    place: int
    # The bar it stands in: the one at the top, or that of a group of pages.
    bar: str = ""
    # The bar it leads to: its pages are pages of this entry too.
    leads_to: str = ""


def offer(app: Flask, offers: Iterable[Offer]) -> None:
    """Add entries; called by the application factory, which alone knows every room."""
    held = app.extensions.setdefault("s11-navigation", [])
    held.extend(offers)
    held.sort(key=lambda item: item.place)


def items(bar: str = "") -> list[Item]:
    """The entries of a bar for whoever is signed in."""
    if not current_user.is_authenticated:
        return []
    return [
        Item(offer.label, url_for(offer.endpoint), is_here(offer))
        for offer in offered()
        if offer.bar == bar and offer.to(current_user)
    ]


def tabs(bar: str) -> list[Item]:
    """The entries of a group of pages; the one that is current is the one asked for itself."""
    return [Item(item.label, item.href, request.path == item.href) for item in items(bar)]


def is_here(offer: Offer) -> bool:
    """Whether the page asked for is of this entry: of the bar it leads to, or of its room, or, where its room
    has no entry of its own, at an address below this one's."""
    if bar := bar_here():
        return offer.leads_to == bar
    room = room_of(request.endpoint or "")
    if room in {room_of(other.endpoint) for other in offered()}:
        return room == room_of(offer.endpoint)
    return is_below(offer)


def bar_here() -> str:
    """The group of pages that the page asked for belongs to: it is one of them, or stands below one."""
    return next((other.bar for other in offered() if other.bar and is_below(other)), "")


def is_below(offer: Offer) -> bool:
    return f"{request.path}/".startswith(url_for(offer.endpoint).rstrip("/") + "/")


def way_to(bar: str) -> list[tuple[str, str]]:
    """The entry that leads to a group of pages, for breadcrumbs; nothing for whom it is not offered."""
    return [
        (offer.label, url_for(offer.endpoint))
        for offer in offered()
        if offer.leads_to == bar and offer.to(current_user)
    ]


def offered() -> list[Offer]:
    held: list[Offer] = current_app.extensions.get("s11-navigation", [])
    return held


def room_of(endpoint: str) -> str:
    return endpoint.split(".")[0]


def typed_by() -> str:
    """The ref of whoever fills in a form, which goes with it: words are not saved as somebody else's.

    Empty for somebody without an account, whoever may be signed in beside: see `without_anybody`.
    """
    if g.get("without_anybody") or not current_user.is_authenticated:
        return ""
    ref: str = current_user.ref
    return ref


def without_anybody() -> None:
    """The page in hand is nobody's: it prints nothing of whoever is signed in in this browser."""
    g.without_anybody = True


def init(app: Flask) -> None:
    app.jinja_env.globals["typed_by"] = typed_by
    app.jinja_env.globals["tabs"] = tabs
    app.jinja_env.globals["way_to"] = way_to

    @app.context_processor
    def everywhere() -> dict[str, object]:
        known = current_user.is_authenticated
        return {
            "service_name": "Safeguarding self-assessment",
            "current_person": current_user if known else None,
            "current_roles": roles_of(current_user) if known else "",
            # The partnership worked in, and whether there are others to switch to: s11.access.sessions.
            "partnership": g.get("place") if known else None,
            "several_places": known and len(g.get("places", ())) > 1,
            "navigation": items(),
        }


def roles_of(person: Person) -> str:
    """What a person is here for, in a line: "Safeguarding lead, Hartmere Police"."""
    said = [
        f"{m.job_title or m.role_label}, {m.place}" if m.organisation else m.job_title or m.role_label
        for m in person.current
    ]
    if len(said) > 1:
        return f"{said[0]} and {len(said) - 1} more"
    return said[0] if said else ""
