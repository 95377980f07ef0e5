"""Planning a challenge day: when and where, and its sessions, breaks and other parts."""

from collections.abc import Mapping, Sequence
from datetime import date

from s11.challenge import planned, queries, rules
from s11.challenge.models import ChallengeDay, Session
from s11.challenge.operations.checks import alone, body_of, check, hold, note, questioner_fault, seat_fault
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.people.models import Person


def plan_day(
    cycle: Cycle,
    *,
    title: str,
    held_on: date | None,
    place: str = "",
    link: str = "",
    shares_packs: bool = False,
    by: Person | None = None,
) -> ChallengeDay:
    """A challenge day about the returns of a cycle. A cycle may have several."""
    _check_day(cycle, title, held_on, link)
    day = ChallengeDay(
        cycle=cycle,
        cycle_id=cycle.id,
        title=title.strip(),
        held_on=held_on,
        place=place.strip(),
        link=link.strip(),
        shares_packs=shares_packs,
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
    link: str = "",
    shares_packs: bool | None = None,
    starts_at: str = "",
    version: int | None = None,
    by: Person | None = None,
) -> None:
    """Another name, date or place; `starts_at` moves the whole agenda. Who was invited is told by the office:
    see `inviting`."""
    _check_day(day.cycle, title, held_on, link)
    hold(day, version)
    before = _described(day)
    day.title, day.held_on = title.strip(), held_on or day.held_on
    day.place, day.link = place.strip(), link.strip()
    if shares_packs is not None:
        day.shares_packs = shares_packs
    _set_times(queries.sessions(day.id), starts_at)
    db.session.flush()
    note("challenge_day:plan:changed", day, by, before=before, after=_described(day))


def _check_day(cycle: Cycle, title: str, held_on: date | None, link: str) -> None:
    named = "Enter what the day is called, for example “Section 11 challenge day 2027”."
    check("title", None if title.strip() else named)
    check("held_on", rules.day_fault(held_on, opens_on=cycle.opens_on, due_on=cycle.due_on))
    check("link", rules.link_fault(link))


def _described(day: ChallengeDay) -> dict[str, object]:
    return {
        "title": day.title,
        "held_on": day.held_on.isoformat(),
        "place": day.place,
        "link": day.link,
        "shares_packs": day.shares_packs,
    }


def add_session(
    day: ChallengeDay,
    *,
    organisation: Organisation,
    questioner: Organisation | None = None,
    minutes: int = rules.MINUTES,
    starts_at: str = "",
    by: Person | None = None,
) -> Session:
    """Give an organisation a turn at the end of the agenda, before the closing. `starts_at` is the start of
    the whole day."""
    known = queries.sessions(day.id)
    check("organisation", seat_fault(day, organisation))
    if any(session.organisation_id == organisation.id for session in known):
        raise Invalid(f"{organisation.name} has its session already.", field="organisation")
    check("questioner", questioner_fault(day, organisation, questioner))
    check("minutes", rules.minutes_fault(minutes))
    session = Session(
        day_id=day.id, organisation=organisation, questioner=questioner, minutes=minutes, position=0
    )
    at_the_end = len(known) + 1 - (rules.is_closing(known[-1].title) if known else 0)
    _put_in(day, session, at_the_end, starts_at)
    note("challenge_day:session:added", day, by, organisation, after={"starts_at": session.starts_at})
    return session


def add_part(
    day: ChallengeDay,
    *,
    title: str,
    minutes: int,
    place: int | None = None,
    starts_at: str = "",
    ref: str | None = None,
    by: Person | None = None,
) -> Session:
    """A break, a welcome or another part that is nobody's turn, at a place counted from 1, else at the end.

    `ref` comes with the form: a second click adds nothing.
    """
    known = planned.session_of(day.id, ref) if ref else None
    if known is not None:
        return known
    check("title", rules.title_fault(title))
    check("minutes", rules.minutes_fault(minutes))
    part = Session(
        **({"ref": ref} if ref and rules.is_ref(ref) else {}),
        day_id=day.id,
        title=title.strip(),
        minutes=minutes,
        position=0,
    )
    _put_in(day, part, place or len(queries.sessions(day.id)) + 1, starts_at)
    note("challenge_day:session:added", day, by, after={"title": part.title, "starts_at": part.starts_at})
    return part


def _put_in(day: ChallengeDay, session: Session, place: int, starts_at: str) -> None:
    """Put a new session at a place of the agenda, and let the times of all follow."""
    known = queries.sessions(day.id)
    hold(day)
    first = starts_at or (known[0].starts_at if known else "")
    at = min(max(place, 1), len(known) + 1) - 1
    ordered = [*known[:at], session, *known[at:]]
    _in_order(ordered, first)
    db.session.add(session)
    db.session.flush()


def _in_order(sessions: Sequence[Session], first: str) -> None:
    for position, one in enumerate(sessions, start=1):
        one.position = position
    _set_times(sessions, first)


def fill_agenda(
    day: ChallengeDay,
    organisations: Sequence[Organisation],
    *,
    minutes: int = rules.MINUTES,
    starts_at: str = "",
    by: Person | None = None,
) -> list[Session]:
    """A session for each of these organisations that has none, with questioners by rotation."""
    known = {session.organisation_id for session in queries.sessions(day.id)}
    missing = {one.id: one for one in organisations if one.id not in known}
    added = [
        add_session(day, organisation=one, minutes=minutes, starts_at=starts_at, by=by)
        for one in missing.values()
    ]
    if added:
        turns = {turn.presents.id: turn for turn in rotation_of(day, keep=True)}
        places = {one.organisation_id: one.organisation for one in queries.sessions(day.id)}
        for session in added:
            turn = turns[session.organisation_id or 0]
            session.questioner = places[turn.asks.id] if turn.asks else None
        db.session.flush()
    return added


def rotation_of(day: ChallengeDay, *, keep: bool) -> list[rules.Turn]:
    """Who would ask whom, with the reason of each. `keep`: who is chosen already stays where they may."""
    sessions = [one for one in queries.sessions(day.id) if one.organisation is not None]
    bodies = [body_of(one.organisation) for one in sessions if one.organisation is not None]
    presenting = {body.id for body in bodies}
    others = {
        one.questioner.id: body_of(one.questioner)
        for one in sessions
        if one.questioner is not None and one.questioner.id not in presenting
    }
    earlier = planned.earlier_pairs(day)
    return rules.propose(
        bodies,
        ties=planned.tie_words(day.cycle.partnership_id),
        earlier=earlier,
        names=planned.names_of({presents for presents, _ in earlier}),
        kept={
            one.organisation_id: one.questioner_id
            for one in sessions
            if keep and one.organisation_id and one.questioner_id
        },
        others=list(others.values()),
    )


def use_rotation(
    day: ChallengeDay,
    chosen: Mapping[str, Organisation | None],
    *,
    version: int | None = None,
    by: Person | None = None,
) -> int:
    """Let these ask, by the ref of each session; how many are others than before. All or none.

    A refusal names the session in its field: `asks-<ref>`.
    """
    sessions = {one.ref: one for one in queries.sessions(day.id) if one.organisation is not None}
    for ref, questioner in chosen.items():
        session = sessions.get(ref)
        if session is not None and session.organisation is not None:
            check(f"asks-{ref}", questioner_fault(day, session.organisation, questioner))
    alone(day, version)
    changed = 0
    for ref, questioner in chosen.items():
        session = sessions.get(ref)
        if session is None or session.questioner_id == (questioner.id if questioner else None):
            continue
        session.questioner = questioner
        changed += 1
    if changed:
        day.version += 1
        db.session.flush()
        note("challenge_day:rotation:used", day, by, after={"sessions": changed})
    return changed


def change_session(
    session: Session,
    day: ChallengeDay,
    *,
    questioner: Organisation | None,
    minutes: int,
    place: int,
    title: str = "",
    version: int | None = None,
    by: Person | None = None,
) -> None:
    """Somebody else asks, it lasts longer or shorter, or it stands at another place, counted from 1; a part
    that is nobody's turn may be called otherwise."""
    if session.organisation is not None:
        check("questioner", questioner_fault(day, session.organisation, questioner))
    else:
        check("title", rules.title_fault(title))
    check("minutes", rules.minutes_fault(minutes))
    hold(day, version)
    known = {one.id: one for one in queries.sessions(day.id)}
    first = next(iter(known.values())).starts_at
    before = {"starts_at": session.starts_at, "minutes": session.minutes}
    session.minutes = minutes
    if session.organisation is not None:
        session.questioner = questioner
    else:
        session.title = title.strip()
    _in_order([known[one] for one in rules.moved(list(known), session.id, place)], first)
    db.session.flush()
    after = {"starts_at": session.starts_at, "minutes": minutes}
    note("challenge_day:session:changed", day, by, session.organisation, before=before, after=after)


def move_session(
    session: Session,
    day: ChallengeDay,
    *,
    by_places: int,
    version: int | None = None,
    by: Person | None = None,
) -> None:
    """Up (below nought) or down by so many places; the times of all follow."""
    hold(day, version)
    known = {one.id: one for one in queries.sessions(day.id)}
    first, before = next(iter(known.values())).starts_at, session.starts_at
    place = list(known).index(session.id) + 1 + by_places
    _in_order([known[one] for one in rules.moved(list(known), session.id, place)], first)
    db.session.flush()
    note(
        "challenge_day:session:changed", day, by, session.organisation,
        before={"starts_at": before}, after={"starts_at": session.starts_at},
    )  # fmt: skip


def remove_session(
    session: Session, day: ChallengeDay, *, version: int | None = None, by: Person | None = None
) -> None:
    """Take a session off the agenda; those after it move up. What was recorded stays."""
    hold(day, version)
    known = queries.sessions(day.id)
    rest = [one for one in known if one.id != session.id]
    organisation, first = session.organisation, known[0].starts_at
    db.session.delete(session)
    _in_order(rest, first)
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
