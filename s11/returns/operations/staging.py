"""Moving a return from stage to stage."""

from s11.people.models import Person
from s11.returns.models import Return
from s11.returns.rules import Act, Stage, next_stage
from s11.trail.operations import record


def take_stage(return_: Return, act: Act, *, by: Person | None, reason: str = "") -> None:
    """Move a return on, and write the move into the trail with it."""
    before = Stage(return_.stage)
    return_.stage = next_stage(before, act)
    record(
        f"return:stage:{return_.stage}",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        before={"stage": str(before)},
        after={"stage": str(return_.stage), **({"reason": reason} if reason else {})},
    )
