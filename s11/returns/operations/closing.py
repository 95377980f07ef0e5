"""Closing a cycle, and opening one again that was closed by mistake.

Two things end, and not always on one day: the taking of returns, and the work on those that are in. Who
moderates and holds a challenge day closes the cycle first, and its returns when all is done.
"""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.people.models import Person
from s11.returns.operations.signing import close
from s11.returns.operations.staging import hold, take_stage
from s11.returns.queries import closing as queries
from s11.returns.rules import REASON_LONGEST, Act
from s11.trail.operations import record


def close_cycle(cycle: Cycle, *, with_returns: bool, by: Person | None) -> int:
    """Take no more returns but from whoever has a later date of their own, and close those that are in if
    that is wanted. Doing it again closes what came in since. Returns how many returns were closed."""
    _hold(cycle)
    if cycle.issued_at is None or not cycles.asked_ids(cycle.id):
        raise DomainError("Nobody has been asked in this cycle yet, so there is nothing to close.")
    first = cycle.closed_at is None
    if first:
        cycle.closed_at = clock.now()
    ended = queries.to_close(cycle.id) if with_returns else []
    for return_ in ended:
        close(return_, by=by)
    if first or ended:
        told = {"returns": len(ended)} if with_returns else {}
        record("cycle:closing:closed", cycle.id, by=by, partnership_id=cycle.partnership_id, after=told)
    return len(ended)


def open_cycle_again(cycle: Cycle, *, reason: str, by: Person | None) -> int:
    """Take the closing back. Returns that were closed stand again where they stood: this many."""
    _hold(cycle)
    if cycle.closed_at is None:
        raise DomainError("This cycle is open already.")
    reason = reason.strip()
    if len(reason) < 5:
        raise Invalid("Say why the cycle is opened again.", field="reason")
    if len(reason) > REASON_LONGEST:
        raise Invalid(f"Shorten the reason to {REASON_LONGEST:,} characters.", field="reason")
    moderated, taken_up = queries.moderated_before(cycle.id), queries.closed(cycle.id)
    for return_ in taken_up:
        hold(return_)
        act = Act.TAKE_UP_MODERATED if return_.id in moderated else Act.TAKE_UP
        take_stage(return_, act, by=by, reason=reason)
    cycle.closed_at = None
    record(
        "cycle:closing:opened_again",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        after={"reason": reason, "returns": len(taken_up)},
    )
    return len(taken_up)


def _hold(cycle: Cycle) -> None:
    """Read the closing anew, and keep others from closing or opening until this piece of work is over."""
    db.session.refresh(cycle, attribute_names=["closed_at", "issued_at"], with_for_update=True)
