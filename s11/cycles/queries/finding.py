"""Finding cycles and who is asked in them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.people.rules import FRAMEWORKS_OF_ROLE, Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.rules import EditionContent


def by_ref(ref: str) -> Cycle | None:
    return db.session.scalar(select(Cycle).where(Cycle.ref == ref))


def content_of(cycle: Cycle) -> EditionContent:
    """The questionnaire as this cycle asks it: of a deep dive or a mini-audit, the standards chosen."""
    return questionnaires.content(cycle.edition).narrowed_to(cycle.only_standards)


def due_day() -> ColumnElement[date]:
    """The day that counts, in SQL: wants Invitation, Cycle and, outer joined, the group."""
    asked_by = func.coalesce(SubmissionGroup.due_on, Cycle.due_on)
    return case((Invitation.extended_to > asked_by, Invitation.extended_to), else_=asked_by)


def by_code(code: str, partnership_id: int | None = None) -> list[Cycle]:
    """The cycles of this code: one in a partnership, perhaps several where there are several partnerships."""
    query = select(Cycle).where(Cycle.code == code).order_by(Cycle.id)
    if partnership_id is not None:
        query = query.where(Cycle.partnership_id == partnership_id)
    return list(db.session.scalars(query))


def of_partnership(partnership_id: int) -> list[Cycle]:
    """A partnership's cycles, the latest due first."""
    query = select(Cycle).where(Cycle.partnership_id == partnership_id)
    return list(db.session.scalars(query.order_by(Cycle.due_on.desc(), Cycle.code)))


def frameworks_seen(person: Person, partnership_id: int) -> frozenset[str] | None:
    """Which frameworks' cycles a Board person works with; None for all, an empty set for none."""
    roles = person.roles_for(partnership_id)
    if not roles:
        return frozenset()
    seen: set[str] = set()
    for role in roles:
        frameworks = FRAMEWORKS_OF_ROLE.get(Role(role), frozenset())
        if frameworks is None:
            return None
        seen |= frameworks
    return frozenset(seen)


def visible_to(person: Person) -> list[Cycle]:
    """Every cycle somebody of the Board may look at, the latest due first."""
    found: list[Cycle] = []
    for partnership_id in person.partnership_ids:
        frameworks = frameworks_seen(person, partnership_id)
        found += [
            cycle
            for cycle in of_partnership(partnership_id)
            if frameworks is None or cycle.edition.framework.code in frameworks
        ]
    return found


def invitations(cycle_id: int) -> list[Invitation]:
    """Who is asked, by name; exempted ones included."""
    query = (
        select(Invitation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.cycle_id == cycle_id)
        .options(joinedload(Invitation.organisation))
        .order_by(Organisation.name)
    )
    return list(db.session.scalars(query))


def invitation(cycle_id: int, organisation_id: int) -> Invitation | None:
    return db.session.scalar(
        select(Invitation).where(
            Invitation.cycle_id == cycle_id, Invitation.organisation_id == organisation_id
        )
    )


def invitations_of(cycle_id: int, organisation_ids: Collection[int]) -> dict[int, Invitation]:
    """Those of these organisations in a cycle, by the organisation's id."""
    query = (
        select(Invitation)
        .where(Invitation.cycle_id == cycle_id, Invitation.organisation_id.in_(organisation_ids))
        .options(joinedload(Invitation.organisation))
        .order_by(Invitation.id)
    )
    return {one.organisation_id: one for one in db.session.scalars(query)} if organisation_ids else {}
