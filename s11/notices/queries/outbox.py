"""The outbox of a partnership, as its office looks at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from s11.core import clock
from s11.core.database import db
from s11.notices.models import Notice
from s11.notices.queries.sending import is_open, unsure
from s11.notices.rules import KIND_LABELS, STATE_LABELS, Bounce, Kind, State, state_of
from s11.organisations.models import Organisation

PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What the office asked to see; empty: everything."""

    state: str = ""
    kind: str = ""
    about: str = ""
    organisation: str = ""
    words: str = ""


@dataclass(frozen=True)
class Row:
    """A mail in a list: when it was written and how it stands, in words."""

    ref: str
    at: datetime
    to_name: str
    to_address: str
    subject: str
    kind: str
    state: State
    said: str

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[Kind(self.kind)]

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]


def row_of(notice: Notice, now: datetime) -> Row:
    return Row(
        notice.ref,
        notice.sent_at or notice.queued_at,
        notice.to_name,
        notice.to_address,
        notice.subject,
        notice.kind,
        state_of(notice, now),
        notice.bounce_said or notice.last_error,
    )


def is_in(state: State) -> ColumnElement[bool]:
    """In SQL what `rules.state_of` says of one mail."""
    returned = and_(Notice.bounced_at.is_not(None), Notice.bounce != Bounce.SOFT.value)
    uncertain = unsure(clock.now())
    conditions = {
        State.RETURNED: returned,
        State.NOT_SENT: and_(~returned, Notice.given_up_at.is_not(None)),
        State.SENT: and_(~returned, Notice.given_up_at.is_(None), Notice.sent_at.is_not(None)),
        State.FOLDED: and_(
            Notice.digest_id.is_not(None), Notice.sent_at.is_(None), Notice.given_up_at.is_(None)
        ),
        State.UNSURE: and_(~returned, uncertain),
        State.WAITING: and_(~returned, is_open(), ~uncertain),
    }
    return conditions[State.WAITING if state == State.SENDING else state]


def returned_or_lost() -> ColumnElement[bool]:
    return or_(is_in(State.RETURNED), is_in(State.NOT_SENT))


def found(partnership_id: int, wanted: Filters, page: int) -> tuple[list[Notice], int]:
    """A page of the mails that fit, the latest first, and how many there are."""
    base = _wanted(select(Notice).outerjoin(Organisation, Organisation.id == Notice.organisation_id), wanted)
    base = base.where(Notice.partnership_id == partnership_id)
    many = db.session.scalar(select(func.count()).select_from(base.with_only_columns(Notice.id).subquery()))
    query = base.options(joinedload(Notice.organisation)).order_by(Notice.queued_at.desc(), Notice.id.desc())
    return list(db.session.scalars(query.limit(PAGE).offset((page - 1) * PAGE))), many or 0


def _wanted(query: Select[Any], wanted: Filters) -> Select[Any]:
    if wanted.state:
        query = query.where(is_in(State(wanted.state)))
    if wanted.kind:
        query = query.where(Notice.kind == wanted.kind)
    if wanted.about:
        query = query.where(Notice.about == wanted.about)
    if wanted.organisation:
        query = query.where(Organisation.ref == wanted.organisation)
    if wanted.words:
        sought = wanted.words.lower()
        fields = (Notice.to_address, Notice.to_name, Organisation.name, Notice.subject)
        query = query.where(or_(*(func.lower(field).contains(sought, autoescape=True) for field in fields)))
    return query


def counts(partnership_id: int) -> dict[State, int]:
    """How many mails of a partnership stand how."""
    states = [state for state in State if state not in (State.SENDING, State.FOLDED)]
    query = select(*(func.count(case((is_in(state), 1))) for state in states))
    row = db.session.execute(query.where(Notice.partnership_id == partnership_id)).one()
    return dict(zip(states, row, strict=True))


def unsettled(partnership_id: int) -> int:
    """How many mails wait for somebody to decide about them: they may have gone, or did not."""
    query = select(func.count(Notice.id)).where(
        Notice.partnership_id == partnership_id, or_(is_in(State.UNSURE), returned_or_lost())
    )
    return db.session.scalar(query) or 0


def abouts(partnership_id: int) -> set[str]:
    """The refs of what mails of a partnership are about."""
    query = select(Notice.about).where(Notice.partnership_id == partnership_id, Notice.about != "").distinct()
    return set(db.session.scalars(query.order_by(Notice.about)))


def by_ref(ref: str) -> Notice | None:
    query = select(Notice).where(Notice.ref == ref).options(joinedload(Notice.organisation))
    return db.session.scalar(query)


def sent_to_organisation(organisation_id: int, partnership_id: int, at_most: int = 50) -> list[Row]:
    """What a partnership sent to an organisation or is about to, the latest first."""
    query = (
        select(Notice)
        .where(Notice.organisation_id == organisation_id, Notice.partnership_id == partnership_id)
        .order_by(Notice.queued_at.desc(), Notice.id.desc())
    )
    now = clock.now()
    return [row_of(notice, now) for notice in db.session.scalars(query.limit(at_most))]
