"""What closing a cycle would do, said before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from s11.cycles.rules import LetOff
from s11.returns.rules import RETURNED, Progress, Stage


@dataclass(frozen=True)
class Missing:
    """An organisation whose return never came, and to whom that was taken."""

    row: Progress
    escalated_to: str


@dataclass(frozen=True)
class Closing:
    """The returns of a cycle by what closing it does to them."""

    asked: int
    submitted: int  # in, and nobody has finished moderating them
    moderated: int
    closed: int
    after: tuple[Progress, ...]  # came in after the closing
    waited_for: tuple[Progress, ...]  # a date of their own that is still ahead, or sent back
    unsigned: tuple[Missing, ...]  # complete, and wait only for a signature
    missing: tuple[Missing, ...]
    exempt: tuple[Progress, ...]
    withdrawn: tuple[Progress, ...]

    @property
    def at_work(self) -> int:
        """Those from whom nothing is taken any more once it is closed."""
        return len(self.unsigned) + len(self.missing)

    @property
    def to_close(self) -> int:
        return self.submitted + self.moderated


def closing_of(
    rows: Sequence[Progress], escalated: Mapping[str, str], *, today: date, closed_at: datetime | None
) -> Closing:
    """What closing does to the returns of these rows; `escalated`: names by ref of the organisation."""
    expected = [row for row in rows if not row.let_off]
    out = [row for row in expected if row.stage not in RETURNED]
    waited_for = [row for row in out if row.due_on >= today or row.stage is Stage.SENT_BACK]
    stages = [row.stage for row in rows]
    never = [Missing(row, escalated.get(row.organisation_ref, "")) for row in out if row not in waited_for]
    return Closing(
        asked=len(rows),
        submitted=stages.count(Stage.SUBMITTED),
        moderated=stages.count(Stage.MODERATED),
        closed=stages.count(Stage.CLOSED),
        after=tuple(row for row in rows if _came_after(row, closed_at)),
        waited_for=tuple(waited_for),
        unsigned=tuple(one for one in never if one.row.stage is Stage.AWAITING_SIGN_OFF),
        missing=tuple(one for one in never if one.row.stage is not Stage.AWAITING_SIGN_OFF),
        exempt=tuple(row for row in rows if row.let_off == LetOff.EXEMPT),
        withdrawn=tuple(row for row in rows if row.let_off == LetOff.WITHDRAWN),
    )


def _came_after(row: Progress, closed_at: datetime | None) -> bool:
    came = row.submitted_at if row.stage in RETURNED else None
    return came is not None and closed_at is not None and came > closed_at
