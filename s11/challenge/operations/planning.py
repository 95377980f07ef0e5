"""Planning a challenge day and its sessions."""

from collections.abc import Sequence
from datetime import date

from s11.challenge import queries, rules
from s11.challenge.models import ChallengeDay, Session
from s11.challenge.operations.checks import check, note, questioner_fault, seat_fault
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.people.models import Person


def plan_day(
    cycle: Cycle, *, title: str, held_on: date | None, place: str = "", by: Person | None = None
) -> ChallengeDay:
    """A challenge day about the returns of a cycle."""
    _check_day(cycle, title, held_on)
    day = ChallengeDay(
        cycle=cycle, cycle_id=cycle.id, title=title.strip(), held_on=held_on, place=place.strip()
    )
    db.session.add(day)
    db.session.flush()
    note("challenge_day:plan:made", day, by, after=_described(day))
    return day


def change_day(
    day: ChallengeDay,
    *,
    title: str,
    held_on: date | None,
    place: str = "",
    starts_at: str = "",
    by: Person | None = None,
) -> None:
    """Another name, date or place; `starts_at` moves the whole agenda."""
    _check_day(day.cycle, title, held_on)
    before = _described(day)
    day.title, day.held_on, day.place = title.strip(), held_on or day.held_on, place.strip()
    _set_times(queries.sessions(day.id), starts_at)
    db.session.flush()
    note("challenge_day:plan:changed", day, by, before=before, after=_described(day))


def _check_day(cycle: Cycle, title: str, held_on: date | None) -> None:
    named = "Enter what the day is called, for example “Section 11 challenge day 2027”."
    check("title", None if title.strip() else named)
    check("held_on", rules.day_fault(held_on, opens_on=cycle.opens_on, due_on=cycle.due_on))


def _described(day: ChallengeDay) -> dict[str, object]:
    return {"title": day.title, "held_on": day.held_on.isoformat(), "place": day.place}


def add_session(
    day: ChallengeDay,
    *,
    organisation: Organisation,
    questioner: Organisation | None = None,
    minutes: int = rules.MINUTES,
    starts_at: str = "",
    by: Person | None = None,
) -> Session:
    """Give an organisation a turn at the end of the agenda. `starts_at` is the start of the whole day."""
    known = queries.sessions(day.id)
    check("organisation", seat_fault(day, organisation))
    if any(session.organisation_id == organisation.id for session in known):
        raise Invalid(f"{organisation.name} has its session already.", field="organisation")
    check("questioner", questioner_fault(day, organisation, questioner))
    check("minutes", rules.minutes_fault(minutes))
    session = Session(
        day_id=day.id,
        position=max((one.position for one in known), default=0) + 1,
        organisation=organisation,
        questioner=questioner,
        minutes=minutes,
    )
    _set_times([*known, session], starts_at)
    db.session.add(session)
    db.session.flush()
    note("challenge_day:session:added", day, by, organisation, after={"starts_at": session.starts_at})
    return session


def fill_agenda(
    day: ChallengeDay,
    organisations: Sequence[Organisation],
    *,
    minutes: int = rules.MINUTES,
    starts_at: str = "",
    by: Person | None = None,
) -> list[Session]:
    """A session for each of these organisations that has none, each questioned by the next."""
    known = {session.organisation_id for session in queries.sessions(day.id)}
    missing = {one.id: one for one in organisations if one.id not in known}
    return [
        add_session(
            day,
            organisation=missing[organisation_id],
            questioner=missing.get(questioner_id or 0),
            minutes=minutes,
            starts_at=starts_at,
            by=by,
        )
        for organisation_id, questioner_id in rules.pairings(list(missing))
    ]


def change_session(
    session: Session,
    day: ChallengeDay,
    *,
    questioner: Organisation | None,
    minutes: int,
    place: int,
    by: Person | None = None,
) -> None:
    """Somebody else asks, it lasts longer or shorter, or it stands at another place, counted from 1."""
    if session.organisation is not None:
        check("questioner", questioner_fault(day, session.organisation, questioner))
    check("minutes", rules.minutes_fault(minutes))
    known = {one.id: one for one in queries.sessions(day.id)}
    first = next(iter(known.values())).starts_at
    before = {"starts_at": session.starts_at, "minutes": session.minutes}
    session.questioner, session.minutes = questioner, minutes
    ordered = [known[one] for one in rules.moved(list(known), session.id, place)]
    for position, one in enumerate(ordered, start=1):
        one.position = position
    _set_times(ordered, first)
    db.session.flush()
    after = {"starts_at": session.starts_at, "minutes": minutes}
    note("challenge_day:session:changed", day, by, session.organisation, before=before, after=after)


def remove_session(session: Session, day: ChallengeDay, *, by: Person | None = None) -> None:
    """Take a session off the agenda; those after it move up. What was recorded stays."""
    rest = [one for one in queries.sessions(day.id) if one.id != session.id]
    organisation, first = session.organisation, queries.sessions(day.id)[0].starts_at
    db.session.delete(session)
    for position, one in enumerate(rest, start=1):
        one.position = position
    _set_times(rest, first)
    db.session.flush()
    note("challenge_day:session:removed", day, by, organisation)


def _set_times(sessions: Sequence[Session], starts_at: str) -> None:
    """Let the start times add up from the first."""
    if not sessions:
        return
    first = starts_at or sessions[0].starts_at or rules.FIRST_START
    minutes = [session.minutes for session in sessions]
    if rules.minutes_of(first) is None:
        raise Invalid("Enter when the first session starts, for example 09:30.", field="starts_at")
    if not rules.fits_in_a_day(minutes, first=first):
        raise DomainError("These sessions would run past midnight. Shorten some, or plan a second day.")
    for session, slot in zip(sessions, rules.timetable(minutes, first=first), strict=True):
        session.starts_at = slot.starts_at
