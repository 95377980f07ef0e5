"""Who is asked in a cycle, as an adviser groups them, and every year of an organisation."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.queries import due_day
from s11.organisations.models import Organisation
from s11.questionnaires.models import Edition
from s11.returns.models import Return, Submission
from s11.returns.rules import RETURNED, Stage


@dataclass(frozen=True)
class Asked:
    """One organisation asked in a cycle, and where its return stands."""

    return_ref: str
    stage: Stage
    name: str
    organisation_ref: str
    kind: str
    phase: str
    school_type: str
    district: str
    due_on: date
    let_off: str  # "exempt", "withdrawn", or empty
    submitted_at: datetime | None

    @property
    def is_in(self) -> bool:
        return self.stage in RETURNED

    @property
    def is_late(self) -> bool:
        """Not in, and past its own date; or in, and past it when it came."""
        if self.let_off:
            return False
        if not self.is_in:
            return self.due_on < clock.today()
        return self.submitted_at is not None and self.submitted_at >= clock.end_of(self.due_on)


def asked_in(cycle_id: int) -> list[Asked]:
    """Everybody asked in a cycle, by name, in one query."""
    query = (
        select(
            Return.ref,
            Return.stage,
            Organisation.name,
            Organisation.ref,
            Organisation.kind,
            Organisation.phase,
            Organisation.school_type,
            Organisation.district,
            due_day(),
            case((Invitation.exempted_at.is_(None), ""), else_=Invitation.exempted_as),
            Return.submitted_at,
        )
        .join(Invitation, Invitation.id == Return.invitation_id)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(Return.cycle_id == cycle_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return [Asked(ref, Stage(stage), *rest) for ref, stage, *rest in db.session.execute(query)]


def year_before(cycle: Cycle) -> Cycle | None:
    """The cycle of the same questionnaire that was due last before this one, in the same partnership."""
    query = (
        select(Cycle)
        .join(Edition, Edition.id == Cycle.edition_id)
        .where(
            Cycle.partnership_id == cycle.partnership_id,
            Edition.framework_id == cycle.edition.framework_id,
            Cycle.due_on < cycle.due_on,
            Cycle.issued_at.is_not(None),
        )
        .order_by(Cycle.due_on.desc(), Cycle.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def organisations(ids: list[int]) -> list[Organisation]:
    """These organisations, by name."""
    query = (
        select(Organisation)
        .where(Organisation.id.in_(ids))
        .options(joinedload(Organisation.parent))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def became_part_of(organisation_id: int) -> list[Organisation]:
    """The organisations that were merged into this one, and into those, by name."""
    found: dict[int, Organisation] = {}
    into = [organisation_id]
    while into:
        query = select(Organisation).where(
            Organisation.merged_into_id.in_(into), Organisation.id.not_in([*found, organisation_id])
        )
        newly = list(db.session.scalars(query.order_by(Organisation.id)))
        found |= {one.id: one for one in newly}
        into = [one.id for one in newly]
    return sorted(found.values(), key=lambda one: (one.name, one.id))


def submissions_of(organisation_ids: list[int]) -> list[tuple[Return, Submission]]:
    """Everything these organisations ever submitted, the latest year first, each round of it."""
    query = (
        select(Return, Submission)
        .join(Submission, Submission.return_id == Return.id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(Return.organisation_id.in_(organisation_ids))
        .options(joinedload(Return.cycle), joinedload(Return.organisation))
        .order_by(Cycle.due_on.desc(), Return.id, Submission.round.desc())
    )
    return [(return_, submission) for return_, submission in db.session.execute(query)]
