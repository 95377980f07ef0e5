"""Browsers in which somebody has signed in before.

Such a browser keeps a signed cookie that says so. It opens nothing: it only lets its owner try a password
while strangers' tries at the same account are refused. Several people may share one browser.
"""

import secrets
from typing import Any

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from s11.access.rules import KNOWN_AT_ONCE, KNOWN_FOR
from s11.people.models import Person

SALT = "s11 known browser"


def known_here() -> dict[str, str]:
    """Who has signed in from this browser before: the browser's name for each, by the person's ref."""
    try:
        known = _signer().loads(request.cookies.get(_name(), ""), max_age=int(KNOWN_FOR.total_seconds()))
    except BadData:
        return {}
    return dict(known)


def remember(person: Person) -> None:
    """Let this browser be known, from the answer to this request on, as one of this person's."""
    known = known_here()
    # Last of all, so that whoever was here longest ago is forgotten first.
    mine = {person.ref: known.pop(person.ref, "") or secrets.token_urlsafe(16)}
    newest = dict([*known.items()][1 - KNOWN_AT_ONCE :]) | mine

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            _name(),
            _signer().dumps(newest),
            max_age=KNOWN_FOR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _name() -> str:
    name: str = current_app.config["SESSION_COOKIE_NAME"]
    return f"{name}-known"


def _signer() -> Any:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=SALT)
