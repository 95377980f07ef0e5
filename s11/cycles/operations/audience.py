"""Saying who is asked."""

from s11.core.database import db
from s11.cycles.audience import Audience
from s11.cycles.models import Cycle
from s11.people.models import Person
from s11.trail.operations import record


def address(cycle: Cycle, audience: Audience, *, by: Person | None = None) -> None:
    """Keep who is asked. Nobody hears of it before the cycle is issued."""
    db.session.refresh(cycle, attribute_names=["audience"], with_for_update=True)
    before, after = Audience.of(cycle.audience), audience
    if before == after:
        return
    cycle.audience = after.kept()
    record(
        "cycle:audience:changed",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        before=_size(before),
        after=_size(after),
    )


def _size(audience: Audience) -> dict[str, int]:
    return {
        "clauses": len(audience.ask),
        "by_hand": len(audience.also),
        "left_out": len(audience.never),
        "exempt": len(audience.exempt),
    }
