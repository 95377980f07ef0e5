"""Typed text survives an ended session.

A form that arrives after the session has ended is not thrown away: the sign-in page that
answers it carries what was typed, and once the person has signed in again it is shown with
a button that saves it. Nothing is stored on the way, neither in the browser nor by us.
"""

import json
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from s11.web.requests import wants_json

EXTENSION = "s11-kept-labels"
Labels = Callable[[str], dict[str, str]]  # from a path: what is called how there, by the name of the field
View = TypeVar("View", bound=Callable[..., object])
NOT_KEPT = frozenset(
    {"csrf_token", "password", "old", "new", "again", "code", "remember", "next", "kept", "kept_to"}
)
# Fields that no person fills in: whose page it was, and what a signature says was read.
HIDDEN = frozenset({"typed_by", "read"})
LONGEST = 2_000_000
ENDED = "You have been signed out. What you typed is still on this page: sign in again, and it is saved."


def resumable(view: View) -> View:
    """Mark a view that only saves words: what was typed for it may be sent again with one button.

    What signs, sends or issues is not marked. Its words are given back, and the act has to be
    done again on its own page.
    """
    view.resumable = True  # type: ignore[attr-defined]
    return view


def answers_ended_session(answer: Callable[[], object]) -> Callable[[View], View]:
    """Mark a view for people who do not sign in: what it answers a form whose session has ended."""

    def mark(view: View) -> View:
        view.session_ended = answer  # type: ignore[attr-defined]
        return view

    return mark


def can_resume(path: str) -> bool:
    """Whether the view behind a path is so marked."""
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(path, method="POST")  # type: ignore[union-attr]
    except (HTTPException, RoutingException):
        return False
    return bool(getattr(current_app.view_functions.get(endpoint), "resumable", False))


def is_local(path: str) -> bool:
    """Whether a path stays on this site. Browsers read backslashes as slashes and skip control characters."""
    if not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return False
    return not any(ord(char) < 32 for char in path) and not urlsplit(path).netloc


def next_page(path: str | None) -> str:
    """Where to go after signing in: the page asked for if it is one of ours, else home."""
    return path if path and is_local(path) else url_for("home.home")


def from_here() -> bool:
    """Whether the form in hand was sent from one of our own pages."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.host


def pairs_typed() -> list[tuple[str, str]]:
    """The fields of the form in hand that are worth keeping, as name and value."""
    return [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in NOT_KEPT and value
    ]


def typed() -> str:
    """What was typed, as JSON pairs of name and value; empty when there is nothing to keep."""
    pairs = pairs_typed()
    packed = json.dumps(pairs, ensure_ascii=False)
    return packed if pairs and len(packed) <= LONGEST else ""


def carried() -> tuple[str, str]:
    """What was typed, and for which path: in the form in hand, or earlier, where this form hands it on."""
    if request.form.get("kept"):
        return request.form["kept"], request.form.get("kept_to", "")
    return typed(), request.path


def fields_named_by(app: Flask, labels: Labels) -> None:
    """Let a later room tell what the fields of its pages are called."""
    app.extensions[EXTENSION] = labels


def labelled(pairs: list[tuple[str, str]], path: str) -> list[tuple[str, str]]:
    """The words typed, each behind what it was typed into where that is known."""
    labels: Labels | None = current_app.extensions.get(EXTENSION)
    known = labels(path) if labels is not None else {}
    return [(known.get(name, ""), value) for name, value in pairs if words_of([(name, value)])]


def words_of(pairs: list[tuple[str, str]]) -> list[str]:
    """Those values that are somebody's words rather than a choice or a number of ours."""
    return [value for name, value in pairs if name not in HIDDEN and (len(value) > 20 or " " in value)]


def words_typed() -> list[str]:
    """The words of a form sent from one of our own pages; none for anything else."""
    return words_of(pairs_typed()) if request.method == "POST" and from_here() else []


def ask_to_sign_in() -> ResponseReturnValue:
    """Answer somebody whose session has ended, keeping what a form brought.

    A script keeps what was typed on its own page, and asks there.
    """
    if wants_json():
        return make_response(jsonify(error=ENDED), 401)
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))
    kept, kept_to = carried() if from_here() else ("", request.path)
    page = render_template(
        "access/sign_in.html",
        kept=kept,
        kept_to=kept_to,
        had_files=bool(request.files),
        session_ended=True,
        email="",
        next_page="",
    )
    return make_response(page, 401)


def show_kept(packed: str, path: str) -> ResponseReturnValue:
    """The page that gives typed text back, with a button that saves it where it belongs."""
    try:
        pairs = [(str(name), str(value)) for name, value in json.loads(packed)]
    except (ValueError, TypeError, RecursionError):
        pairs = []
    typed_by = dict(pairs).get("typed_by", "")
    pairs = [(name, value) for name, value in pairs if name != "typed_by"]
    if not pairs or not is_local(path):
        return redirect(url_for("home.home"))
    return make_response(
        render_template(
            "access/kept.html",
            pairs=pairs,
            path=path,
            own=typed_by in ("", current_user.ref),
            resumable=can_resume(path),
            words=labelled(pairs, path),
        )
    )
