"""What a request brings, made fit to be stored before anybody reads it."""

import re

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict

# PostgreSQL stores no NUL, and neither database a half of a surrogate pair. Other control
# characters but line ends and tabs mean nothing in anybody's words.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class CleanRequest(Request):
    """A request whose form holds only text that can be stored and printed."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        cleaned = [(UNFIT.sub("", name), UNFIT.sub("", value)) for name, value in self.form.items(multi=True)]
        self.__dict__["form"] = ImmutableMultiDict(cleaned)


def init(app: Flask) -> None:
    app.request_class = CleanRequest

    @app.before_request
    def refuse_unfit_addresses() -> None:
        if any(UNFIT.search(str(value)) for value in (request.view_args or {}).values()):
            abort(404)
