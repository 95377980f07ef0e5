"""What a request brings: made fit to be stored before anybody reads it; refused where it is none of ours."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted

from s11.web.uploads import ToDisk

# PostgreSQL stores no NUL, and neither database a half of a surrogate pair. Other control
# characters but line ends and tabs mean nothing in anybody's words.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

# What a form of ours is sent as. The empty one has no body.
TAKEN = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data"})
FORMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class CleanRequest(ToDisk, Request):
    """A request whose form holds only text that can be stored and printed.

    HEAD is a GET whose page is not sent, and looks like one to every view: asked for its method, a view
    that takes GET and POST would else take it for a form that was sent.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.method == "HEAD":
            self.method = "GET"

    def _load_form_data(self) -> None:
        super()._load_form_data()
        cleaned = [(UNFIT.sub("", name), UNFIT.sub("", value)) for name, value in self.form.items(multi=True)]
        self.__dict__["form"] = ImmutableMultiDict(cleaned)


def takes_json(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that other programs send JSON to; every other takes forms only."""
    view.takes_json = True  # type: ignore[attr-defined]
    return view


def wants_json() -> bool:
    """Whether the asker is a script that expects data rather than a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def init(app: Flask) -> None:
    app.request_class = CleanRequest

    @app.before_request
    def refuse_strange_hosts() -> None:
        """Nothing is made from `X-Forwarded-Host`; who sends a strange one is not one of our proxies."""
        named = request.headers.get("X-Forwarded-Host", "")
        hosts = current_app.config["TRUSTED_HOSTS"]
        if named and not all(host_is_trusted(host.strip(), hosts) for host in named.split(",")):
            raise SecurityError(f"Host {named!r} is not trusted.")

    @app.before_request
    def refuse_other_content() -> None:
        if request.method in FORMLESS or request.mimetype in TAKEN:
            return
        view = app.view_functions.get(request.endpoint or "")
        if not (request.is_json and getattr(view, "takes_json", False)):
            abort(415)

    @app.before_request
    def refuse_unfit_addresses() -> None:
        if any(UNFIT.search(str(value)) for value in (request.view_args or {}).values()):
            abort(404)
