"""How returns of a cycle came in, what was shown in them, and what pages of figures ask beside ratings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.queries import due_day
from s11.cycles.rules import AskedAs, LetOff
from s11.evidence.models import Document, Revision
from s11.moderation.models import Assignment
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Edition
from s11.returns.models import AnswerEvidence, Return, Submission
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


def years(cycle: Cycle) -> list[Cycle]:
    """The cycles of the same framework here that have been issued, a full one's with full ones, oldest first;
    the one given is among them."""
    query = (
        select(Cycle)
        .join(Edition, Edition.id == Cycle.edition_id)
        .where(
            Cycle.partnership_id == cycle.partnership_id,
            Edition.framework_id == cycle.edition.framework_id,
            or_(Cycle.issued_at.is_not(None), Cycle.id == cycle.id),
        )
        .order_by(Cycle.due_on, Cycle.id)
    )
    if AskedAs(cycle.asked_as) is AskedAs.FULL:
        query = query.where(Cycle.asked_as == AskedAs.FULL)
    return list(db.session.scalars(query))


def perhaps_hidden(cycle_id: int, person: Person) -> list[Return]:
    """The returns of a cycle whose moderated ratings somebody of the Board may not see: those of their own
    organisations, and those they were given to rate and have not finished. Whether they may is not said here.
    """
    given = (
        select(Assignment.id)
        .where(
            Assignment.return_id == Return.id,
            Assignment.round == Return.round,
            Assignment.person_id == person.id,
            Assignment.finished_at.is_(None),
        )
        .exists()
    )
    own = or_(Organisation.id.in_(person.bound_to), Organisation.parent_id.in_(person.bound_to))
    query = (
        select(Return)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(Return.cycle_id == cycle_id, Return.stage.in_(RETURNED), or_(own, given))
        .options(joinedload(Return.organisation))
        .order_by(Organisation.name, Return.id)
    )
    return list(db.session.scalars(query))


# A county of 600 with two pieces for each of 60 criteria has a quarter of it.
PROOFS_AT_MOST = 300_000


class Proof(NamedTuple):
    """A document shown for one criterion of a return that is in. `since`: when what was shown was added or,
    if later and before the return was submitted, confirmed as current."""

    return_id: int
    criterion_id: int
    document_id: int
    title: str
    since: datetime
    current_until: date | None
    submitted_at: datetime

    @property
    def is_past(self) -> bool:
        """Whether it had passed the day it was said to be current until."""
        return self.current_until is not None and self.current_until < clock.local(self.submitted_at).date()


def proofs(cycle_id: int) -> list[Proof]:
    """What the returns of a cycle that are in show, by return and criterion; at most `PROOFS_AT_MOST`.

    The evidence of a return stands still while it is in, so that this is what was submitted.
    """
    confirmed = Document.confirmed_at.between(Revision.added_at, Submission.submitted_at)
    query = (
        select(
            AnswerEvidence.return_id,
            AnswerEvidence.criterion_id,
            Revision.document_id,
            Document.title,
            case((confirmed, Document.confirmed_at), else_=Revision.added_at),
            Document.current_until,
            Submission.submitted_at,
        )
        .join(Return, Return.id == AnswerEvidence.return_id)
        .join(Submission, (Submission.return_id == Return.id) & (Submission.round == Return.round))
        .join(Revision, Revision.id == AnswerEvidence.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(Return.cycle_id == cycle_id, _is_in)
        .order_by(AnswerEvidence.return_id, AnswerEvidence.criterion_id, AnswerEvidence.id)
        .limit(PROOFS_AT_MOST)
    )
    return [Proof(*row) for row in db.session.execute(query)]


class AskedOnce(NamedTuple):
    """One organisation asked in one cycle: whether it was let off, is in, and when it first was."""

    cycle_id: int
    let_off: str  # as a value of cycles.rules.LetOff; empty where it is asked
    is_in: bool
    due_on: date
    first_in: datetime | None


def asked(cycle_ids: list[int]) -> list[AskedOnce]:
    """Everybody asked in these cycles, in one query."""
    first = (
        select(Submission.return_id, func.min(Submission.submitted_at).label("at"))
        .join(Return, Return.id == Submission.return_id)
        .where(Return.cycle_id.in_(cycle_ids))
        .group_by(Submission.return_id)
        .subquery()
    )
    query = (
        select(
            Invitation.cycle_id,
            case((Invitation.exempted_at.is_not(None), Invitation.exempted_as), else_=""),
            func.coalesce(_is_in, False),
            due_day(),
            first.c.at,
        )
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .outerjoin(Return, Return.invitation_id == Invitation.id)
        .outerjoin(first, first.c.return_id == Return.id)
        .where(Invitation.cycle_id.in_(cycle_ids))
        .order_by(Invitation.cycle_id, Invitation.id)
    )
    return [AskedOnce(*row) for row in db.session.execute(query)]
