"""Finding challenge days, their sessions, lines of enquiry and outcomes."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from s11.actions.models import Action
from s11.challenge.kinds import EnquiryState
from s11.challenge.models import ChallengeDay, Enquiry, Outcome, Session
from s11.core import clock
from s11.core.database import db
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.returns.models import Return


def by_ref(ref: str) -> ChallengeDay | None:
    query = select(ChallengeDay).where(ChallengeDay.ref == ref)
    return db.session.scalar(query.options(joinedload(ChallengeDay.cycle).joinedload(Cycle.partnership)))


def visible_to(person: Person) -> list[ChallengeDay]:
    """The challenge days of the cycles this person works with, the latest first."""
    cycle_ids = [cycle.id for cycle in cycles.visible_to(person)]
    query = (
        select(ChallengeDay)
        .where(ChallengeDay.cycle_id.in_(cycle_ids))
        .options(joinedload(ChallengeDay.cycle))
        .order_by(ChallengeDay.held_on.desc(), ChallengeDay.id.desc())
    )
    return list(db.session.scalars(query))


def of_cycle(cycle_id: int) -> ChallengeDay | None:
    """The challenge day of a cycle; the latest, where several are held."""
    query = select(ChallengeDay).where(ChallengeDay.cycle_id == cycle_id)
    return db.session.scalar(query.order_by(ChallengeDay.held_on.desc(), ChallengeDay.id.desc()).limit(1))


def finished_on(cycle_id: int) -> date | None:
    """The day on which the challenge day of a cycle was finished; None while one is still to come or runs."""
    day = of_cycle(cycle_id)
    if day is None or day.finished_at is None:
        return None
    return day.finished_at.astimezone(clock.zone_of(day.cycle.partnership.time_zone)).date()


def sessions(day_id: int) -> list[Session]:
    """The sessions of a day in their order."""
    query = (
        select(Session)
        .where(Session.day_id == day_id)
        .options(joinedload(Session.organisation), joinedload(Session.questioner))
        .order_by(Session.position, Session.id)
    )
    return list(db.session.scalars(query))


def enquiry_by_ref(day_id: int, ref: str) -> Enquiry | None:
    return db.session.scalar(select(Enquiry).where(Enquiry.day_id == day_id, Enquiry.ref == ref))


def of_action(ref: str) -> Outcome | None:
    """The outcome an action came from, by the action's ref."""
    query = select(Outcome).join(Action, Action.id == Outcome.action_id).where(Action.ref == ref)
    query = query.options(joinedload(Outcome.organisation), joinedload(Outcome.day))
    return db.session.scalar(query.order_by(Outcome.id).limit(1))


def enquiries(day_id: int, organisation_id: int | None = None) -> list[Enquiry]:
    """The lines of enquiry chosen for a day, by organisation, each in the order they are to be asked."""
    return _enquiries(day_id, organisation_id, EnquiryState.CHOSEN)


def set_aside(day_id: int, organisation_id: int | None = None) -> list[Enquiry]:
    """Those that were looked at and are not for the day, in the same order."""
    return _enquiries(day_id, organisation_id, EnquiryState.SET_ASIDE)


def _enquiries(day_id: int, organisation_id: int | None, state: EnquiryState) -> list[Enquiry]:
    query = (
        select(Enquiry)
        .where(Enquiry.day_id == day_id, Enquiry.state == state)
        .options(joinedload(Enquiry.organisation), joinedload(Enquiry.asked_by))
        .order_by(Enquiry.organisation_id, Enquiry.position, Enquiry.id)
    )
    if organisation_id is not None:
        query = query.where(Enquiry.organisation_id == organisation_id)
    return list(db.session.scalars(query))


def enquiries_of(day_id: int, keys: Iterable[str]) -> dict[str, Enquiry]:
    """What became of these suggestions on a day, by their keys: each chosen or set aside."""
    query = select(Enquiry).where(Enquiry.day_id == day_id, Enquiry.suggestion.in_(list(keys)))
    return {one.suggestion: one for one in db.session.scalars(query.order_by(Enquiry.id)) if one.suggestion}


def suggestions_met(day_id: int) -> set[str]:
    """The keys of all suggestions of a day that were chosen or set aside."""
    query = select(Enquiry.suggestion).where(Enquiry.day_id == day_id, Enquiry.suggestion.is_not(None))
    return {key for key in db.session.scalars(query) if key}


def outcomes(day_id: int, organisation_id: int | None = None) -> list[Outcome]:
    """What was recorded on a day, in the order it was recorded."""
    query = (
        select(Outcome)
        .where(Outcome.day_id == day_id)
        .options(
            joinedload(Outcome.organisation), joinedload(Outcome.agreed_level), joinedload(Outcome.action)
        )
        .order_by(Outcome.id)
    )
    if organisation_id is not None:
        query = query.where(Outcome.organisation_id == organisation_id)
    return list(db.session.scalars(query))


def of_return(return_id: int) -> list[Outcome]:
    """What was recorded about an organisation at the challenge days of a return's cycle."""
    query = (
        select(Outcome)
        .join(ChallengeDay, ChallengeDay.id == Outcome.day_id)
        .join(Return, (Return.cycle_id == ChallengeDay.cycle_id))
        .where(Return.id == return_id, Outcome.organisation_id == Return.organisation_id)
        .options(joinedload(Outcome.agreed_level))
        .order_by(Outcome.id)
    )
    return list(db.session.scalars(query))


def outcome_counts(day_ids: list[int]) -> dict[int, int]:
    """How many outcomes each day has."""
    query = (
        select(Outcome.day_id, func.count())
        .where(Outcome.day_id.in_(day_ids))
        .group_by(Outcome.day_id)
        .order_by(Outcome.day_id)
    )
    return {day_id: count for day_id, count in db.session.execute(query)}


def asked(cycle_id: int) -> list[Organisation]:
    """The organisations asked in a cycle and not exempted, by name: those a day can be about."""
    query = (
        select(Organisation)
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .where(Invitation.cycle_id == cycle_id, Invitation.exempted_at.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def taking_part(day: ChallengeDay) -> list[Organisation]:
    """Whom a day is about, by name: the organisations asked, and any other that has a session."""
    found = {one.id: one for one in asked(day.cycle_id)}
    turns = (session.organisation for session in sessions(day.id))
    found |= {one.id: one for one in turns if one is not None}
    return sorted(found.values(), key=lambda one: (one.name, one.id))


def return_of(cycle_id: int, organisation_id: int) -> Return | None:
    return db.session.scalar(
        select(Return).where(Return.cycle_id == cycle_id, Return.organisation_id == organisation_id)
    )
