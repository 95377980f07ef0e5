"""What the pages print of reminders."""

from dataclasses import dataclass
from datetime import datetime

from s11.actions.models import Action
from s11.actions.reminding import queries
from s11.actions.rules import TOLD_LABELS, Told
from s11.core import clock
from s11.notices.models import Notice
from s11.notices.rules import STATE_KINDS, STATE_LABELS, state_of


@dataclass(frozen=True)
class Mailed:
    """One mail about an action: to whom, why, and what came of it."""

    at: datetime
    to: str
    why: str
    state: str
    state_kind: str


def told(action: Action) -> list[Mailed]:
    """Every mail about an action, the newest first."""
    return [
        Mailed(one.at, one.to_address, TOLD_LABELS[Told(one.kind)], *_state(one.notice))
        for one in queries.told_of(action.id)
    ]


def _state(notice: Notice | None) -> tuple[str, str]:
    """How the mail stands; one past the time for which mail is kept is known by its reminder alone."""
    if notice is None:
        return "No longer kept", "todo"
    state = state_of(notice, clock.now())
    return STATE_LABELS[state], STATE_KINDS[state]
