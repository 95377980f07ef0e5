"""Actions as lines of the plan."""

from dataclasses import dataclass
from datetime import date

from s11.actions.models import Action
from s11.actions.pages.words import KINDS, source_of
from s11.actions.rules import Standing, days_silent, standing
from s11.core import clock


@dataclass(frozen=True)
class PlanRow:
    """One action of the plan as a line."""

    ref: str
    text: str
    organisation: str
    owner: str
    source: str
    due_on: date | None
    standing: Standing
    kind: str
    times_moved: int = 0
    said_on: date | None = None
    # For how many days nobody has said anything, where that is too long.
    silent: int = 0


def row_of(action: Action, today: date) -> PlanRow:
    """An action as a line of the plan on a day."""
    stands = standing(action.status, action.due_on, today)
    said_on = clock.local(action.last_said_at).date() if action.last_said_at else None
    return PlanRow(
        ref=action.ref,
        text=action.text,
        organisation=action.holder,
        owner=action.led_by,
        source=source_of(action),
        due_on=action.due_on,
        standing=stands,
        kind=KINDS[stands.kind],
        times_moved=action.times_moved,
        said_on=said_on,
        silent=days_silent(action.status, said_on or clock.local(action.created_at).date(), today),
    )
