"""The link under a mail that nobody needs: who got it stops its kind."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from s11.notices import operations, queries, stopping_links
from s11.notices.rules import Kind, Why
from s11.notices.views.blueprint import notices
from s11.web.guards import public
from s11.web.limits import limited
from s11.web.navigation import without_anybody


@notices.get("/mail/stop/<token>")
@public
def stopping(token: str) -> ResponseReturnValue:
    """Say what would be stopped. Looking changes nothing: mail programs open links by themselves."""
    return shown(token, done=False)


@notices.post("/mail/stop/<token>")
@public
@limited("unsubscribing")
def stop(token: str) -> ResponseReturnValue:
    """Stop it: from the page, or from the button of a mail program (RFC 8058), which has no form of ours."""
    found = stopping_links.read(token)
    if found is not None:
        operations.stop(found[0], Why.UNSUBSCRIBED, kind=found[1])
    return shown(token, done=True)


def shown(token: str, *, done: bool) -> ResponseReturnValue:
    without_anybody()
    found = stopping_links.read(token)
    address, kind = found or ("", Kind.NEWS)
    is_stopped = any(stop.why == Why.UNSUBSCRIBED and stop.kind == kind for stop in queries.stops_of(address))
    page = render_template(
        "notices/stop.html", token=token, address=address, kind=kind, done=done or is_stopped
    )
    return make_response(page, 200 if found else 410)
