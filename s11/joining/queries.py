"""Finding the people of a place, what was offered to whom, and the organisations of a table."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from s11.access.models import Link
from s11.access.rules import Purpose
from s11.core import clock
from s11.core.database import db
from s11.notices.models import Notice
from s11.notices.rules import Bounce
from s11.organisations.models import Organisation, Partnership, Seat
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.people.rules import Role
from s11.questionnaires.models import Edition, Standard

PAGE = 100


@dataclass(frozen=True)
class Offer:
    """A role that was offered and not taken up yet: the last link sent for it, and how its mail fares."""

    membership: Membership
    link: Link
    undelivered: bool
    waiting: bool

    @property
    def expired(self) -> bool:
        return self.link.expires_at <= clock.now()


@dataclass(frozen=True)
class Counted:
    """An organisation and how many people are in it."""

    organisation: Organisation
    in_force: int
    invited: int
    leads: int


def membership_by_ref(ref: str) -> Membership | None:
    return db.session.scalar(
        select(Membership).where(Membership.ref == ref).options(joinedload(Membership.person))
    )


def partnership_by_ref(ref: str) -> Partnership | None:
    return db.session.scalar(select(Partnership).where(Partnership.ref == ref))


def partnerships(ids: Collection[int]) -> list[Partnership]:
    """These partnerships, by name."""
    query = select(Partnership).where(Partnership.id.in_(ids)).order_by(Partnership.name, Partnership.id)
    return list(db.session.scalars(query))


def person(person_id: int | None) -> Person | None:
    return db.session.get(Person, person_id) if person_id is not None else None


def memberships_at(place: Partnership | Organisation) -> list[Membership]:
    """Every role ever held or offered at a place, by name of the person."""
    query = (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(_at(place))
        .options(joinedload(Membership.person))
        .order_by(Person.name, Membership.id)
    )
    return list(db.session.scalars(query))


def leads_in_force(organisation_id: int) -> list[Membership]:
    """Who answers for an organisation today."""
    return _holding(Role.LEAD, Membership.organisation_id == organisation_id)


def holding(role: Role, partnership_id: int) -> list[Membership]:
    """Who holds a role at a partnership today."""
    return _holding(role, Membership.partnership_id == partnership_id)


def _holding(role: Role, where: ColumnElement[bool]) -> list[Membership]:
    query = (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(where, Membership.role == role, in_force())
        .options(joinedload(Membership.person))
        .order_by(Person.name, Membership.id)
    )
    return list(db.session.scalars(query))


def offers(memberships: Iterable[Membership]) -> list[Offer]:
    """The offers among these memberships with the last link of each; one that was taken back is none."""
    pending = {m.id: m for m in memberships if m.pending and m.ended_on is None}
    query = (
        select(Link)
        .where(
            Link.purpose == Purpose.INVITATION,
            Link.membership_id.in_(pending),
            Link.withdrawn_at.is_(None),
        )
        .order_by(Link.id)
    )
    links = {link.membership_id: link for link in db.session.scalars(query)}
    mails = _mails([pending[id_].person.email for id_ in links if id_ is not None])
    found = []
    for id_, link in links.items():
        membership = pending[id_]  # type: ignore[index]
        since = [mail for mail in mails[membership.person.email] if mail.queued_at >= link.made_at]
        found.append(
            Offer(
                membership,
                link,
                undelivered=any(mail.given_up_at or mail.bounced_at for mail in since),
                waiting=any(mail.sent_at is None and mail.given_up_at is None for mail in since),
            )
        )
    return found


def _mails(addresses: Collection[str]) -> dict[str, list[Notice]]:
    """Mail to these addresses that has not gone, or came back."""
    came_back = and_(Notice.bounced_at.is_not(None), Notice.bounce != Bounce.SOFT.value)
    query = select(Notice).where(Notice.to_address.in_(addresses), or_(Notice.sent_at.is_(None), came_back))
    found: dict[str, list[Notice]] = defaultdict(list)
    for mail in db.session.scalars(query):
        found[mail.to_address].append(mail)
    return found


def open_offer(membership_id: int) -> Link | None:
    """The link by which a role that was offered can still be taken up."""
    query = (
        select(Link)
        .join(Membership, Membership.id == Link.membership_id)
        .where(Link.membership_id == membership_id, _is_open())
    )
    return db.session.scalars(query.order_by(Link.id.desc())).first()


def offers_to(person: Person) -> list[Link]:
    """What was offered to somebody and can still be taken up, the oldest first."""
    query = (
        select(Link)
        .join(Membership, Membership.id == Link.membership_id)
        .where(Link.person_id == person.id, _is_open())
        .options(joinedload(Link.membership))
    )
    return list(db.session.scalars(query.order_by(Link.id)))


def _is_open() -> ColumnElement[bool]:
    return and_(
        Link.purpose == Purpose.INVITATION,
        Link.used_at.is_(None),
        Link.withdrawn_at.is_(None),
        Link.expires_at > clock.now(),
        Membership.pending,
        Membership.ended_on.is_(None),
    )


def last_link(membership_id: int) -> Link | None:
    """The last link sent for an offer, whatever became of it."""
    query = select(Link).where(Link.membership_id == membership_id).order_by(Link.id.desc())
    return db.session.scalars(query).first()


def hold(person_id: int) -> None:
    """Let nobody else give this person a role until the work in hand is done."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def counted(
    partnership_ids: Collection[int],
    own_ids: Collection[int],
    *,
    search: str = "",
    page: int | None = None,
) -> list[Counted]:
    """Organisations of these tables, and those named, with how many people each has; by name."""
    is_in = case((in_force(), 1), else_=0)
    is_lead = case((and_(in_force(), Membership.role == Role.LEAD), 1), else_=0)
    is_offered = case((and_(Membership.pending, Membership.ended_on.is_(None)), 1), else_=0)
    query = (
        _organisations(
            select(Organisation, func.sum(is_in), func.sum(is_offered), func.sum(is_lead)),
            partnership_ids,
            own_ids,
            search,
        )
        .outerjoin(Membership, Membership.organisation_id == Organisation.id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .group_by(Organisation.id)
        .order_by(Organisation.name, Organisation.id)
    )
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return [
        Counted(organisation, int(held or 0), int(offered or 0), int(leads or 0))
        for organisation, held, offered, leads in db.session.execute(query)
    ]


def how_many(partnership_ids: Collection[int], own_ids: Collection[int], *, search: str = "") -> int:
    """How many organisations a search finds."""
    query = _organisations(select(func.count(Organisation.id)), partnership_ids, own_ids, search)
    return db.session.scalar(query) or 0


def _organisations(
    query: Select, partnership_ids: Collection[int], own_ids: Collection[int], search: str
) -> Select:
    seated = select(Seat.organisation_id).where(
        Seat.partnership_id.in_(partnership_ids), Seat.left_on.is_(None)
    )
    query = query.where(or_(Organisation.id.in_(seated), Organisation.id.in_(own_ids)))
    for word in search.split():
        query = query.where(
            or_(
                *(
                    column.icontains(word, autoescape=True)
                    for column in (
                        Organisation.name,
                        Organisation.short_name,
                        Organisation.district,
                        Organisation.urn,
                    )
                )
            )
        )
    return query


def signing_steps(place: Partnership | Organisation) -> dict[str, str]:
    """The signatures that can be asked for at a place, with their words: of whole returns but the lead's, and
    of single standards.

    Another partnership's own questionnaires say nothing here.
    """
    own = frozenset({place.id}) if isinstance(place, Partnership) else place.seated_in
    asked = Edition.partnership_id.is_(None) | Edition.partnership_id.in_(own)
    found: dict[str, str] = {}
    for steps in db.session.scalars(select(Edition.sign_off).where(asked).order_by(Edition.id)):
        found |= {step["step"]: step["label"] for step in steps}
    of_standards = (
        select(Standard.sign_off)
        .join(Edition, Edition.id == Standard.edition_id)
        .where(asked)
        .order_by(Standard.id)
    )
    for step in db.session.scalars(of_standards):
        if step is not None:
            found.setdefault(step["step"], step["label"])
    found.pop("lead", None)
    return found


def people_known(addresses: Collection[str]) -> dict[str, Person]:
    """Who has one of these addresses, by address."""
    wanted = list(addresses)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        query = select(Person).where(Person.email.in_(wanted[start : start + 500]))
        found |= {person.email: person for person in db.session.scalars(query)}
    return found


def _at(place: Partnership | Organisation) -> ColumnElement[bool]:
    if isinstance(place, Partnership):
        return Membership.partnership_id == place.id
    return Membership.organisation_id == place.id
