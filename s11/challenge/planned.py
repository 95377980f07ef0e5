"""Finding what a day is planned with: who comes, who is tied to whom, who asked whom, what went out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from s11.challenge.models import Attendee, ChallengeDay, Session, Tie
from s11.challenge.rules import Ties
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.notices.models import Notice
from s11.organisations.models import Organisation
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.people.rules import OFFICE, TRUST_ROLES, Role, canonical_address
from s11.returns.models import Return
from s11.returns.rules import RETURNED

# The kinds of mail a day sends: see `notices.wording`.
INVITATION, INVITATION_CHANGED, INVITATION_CANCELLED = (
    "invitation", "invitation_changed", "invitation_cancelled",
)  # fmt: skip
INVITATIONS = (INVITATION, INVITATION_CHANGED, INVITATION_CANCELLED)


def days_of_cycle(cycle_id: int) -> list[ChallengeDay]:
    """The challenge days of a cycle, the first one first."""
    query = select(ChallengeDay).where(ChallengeDay.cycle_id == cycle_id)
    return list(db.session.scalars(query.order_by(ChallengeDay.held_on, ChallengeDay.id)))


def session_of(day_id: int, ref: str) -> Session | None:
    """A session of a day by its own ref, or by that of the organisation whose turn it is."""
    query = (
        select(Session)
        .outerjoin(Organisation, Organisation.id == Session.organisation_id)
        .where(Session.day_id == day_id, or_(Session.ref == ref, Organisation.ref == ref))
    )
    return db.session.scalar(query)


def attendees(day_id: int) -> list[Attendee]:
    """Everybody who is to be at a day: those of the Board first, then by organisation and name."""
    query = (
        select(Attendee)
        .outerjoin(Organisation, Organisation.id == Attendee.organisation_id)
        .where(Attendee.day_id == day_id)
        .options(joinedload(Attendee.organisation))
        .order_by(
            case((Attendee.organisation_id.is_(None), 0), else_=1),
            Organisation.name,
            Attendee.name,
            Attendee.id,
        )
    )
    return list(db.session.scalars(query))


def attendee_by_ref(day_id: int, ref: str) -> Attendee | None:
    query = select(Attendee).where(Attendee.day_id == day_id, Attendee.ref == ref)
    return db.session.scalar(query.options(joinedload(Attendee.organisation)))


def attendee_at(day_id: int, address: str) -> Attendee | None:
    """Whoever of a day has this address."""
    query = select(Attendee).where(
        Attendee.day_id == day_id, func.lower(Attendee.email) == canonical_address(address)
    )
    return db.session.scalars(query.order_by(Attendee.id).limit(1)).first()


def people_of_the_board(partnership_id: int) -> list[tuple[Person, Role, str]]:
    """The chair and the office of a partnership: each person once, with the role that counts and a title."""
    roles = [Role.CHAIR, Role.BUSINESS_MANAGER, *sorted(OFFICE - {Role.BUSINESS_MANAGER})]
    query = (
        select(Person, Membership.role, Membership.job_title)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.partnership_id == partnership_id, Membership.role.in_(roles), in_force())
        .order_by(Person.name, Membership.id)
    )
    found = sorted(db.session.execute(query), key=lambda row: roles.index(Role(row[1])))
    once: dict[int, tuple[Person, Role, str]] = {}
    for person, role, title in found:
        once.setdefault(person.id, (person, Role(role), title))
    return list(once.values())


def bound_to(person_ids: Collection[int]) -> dict[int, set[int]]:
    """The organisations these people belong to today; with a trust's role, its schools too."""
    query = (
        select(Membership.person_id, Membership.role, Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.person_id.in_(list(person_ids)), Membership.organisation_id.is_not(None), in_force()
        )
        .order_by(Membership.id)
    )
    found: dict[int, set[int]] = defaultdict(set)
    trusts: dict[int, set[int]] = defaultdict(set)
    for person_id, role, organisation_id in db.session.execute(query):
        if organisation_id is None:
            continue
        found[person_id].add(organisation_id)
        if Role(role) in TRUST_ROLES:
            trusts[organisation_id].add(person_id)
    schools = select(Organisation.id, Organisation.parent_id).where(Organisation.parent_id.in_(list(trusts)))
    for school_id, trust_id in db.session.execute(schools.order_by(Organisation.id)) if trusts else ():
        for person_id in trusts[trust_id or 0]:
            found[person_id].add(school_id)
    return dict(found)


@dataclass(frozen=True)
class TieLine:
    """A declared tie, with the organisations between which it stands."""

    one: Organisation
    other: Organisation
    why: str
    declared_at: datetime
    declared_by_name: str


def ties(partnership_id: int) -> list[TieLine]:
    """The ties of a partnership, by name."""
    one, other = aliased(Organisation), aliased(Organisation)
    query = (
        select(Tie, one, other)
        .join(one, one.id == Tie.organisation_id)
        .join(other, other.id == Tie.other_id)
        .where(Tie.partnership_id == partnership_id)
        .order_by(one.name, other.name, Tie.id)
    )
    return [
        TieLine(a, b, tie.why, tie.declared_at, tie.declared_by_name)
        for tie, a, b in db.session.execute(query)
    ]


def families(organisations: Sequence[Organisation]) -> list[tuple[Organisation, list[Organisation]]]:
    """Those of these organisations that have the same parent, with it; and a parent with its one."""
    here = {one.id for one in organisations}
    by_parent: dict[int, list[Organisation]] = defaultdict(list)
    for one in organisations:
        if one.parent_id is not None:
            by_parent[one.parent_id].append(one)
    tied = [id_ for id_, children in by_parent.items() if len(children) > 1 or id_ in here]
    query = select(Organisation).where(Organisation.id.in_(tied)).order_by(Organisation.name)
    return [(parent, by_parent[parent.id]) for parent in db.session.scalars(query)] if tied else []


def tie_words(partnership_id: int) -> Ties:
    """Why organisations are tied, by the two of them: it holds in both directions."""
    query = select(Tie.organisation_id, Tie.other_id, Tie.why).where(Tie.partnership_id == partnership_id)
    return {frozenset({one, other}): why for one, other, why in db.session.execute(query.order_by(Tie.id))}


def tie_between(partnership_id: int, one_id: int, other_id: int) -> Tie | None:
    """The tie between two, whichever way round it was declared."""
    either = or_(
        and_(Tie.organisation_id == one_id, Tie.other_id == other_id),
        and_(Tie.organisation_id == other_id, Tie.other_id == one_id),
    )
    query = select(Tie).where(Tie.partnership_id == partnership_id, either)
    return db.session.scalars(query.order_by(Tie.id).limit(1)).first()


def earlier_pairs(day: ChallengeDay) -> dict[tuple[int, int], list[date]]:
    """Who was asked by whom at earlier days of the partnership: (who presents, who asks) and when."""
    query = (
        select(Session.organisation_id, Session.questioner_id, ChallengeDay.held_on)
        .join(ChallengeDay, ChallengeDay.id == Session.day_id)
        .join(Cycle, Cycle.id == ChallengeDay.cycle_id)
        .where(
            Cycle.partnership_id == day.cycle.partnership_id,
            ChallengeDay.id != day.id,
            ChallengeDay.held_on < day.held_on,
            Session.organisation_id.is_not(None),
            Session.questioner_id.is_not(None),
        )
        .order_by(ChallengeDay.held_on, Session.id)
    )
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    for presents, asks, on in db.session.execute(query):
        if presents is not None and asks is not None:
            found[presents, asks].append(on)
    return dict(found)


def elsewhere(day: ChallengeDay) -> list[tuple[str, date]]:
    """Organisations of a day that present at another day of its cycle too, and when."""
    here = select(Session.organisation_id).where(
        Session.day_id == day.id, Session.organisation_id.is_not(None)
    )
    query = (
        select(Organisation.name, ChallengeDay.held_on)
        .join(Session, Session.organisation_id == Organisation.id)
        .join(ChallengeDay, ChallengeDay.id == Session.day_id)
        .where(ChallengeDay.cycle_id == day.cycle_id, ChallengeDay.id != day.id, Organisation.id.in_(here))
        .order_by(Organisation.name, ChallengeDay.held_on)
    )
    return [(name, on) for name, on in db.session.execute(query)]


def without_a_session(day: ChallengeDay) -> list[str]:
    """Who returned in a day's cycle and presents at none of its days, by name."""
    presents = (
        select(Session.organisation_id)
        .join(ChallengeDay, ChallengeDay.id == Session.day_id)
        .where(ChallengeDay.cycle_id == day.cycle_id, Session.organisation_id.is_not(None))
    )
    query = (
        select(Organisation.name)
        .join(Return, Return.organisation_id == Organisation.id)
        .where(Return.cycle_id == day.cycle_id, Return.stage.in_(RETURNED), Organisation.id.not_in(presents))
        .order_by(Organisation.name)
    )
    return list(db.session.scalars(query))


def names_of(organisation_ids: Collection[int]) -> dict[int, str]:
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(organisation_ids)))
    return {id_: name for id_, name in db.session.execute(query.order_by(Organisation.id))}


def mails_of(day: ChallengeDay) -> list[Notice]:
    """Every invitation, change and cancellation of a day that is in the outbox, in the order written."""
    query = select(Notice).where(Notice.about == day.ref, Notice.template.in_(INVITATIONS))
    return list(db.session.scalars(query.order_by(Notice.id)))
