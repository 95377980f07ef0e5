"""How many returns of a cycle are in, and whose are not."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.queries import due_day
from s11.cycles.rules import LetOff
from s11.organisations.models import Organisation
from s11.returns.models import Return
from s11.returns.rules import RETURNED, STAGE_LABELS, Stage, is_late


@dataclass(frozen=True)
class Standing:
    """Returns of one cycle: expected (asked and not exempted, or in all the same) and in."""

    expected: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Missing:
    """An organisation without a return that counts, and why there is none."""

    organisation: str
    why: str
    exempt: bool  # or withdrawn: let off, with a reason
    reason: str = ""


LET_OFF_SAID = {LetOff.EXEMPT: "exempted", LetOff.WITHDRAWN: "withdrawn"}
_is_in = Return.stage.in_(RETURNED)
_is_expected = _is_in | Invitation.exempted_at.is_(None)


def standing(cycle_ids: list[int]) -> dict[int, Standing]:
    """Where the returns of these cycles stand, in one query."""
    query = (
        select(
            Invitation.cycle_id,
            func.sum(case((_is_expected, 1), else_=0)),
            func.sum(case((_is_in, 1), else_=0)),
        )
        .outerjoin(Return, Return.invitation_id == Invitation.id)
        .where(Invitation.cycle_id.in_(cycle_ids))
        .group_by(Invitation.cycle_id)
        .order_by(Invitation.cycle_id)
    )
    counted = {
        cycle_id: Standing(int(asked), int(there)) for cycle_id, asked, there in db.session.execute(query)
    }
    return {cycle_id: counted.get(cycle_id, Standing()) for cycle_id in cycle_ids}


def not_in(cycle_id: int) -> list[Missing]:
    """The organisations asked whose return is not in, by name; late, exempted and withdrawn ones say so."""
    query = (
        select(
            Organisation.name,
            Return.stage,
            case((Invitation.exempted_at.is_not(None), Invitation.exempted_as), else_=""),
            Invitation.exempt_reason,
            due_day(),
        )
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .outerjoin(Return, Return.invitation_id == Invitation.id)
        .where(Invitation.cycle_id == cycle_id, Return.stage.is_(None) | Return.stage.not_in(RETURNED))
        .order_by(Organisation.name, Organisation.id)
    )
    return [_missing(*row) for row in db.session.execute(query)]


def _missing(organisation: str, stage: str | None, let_off: str, reason: str, due_on: date) -> Missing:
    if let_off:
        return Missing(organisation, LET_OFF_SAID[LetOff(let_off)], exempt=True, reason=reason)
    why = STAGE_LABELS[Stage(stage or Stage.NOT_STARTED)].lower()
    if is_late(due_on, None, clock.today()):
        why += ", late"
    return Missing(organisation, why, exempt=False)
