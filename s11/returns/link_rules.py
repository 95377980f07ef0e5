"""Personal links: how long one is good, what ends it, and what is wrong with its last day. Plain Python."""

from datetime import date, datetime, timedelta
from enum import StrEnum

# A link for a colleague without an account: how long it is good, and the longest name, which is kept
# with ", by personal link" behind it.
LINK_DAYS, LINK_DAYS_AT_MOST = 14, 60
LINK_NAME_LONGEST = 100
ASKED_BY_LINK = "Asked by link"


class LinkEnd(StrEnum):
    """Why a personal link opens nothing, or not now."""

    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CLOSED = "closed"


def link_end(*, withdrawn: bool, expires_at: datetime, now: datetime, is_open: bool) -> LinkEnd | None:
    """What has ended a link, or None while it is good. `is_open`: the return takes answers today."""
    if withdrawn:
        return LinkEnd.WITHDRAWN
    if expires_at <= now:
        return LinkEnd.EXPIRED
    return None if is_open else LinkEnd.CLOSED


def link_until(today: date, due_on: date) -> date:
    """The last day of a link unless another is chosen: two weeks on, but not after the return is due."""
    usual = today + timedelta(days=LINK_DAYS)
    return min(usual, due_on) if due_on >= today else usual


def link_until_fault(until: date, *, today: date, due_on: date, beyond: bool) -> str | None:
    """What is wrong with the last day of a link, or None. `beyond`: it may be after the return is due."""
    if until < today:
        return "That day is over. Enter the last day on which the link should work."
    if until > today + timedelta(days=LINK_DAYS_AT_MOST):
        return f"A link works for at most {LINK_DAYS_AT_MOST} days. Choose an earlier day."
    if today <= due_on < until and not beyond:
        return (
            f"The return itself is due on {due_on.day} {due_on:%B %Y}. Choose that day or an earlier one, or "
            "tick that it may be later."
        )
    return None
