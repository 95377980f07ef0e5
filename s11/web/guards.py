"""Who may pass. A route without one of these guards does not start: see tests/architecture.

A guard loads the thing a page is about and asks whether this person may have it, so that a
view never holds something it was not allowed to load. What may not be seen is answered like
what does not exist (404); what may be seen but not done, with 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.trail.operations import refuse
from s11.web.kept import ask_to_sign_in
from s11.web.requests import wants_json

View = Callable[..., ResponseReturnValue]
Predicate = Callable[..., bool]


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    view.guarded = "public"  # type: ignore[attr-defined]
    return view


def signed_in(may: Predicate | None = None) -> Callable[[View], View]:
    """For somebody signed in of whom `may(person)` is true; to others the page does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if may is not None and not may(current_user):
                return elsewhere_or_nowhere(may)
            return view(*args, **kwargs)

        guarded.guarded = "signed_in"  # type: ignore[attr-defined]
        return guarded

    return decorate


def guard(
    load: Callable[[str], Any], *, see: Predicate, may: Predicate | None = None
) -> Callable[[View], View]:
    """Load what `ref` in the address names and hand it to the view, as its first argument.

    `see(person, thing)` False: 404, as for a ref that does not exist.
    `may(person, thing)` False: 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(ref: str, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            thing = load(ref)
            if thing is None:
                abort(404)
            if not see(current_user, thing):
                return elsewhere_or_nowhere(see, thing, ref=ref)
            if may is not None and not may(current_user, thing):
                turn_away(403, thing, ref)
            return view(thing, **kwargs)

        guarded.guarded = "object"  # type: ignore[attr-defined]
        return guarded

    return decorate


def elsewhere_or_nowhere(see: Predicate, *things: Any, ref: str = "") -> ResponseReturnValue:
    """Answer for a page that is not for this person where they work now.

    Where it is theirs in another of their own partnerships, they are asked to switch; nobody else
    learns anything, and a form is never sent on.
    """
    person: Person = current_user._get_current_object()
    others = [place for place in g.get("places", ()) if place.id != person.working_in]
    if (
        request.method == "GET"
        and not wants_json()
        and any(sees(person, place, see, things) for place in others)
    ):
        return redirect(url_for("joining.places", next=request.full_path.rstrip("?")))
    turn_away(404, things[0] if things else None, ref)


def sees(person: Person, place: Partnership, see: Predicate, things: tuple[Any, ...]) -> bool:
    """Whether somebody would see something if they worked in that place."""
    here = person.working_in
    person.work_in(place.id)
    try:
        return see(person, *things)
    finally:
        person.work_in(here)


def turn_away(status: int, thing: Any = None, ref: str = "") -> NoReturn:
    """Refuse somebody who is signed in a page that exists, and leave an entry in the trail that says so."""
    note_refusal(status, thing, ref)
    abort(status)


def note_refusal(status: int, thing: Any, ref: str) -> None:
    """Say in the trail that whoever is signed in was refused the page in hand."""
    organisation_id, partnership_id = whose(thing)
    refuse(
        str(request.endpoint),
        ref,
        status,
        by=current_user._get_current_object(),
        organisation_id=organisation_id,
        partnership_id=partnership_id,
    )


def whose(thing: Any) -> tuple[int | None, int | None]:
    """The organisation and the partnership a thing is of, by id, where it says so."""
    day = getattr(thing, "day", None)
    cycle = getattr(thing, "cycle", None) or getattr(day, "cycle", None)
    document = getattr(thing, "document", None)
    organisation_id = getattr(thing, "organisation_id", None) or getattr(document, "organisation_id", None)
    partnership_id = getattr(thing, "partnership_id", None) or getattr(cycle, "partnership_id", None)
    return organisation_id, partnership_id
