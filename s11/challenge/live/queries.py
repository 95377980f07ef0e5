"""Finding what the page of the day asks for again and again, cheaply."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from s11.challenge.kinds import Attendance, EnquiryState, Part
from s11.challenge.models import Attendee, Enquiry, Outcome, Session
from s11.core.database import db
from s11.people import queries as people

GONE = (Attendance.APOLOGIES, Attendance.ABSENT)


def session_by_ref(day_id: int, ref: str) -> Session | None:
    query = select(Session).where(Session.day_id == day_id, Session.ref == ref)
    return db.session.scalar(query.options(joinedload(Session.organisation), joinedload(Session.questioner)))


def enquiry_by_ref(day_id: int, organisation_id: int, ref: str) -> Enquiry | None:
    """A line of enquiry chosen for an organisation's session."""
    query = select(Enquiry).where(
        Enquiry.day_id == day_id,
        Enquiry.organisation_id == organisation_id,
        Enquiry.ref == ref,
        Enquiry.state == EnquiryState.CHOSEN,
    )
    return db.session.scalar(query.options(joinedload(Enquiry.asked_by)))


def outcome_by_once(day_id: int, organisation_id: int, once: str) -> Outcome | None:
    """What was recorded under a page's key, held until this request has written to it."""
    return db.session.scalar(_held(day_id, organisation_id).where(Outcome.once == once))


def outcome_by_ref(day_id: int, organisation_id: int, ref: str) -> Outcome | None:
    return db.session.scalar(_held(day_id, organisation_id).where(Outcome.ref == ref))


def first_of_enquiry(day_id: int, organisation_id: int, enquiry_id: int) -> Outcome | None:
    """What was first recorded of a line of enquiry, on whichever page."""
    query = _held(day_id, organisation_id).where(Outcome.enquiry_id == enquiry_id)
    return db.session.scalar(query.order_by(Outcome.id).limit(1))


def _held(day_id: int, organisation_id: int) -> Select[Outcome]:
    # Held, so that two saves of one entry at the same moment are put together one after the other.
    return (
        select(Outcome)
        .where(Outcome.day_id == day_id, Outcome.organisation_id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def changed_since(day_id: int, organisation_id: int, moment: datetime) -> list[Outcome]:
    """The entries of a session that were changed after a moment, in their order."""
    query = (
        select(Outcome)
        .where(
            Outcome.day_id == day_id, Outcome.organisation_id == organisation_id, Outcome.changed_at > moment
        )
        .options(joinedload(Outcome.agreed_level), joinedload(Outcome.action), joinedload(Outcome.asked_by))
        .order_by(Outcome.id)
    )
    return list(db.session.scalars(query))


def takes_notes(person_id: int, day_id: int) -> bool:
    """Whether somebody with an account is named as one who records on a day."""
    query = select(Attendee.id).where(
        Attendee.day_id == day_id, Attendee.person_id == person_id, Attendee.part == Part.RECORDS
    )
    return db.session.scalar(query.limit(1)) is not None


def attending(day_id: int, organisation_ids: Iterable[int | None]) -> list[Attendee]:
    """Who is at a day for these organisations (None: for the Board), by name; not who is away."""
    wanted = list(organisation_ids)
    query = (
        select(Attendee)
        .where(
            Attendee.day_id == day_id,
            Attendee.attendance.not_in(GONE),
            or_(
                Attendee.organisation_id.in_([one for one in wanted if one is not None]),
                *([Attendee.organisation_id.is_(None)] if None in wanted else []),
            ),
        )
        .order_by(Attendee.name, Attendee.id)
    )
    return list(db.session.scalars(query))


def owners(day_id: int, organisation_id: int) -> list[tuple[str, str]]:
    """People an action may be given to, as name and role: who is there for the organisation, and who is
    known of it; each name once."""
    known = {one.name: one.role for one in attending(day_id, [organisation_id])}
    for membership, person in people.members(organisation_id):
        known.setdefault(person.name, membership.job_title)
        known[person.name] = known[person.name] or membership.job_title
    return sorted(known.items())
