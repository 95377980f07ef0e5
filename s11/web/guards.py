"""Who may pass. A route without one of these guards does not start: see tests/architecture.

A guard loads the thing a page is about and asks whether this person may have it, so that a
view never holds something it was not allowed to load. What may not be seen is answered like
what does not exist (404); what may be seen but not done, with 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.web.kept import ask_to_sign_in

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
                abort(404)
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
            if thing is None or not see(current_user, thing):
                abort(404)
            if may is not None and not may(current_user, thing):
                abort(403)
            return view(thing, **kwargs)

        guarded.guarded = "object"  # type: ignore[attr-defined]
        return guarded

    return decorate


def wants_json() -> bool:
    """Whether the asker is a script that expects data rather than a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
