"""How often somebody may do what costs much or carries much away.

Counted in memory, or in Redis where several processes serve. What guards passwords is counted
apart, in the database, by `access`: this here may fail, and then lets everybody through.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from s11.core import clock
from s11.core.errors import TooMany
from s11.trail.operations import look
from s11.web.guards import View
from s11.web.transactions import READS

# A counter that does not answer must not hold up whoever waits for a page.
PATIENCE_SECONDS = 1
log = logging.getLogger("s11.limits")


@dataclass(frozen=True)
class Kind:
    """One thing that is counted: how often in how many minutes, and what somebody reads beyond it."""

    times: int
    minutes: int
    sentence: str
    # Told in the trail: much is being carried away, or somebody tries to.
    alert: bool = False
    # Counted only when a form is sent: looking at the page costs nothing.
    sent_only: bool = False

    @property
    def item(self) -> RateLimitItem:
        return RateLimitItemPerMinute(self.times, self.minutes)


# Signed in, a person is counted; otherwise the address a request comes from, which a school may share.
KINDS = {
    "export": Kind(60, 10, "You have downloaded 60 files in ten minutes.", alert=True),
    # A document is leafed through page by page, so looking is counted apart from taking away.
    "preview": Kind(200, 10, "You have looked at 200 pages of documents in ten minutes.", alert=True),
    "upload": Kind(60, 10, "You have sent files 60 times in ten minutes.", sent_only=True),
    "pack": Kind(10, 10, "You have built ten packs in ten minutes.", sent_only=True),
    # Whole schools join in one afternoon from one address.
    "joining": Kind(120, 10, "This was done 120 times in ten minutes from where you are.", sent_only=True),
    # Programs, not people: the button of a mail program, and a mail provider that reports.
    "unsubscribing": Kind(
        60, 10, "This was done 60 times in ten minutes from where you are.", sent_only=True
    ),
    # Calendar programs, which ask again every few hours; a large council does so from one address.
    "calendar": Kind(600, 10, "Calendars were read 600 times in ten minutes from where you are."),
    "reports": Kind(600, 10, "Reports came 600 times in ten minutes.", sent_only=True),
}


def init(app: Flask, address: str) -> None:
    app.extensions["s11-limits"] = MovingWindowRateLimiter(storage_at(address))


def storage_at(address: str) -> Storage:
    """Where it is counted; made without asking whether it answers."""
    remote = not address.startswith("memory:")
    patience = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    return cast(Storage, storage_from_string(address, wrap_exceptions=True, **(patience if remote else {})))


def limited(name: str) -> Callable[[View], View]:
    """Mark a view as one of a kind of `KINDS`: refused with 429 when it was done too often.

    It stands beneath the guard, so that only what is allowed is counted.
    """
    kind = KINDS[name]

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not (kind.sent_only and request.method in READS):
                count(name, kind)
            return view(*args, **kwargs)

        counted.limited = name  # type: ignore[attr-defined]
        return counted

    return decorate


def count(name: str, kind: Kind) -> None:
    """Count one more; raises TooMany beyond the limit."""
    limiter: MovingWindowRateLimiter = current_app.extensions["s11-limits"]
    who = f"person:{current_user.id}" if current_user.is_authenticated else f"from:{request.remote_addr}"
    try:
        if limiter.hit(kind.item, name, who):
            return
        first = kind.alert and limiter.hit(RateLimitItemPerMinute(1, kind.minutes), f"{name}-alert", who)
        free_at = limiter.get_window_stats(kind.item, name, who).reset_time
    except StorageError as error:
        log.error("nothing is counted: the storage of S11_RATE_LIMITS does not answer (%s)", error)
        return
    if first and current_user.is_authenticated:
        person = current_user._get_current_object()
        look("person:downloads:stopped", person.id, by=person)
    raise TooMany(kind.sentence, seconds=math.ceil(free_at - clock.now().timestamp()))
