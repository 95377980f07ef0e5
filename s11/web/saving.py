"""What a page that saves itself is told: see static/js/saving.js."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, jsonify, make_response

from s11.core import clock
from s11.web.filters import time_of

NOTHING: Mapping[Any, Any] = {}


def told(
    *,
    answers: Mapping[Any, Any] = NOTHING,
    fields: Mapping[str, str] = NOTHING,
    faults: Mapping[str, str] = NOTHING,
    clashes: Sequence[Mapping[str, Any]] = (),
    field_clashes: Sequence[Mapping[str, Any]] = (),
    opened: Sequence[str] = (),
    **more: object,
) -> Response:
    """How things stand after a save, as JSON.

    `answers`: each part of the page that is saved by itself, by what it is known by: its `version` and what
    its `boxes` hold. `faults`: what cannot be kept, by the same name with a "v" before it. 200 where all
    of it was kept, 412 where somebody's words stand in the way, 422 where something cannot be kept as typed.
    """
    body = {
        "saved": time_of(clock.now()),
        "answers": answers,
        "fields": fields,
        "faults": faults,
        "clashes": clashes,
        "field_clashes": field_clashes,
        "opened": opened,
        **more,
    }
    return make_response(jsonify(body), 412 if clashes or field_clashes else 422 if faults else 200)
