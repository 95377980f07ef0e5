"""Finding a partnership, and how many of its people have no second step yet."""

from collections.abc import Collection

from sqlalchemy import distinct, func, or_, select

from s11.access.models import SecondFactor
from s11.core.database import db
from s11.organisations.models import Partnership, Seat
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.people.rules import Role
from s11.questionnaires.models import Edition, Framework


def by_ref(ref: str) -> Partnership | None:
    return db.session.scalar(select(Partnership).where(Partnership.ref == ref))


def without_second_step(partnership_id: int, roles: Collection[Role]) -> int:
    """How many people hold one of these roles here, at the table or in an organisation, and have none."""
    seated = select(Seat.organisation_id).where(Seat.partnership_id == partnership_id, Seat.left_on.is_(None))
    query = (
        select(func.count(distinct(Person.id)))
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .where(
            Membership.role.in_(sorted(roles)),
            in_force(),
            SecondFactor.person_id.is_(None),
            or_(Membership.partnership_id == partnership_id, Membership.organisation_id.in_(seated)),
        )
    )
    return db.session.scalar(query) or 0


def frameworks_of(partnership_id: int) -> list[Framework]:
    """The frameworks of which a partnership has or may use an edition, by code."""
    query = (
        select(Framework)
        .where(
            Framework.id.in_(
                select(Edition.framework_id).where(
                    or_(Edition.partnership_id == partnership_id, Edition.partnership_id.is_(None))
                )
            )
        )
        .order_by(Framework.code)
    )
    return list(db.session.scalars(query))


def framework(partnership_id: int, code: str) -> Framework | None:
    return next((one for one in frameworks_of(partnership_id) if one.code == code), None)


def signed_now(partnership_id: int, framework: Framework) -> list[dict[str, str]]:
    """Who signs in the newest edition of a framework that a partnership has or may use; drafts do not count
    where another is there.
    """
    query = (
        select(Edition.sign_off)
        .where(
            Edition.framework_id == framework.id,
            or_(Edition.partnership_id == partnership_id, Edition.partnership_id.is_(None)),
        )
        .order_by(Edition.frozen_at.is_(None), Edition.year.desc(), Edition.id.desc())
        .limit(1)
    )
    return db.session.scalar(query) or []
