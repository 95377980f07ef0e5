"""Where a mail provider reports that mail came back, with a secret both know.

    POST /notices/bounces
    Authorization: Bearer <S11_BOUNCE_SECRET>
    [{"message_id": "<…>", "address": "ann@council.example", "kind": "hard", "said": "550 5.1.1 unknown"}]

`kind` is hard, soft or complaint; `message_id` or `address` says which mail; `id` may name the report.
"""

import hashlib
import hmac
import json

from flask import abort, current_app, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from s11.notices import operations
from s11.notices.reports import Report
from s11.notices.rules import Bounce
from s11.notices.views.blueprint import notices
from s11.web.guards import public
from s11.web.limits import limited
from s11.web.requests import takes_json

AT_MOST = 1000
NOT_READ = (
    "Send a list of at most 1000 objects with kind (hard, soft or complaint) and message_id or address."
)


@notices.post("/notices/bounces")
@public
@limited("reports")
@takes_json
def bounces() -> ResponseReturnValue:
    """Take in reports. Without a secret in the settings there is no such page."""
    secret = current_app.config["S11"].bounce_secret.get_secret_value()
    if not secret:
        abort(404)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return make_response(jsonify(error="The secret is not right."), 403)
    found = read(request.get_data())
    if found is None:
        return make_response(jsonify(error=NOT_READ), 422)
    taken = sum([operations.take(report, vouched=True) for report in found])
    return make_response(jsonify(taken=taken, others=len(found) - taken), 200)


def read(body: bytes) -> list[Report] | None:
    """The reports; None for what is not as agreed."""
    try:
        lines = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(lines, list) or len(lines) > AT_MOST:
        return None
    found = [report_of(line) for line in lines]
    return [one for one in found if one is not None] if all(found) else None


def report_of(line: object) -> Report | None:
    if not isinstance(line, dict) or line.get("kind") not in list(Bounce):
        return None
    words = {name: text(line.get(name)) for name in ("message_id", "address", "said", "id")}
    if not (words["message_id"] or words["address"]):
        return None
    same = json.dumps(line, sort_keys=True).encode()
    kind = Bounce(line["kind"])
    return Report(
        f"told {words['id'] or hashlib.sha256(same).hexdigest()}"[:200],
        kind,
        message_id=words["message_id"],
        address=words["address"][:254].lower(),
        said=words["said"][:300],
        no_address=kind == Bounce.HARD,
    )


def text(value: object) -> str:
    """A word of the report in one line that can be stored."""
    return " ".join("".join(c for c in str(value or "") if c.isprintable() or c.isspace()).split())[:1000]
