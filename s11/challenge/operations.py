"""Planning a challenge day, preparing its questions, recording what came of it."""

from collections.abc import Sequence
from datetime import date

from s11.actions import operations as actions
from s11.actions.models import Action
from s11.actions.rules import ActionDraft, Source
from s11.challenge import queries, rules
from s11.challenge.models import ChallengeDay, Enquiry, Outcome, Session
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Level
from s11.trail.operations import record


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
    _note("challenge_day:plan:made", day, by, after=_described(day))
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
    _note("challenge_day:plan:changed", day, by, before=before, after=_described(day))


def _check_day(cycle: Cycle, title: str, held_on: date | None) -> None:
    named = "Enter what the day is called, for example “Section 11 challenge day 2027”."
    _check("title", None if title.strip() else named)
    _check("held_on", rules.day_fault(held_on, opens_on=cycle.opens_on, due_on=cycle.due_on))


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
    _check("organisation", _seat_fault(day, organisation))
    if any(session.organisation_id == organisation.id for session in known):
        raise Invalid(f"{organisation.name} has its session already.", field="organisation")
    _check("questioner", _questioner_fault(day, organisation, questioner))
    _check("minutes", rules.minutes_fault(minutes))
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
    _note("challenge_day:session:added", day, by, organisation, after={"starts_at": session.starts_at})
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
        _check("questioner", _questioner_fault(day, session.organisation, questioner))
    _check("minutes", rules.minutes_fault(minutes))
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
    _note("challenge_day:session:changed", day, by, session.organisation, before=before, after=after)


def remove_session(session: Session, day: ChallengeDay, *, by: Person | None = None) -> None:
    """Take a session off the agenda; those after it move up. What was recorded stays."""
    rest = [one for one in queries.sessions(day.id) if one.id != session.id]
    organisation, first = session.organisation, queries.sessions(day.id)[0].starts_at
    db.session.delete(session)
    for position, one in enumerate(rest, start=1):
        one.position = position
    _set_times(rest, first)
    db.session.flush()
    _note("challenge_day:session:removed", day, by, organisation)


def add_enquiry(
    day: ChallengeDay,
    *,
    organisation: Organisation,
    question: str,
    why: str = "",
    standard_key: str = "",
    criterion_key: str = "",
    asked_by: Organisation | None = None,
    asker_name: str = "",
    by: Person | None = None,
) -> Enquiry:
    """A question prepared for one organisation, with why it is asked, at the end of its list."""
    _check("organisation", _seat_fault(day, organisation))
    _check_enquiry(day, organisation, question, standard_key, asked_by)
    known = queries.enquiries(day.id, organisation.id)
    enquiry = Enquiry(
        day_id=day.id,
        organisation=organisation,
        asked_by=asked_by,
        asker_name=asker_name.strip(),
        standard_key=standard_key,
        criterion_key=criterion_key,
        question=question.strip(),
        why=why.strip(),
        position=max((one.position for one in known), default=0) + 1,
    )
    db.session.add(enquiry)
    db.session.flush()
    _note("challenge_day:enquiry:added", day, by, organisation, after={"question": enquiry.question})
    return enquiry


def remove_enquiry(enquiry: Enquiry, day: ChallengeDay, *, by: Person | None = None) -> None:
    """Take a prepared question off the list, unless what came of it is recorded."""
    if any(one.enquiry_id == enquiry.id for one in queries.outcomes(day.id, enquiry.organisation_id)):
        raise Invalid(
            "What came of this question is recorded, so it stays. Change its wording if it is wrong.",
            field="question",
        )
    organisation, question = enquiry.organisation, enquiry.question
    db.session.delete(enquiry)
    db.session.flush()
    _note("challenge_day:enquiry:removed", day, by, organisation, before={"question": question})


def _check_enquiry(
    day: ChallengeDay,
    organisation: Organisation,
    question: str,
    standard_key: str,
    asked_by: Organisation | None,
) -> None:
    _check("question", None if question.strip() else "Write down the question to be asked.")
    _check("standard_key", _standard_fault(day, standard_key))
    _check("asked_by", _questioner_fault(day, organisation, asked_by))


def record_outcome(
    day: ChallengeDay,
    *,
    organisation: Organisation,
    standard_key: str = "",
    challenge: str,
    answer: str = "",
    evidence_promised: str = "",
    agreed_level_id: int | None = None,
    good_practice: str = "",
    action: ActionDraft | None = None,
    enquiry: Enquiry | None = None,
    by: Person | None,
) -> Outcome:
    """What was asked and answered, and what was agreed; an action goes into the plan with it.

    The agreed rating stands beside the agency's and the moderator's, which never change.
    """
    _check("organisation", _seat_fault(day, organisation))
    of_another = enquiry is not None and (enquiry.day_id, enquiry.organisation_id) != (
        day.id,
        organisation.id,
    )
    _check("enquiry", "Choose a question that was prepared for this session." if of_another else None)
    _check("challenge", None if challenge.strip() else "Write down what was asked.")
    _check("standard_key", _standard_fault(day, standard_key))
    promised = _add_action(day, organisation, standard_key, challenge, action, by) if action else None
    outcome = Outcome(
        day_id=day.id,
        organisation=organisation,
        enquiry_id=enquiry.id if enquiry else None,
        standard_key=standard_key,
        challenge=challenge.strip(),
        answer=answer.strip(),
        evidence_promised=evidence_promised.strip(),
        agreed_level=_agreed_level(day, agreed_level_id),
        good_practice=good_practice.strip(),
        action=promised,
        recorded_by_name=by.name if by else "System",
        recorded_at=clock.now(),
    )
    db.session.add(outcome)
    db.session.flush()
    _note(
        "challenge_day:outcome:recorded",
        day,
        by,
        organisation,
        after={"outcome": outcome.ref, "action": promised.ref if promised else None},
    )
    return outcome


def _add_action(
    day: ChallengeDay,
    organisation: Organisation,
    standard_key: str,
    challenge: str,
    draft: ActionDraft,
    by: Person | None,
) -> Action:
    try:
        return actions.add(
            day.cycle.partnership,
            organisation,
            source=Source.CHALLENGE,
            source_title=day.title,
            recommendation=challenge,
            cycle=day.cycle,
            standard_key=standard_key,
            text=draft.text,
            outcome=draft.outcome,
            evidence_expected=draft.evidence_expected,
            mechanism=draft.mechanism,
            owner_name=draft.owner_name,
            owner_role=draft.owner_role,
            due_on=draft.due_on,
            by=by,
        )
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field=f"action_{refusal.field}") from None


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


def _seat_fault(day: ChallengeDay, organisation: Organisation) -> str | None:
    if any(one.id == organisation.id for one in queries.taking_part(day)):
        return None
    return f"{organisation.name} was not asked in {day.cycle.title}. Choose an organisation that was."


def _questioner_fault(
    day: ChallengeDay, organisation: Organisation, questioner: Organisation | None
) -> str | None:
    """Who asks is another organisation of the same cycle, or nobody: then it is the chair."""
    if questioner is None:
        return None
    return rules.questioner_fault(organisation.id, questioner.id) or _seat_fault(day, questioner)


def _standard_fault(day: ChallengeDay, standard_key: str) -> str | None:
    edition = content_of(day.cycle)
    if not standard_key or any(standard.key == standard_key for standard in edition.asked_standards):
        return None
    return "Choose a standard of the questionnaire that was asked."


def _agreed_level(day: ChallengeDay, level_id: int | None) -> Level | None:
    """The level agreed, which has to be one of the scales of this cycle's edition."""
    if level_id is None:
        return None
    if level_id not in content_of(day.cycle).levels:
        raise Invalid("Choose a rating of the scale that was used.", field="agreed_level")
    return db.session.get(Level, level_id)


def _note(
    tag: str,
    day: ChallengeDay,
    by: Person | None,
    organisation: Organisation | None = None,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        tag,
        day.id,
        by=by,
        organisation_id=organisation.id if organisation else None,
        partnership_id=day.cycle.partnership_id,
        before=before,
        after=after,
    )


def _check(field: str, fault: str | None) -> None:
    if fault:
        raise Invalid(fault, field=field)
