"""Choosing lines of enquiry for a day, wording, ordering and giving them to somebody, setting them aside."""

from collections.abc import Sequence

from sqlalchemy import update

from s11.challenge import queries, rules
from s11.challenge.enquiries.rules import Suggestion
from s11.challenge.kinds import EnquiryState
from s11.challenge.models import ChallengeDay, Enquiry
from s11.challenge.operations.checks import check, questioner_fault
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.trail.operations import record

RECORDED = (
    "What came of this question is recorded, so it stays for the day. Change its wording if it is wrong."
)
NEWER = (
    "Somebody else changed this question while you were writing. Theirs is shown with the form; what you "
    "typed is still in it. Change it if need be and save again."
)


def choose(day: ChallengeDay, suggested: Sequence[Suggestion], *, by: Person | None) -> int:
    """Take suggestions onto the list of a day, each for the questioner of its organisation's session.

    One that was set aside comes back as it was worded; one that is chosen already stays as it is. Says how
    many are new on the list.
    """
    return len(_enter(day, suggested, EnquiryState.CHOSEN, by))


def pass_over(day: ChallengeDay, suggested: Sequence[Suggestion], *, by: Person | None) -> int:
    """Set suggestions aside before they were ever chosen. Says how many."""
    return len(_enter(day, suggested, EnquiryState.SET_ASIDE, by))


def _enter(
    day: ChallengeDay, suggested: Sequence[Suggestion], state: EnquiryState, by: Person | None
) -> list[Enquiry]:
    known = queries.enquiries_of(day.id, (one.key for one in suggested))
    questioners = {one.organisation_id: one.questioner for one in queries.sessions(day.id)}
    last = _last_places(day)
    entered = []
    for one in suggested:
        enquiry = known.get(one.key)
        if enquiry is not None and (enquiry.state == state or enquiry.state == EnquiryState.CHOSEN):
            continue
        if enquiry is None:
            enquiry = Enquiry(
                day_id=day.id,
                organisation_id=one.organisation_id,
                asked_by=questioners.get(one.organisation_id),
                standard_key=one.standard.key if one.standard else "",
                criterion_key=one.criterion_key,
                question=one.question,
                why=one.why,
                rule=one.rule,
                suggestion=one.key,
            )
            db.session.add(enquiry)
        last[one.organisation_id] = last.get(one.organisation_id, 0) + 1
        enquiry.state, enquiry.position = state, last[one.organisation_id]
        entered.append(enquiry)
    db.session.flush()
    is_chosen = state == EnquiryState.CHOSEN
    tag = "challenge_day:enquiry:chosen" if is_chosen else "challenge_day:enquiry:set_aside"
    for enquiry in entered:
        _note(tag, day, enquiry, by, after={"question": enquiry.question})
    return entered


def _last_places(day: ChallengeDay) -> dict[int, int]:
    places: dict[int, int] = {}
    for one in queries.enquiries(day.id):
        places[one.organisation_id] = max(places.get(one.organisation_id, 0), one.position)
    return places


def set_aside(enquiry: Enquiry, day: ChallengeDay, *, by: Person | None) -> None:
    """Take a question off the list without losing it. Raises Invalid where what came of it is recorded."""
    if enquiry.state == EnquiryState.SET_ASIDE:
        return
    if any(one.enquiry_id == enquiry.id for one in queries.outcomes(day.id, enquiry.organisation_id)):
        raise Invalid(RECORDED, field="question")
    enquiry.state = EnquiryState.SET_ASIDE
    db.session.flush()
    _note("challenge_day:enquiry:set_aside", day, enquiry, by)


def take_back(enquiry: Enquiry, day: ChallengeDay, *, by: Person | None) -> None:
    """Put a question that was set aside back on the list, at its end, worded as it was."""
    if enquiry.state == EnquiryState.CHOSEN:
        return
    enquiry.position = _last_places(day).get(enquiry.organisation_id, 0) + 1
    enquiry.state = EnquiryState.CHOSEN
    db.session.flush()
    _note("challenge_day:enquiry:chosen", day, enquiry, by)


def change(
    enquiry: Enquiry,
    day: ChallengeDay,
    *,
    question: str,
    why: str = "",
    standard_key: str = "",
    criterion_key: str = "",
    asked_by: Organisation | None = None,
    asker_name: str = "",
    version: int,
    by: Person | None = None,
) -> None:
    """Put a question differently, or give it to somebody else.

    Raises Stale when somebody saved a newer state than `version`, and Invalid with the field.
    """
    check("question", None if question.strip() else "Write down the question to be asked.")
    standard_key = place_of(day, standard_key, criterion_key)
    check("asked_by", questioner_fault(day, enquiry.organisation, asked_by))
    raised = db.session.execute(
        update(Enquiry)
        .where(Enquiry.id == enquiry.id, Enquiry.version == version)
        .values(version=version + 1)
    )
    if raised.rowcount == 0:  # type: ignore[attr-defined]
        db.session.refresh(enquiry)
        raise Stale(NEWER)
    db.session.refresh(enquiry, ["version"])
    before: dict[str, object] = {"question": enquiry.question, "asker": enquiry.asker_name}
    enquiry.question, enquiry.why = question.strip(), why.strip()
    enquiry.standard_key, enquiry.criterion_key = standard_key, criterion_key
    enquiry.asked_by, enquiry.asker_name = asked_by, asker_name.strip()
    db.session.flush()
    after: dict[str, object] = {"question": enquiry.question, "asker": enquiry.asker_name}
    _note("challenge_day:enquiry:changed", day, enquiry, by, before=before, after=after)


def place_of(day: ChallengeDay, standard_key: str, criterion_key: str) -> str:
    """The key of the standard a question is about: of its criterion, where it names one."""
    edition = content_of(day.cycle)
    if criterion_key:
        criterion = next((one for one in edition.asked_criteria if one.key == criterion_key), None)
        unknown = "Choose a criterion of the questionnaire that was asked."
        check("criterion_key", None if criterion else unknown)
        return criterion.standard_key if criterion else ""
    known = not standard_key or any(one.key == standard_key for one in edition.asked_standards)
    check("standard_key", None if known else "Choose a standard of the questionnaire that was asked.")
    return standard_key


def move(enquiry: Enquiry, day: ChallengeDay, place: int, *, by: Person | None) -> None:
    """Ask a question at another place among those of its organisation, counted from 1."""
    known = {one.id: one for one in queries.enquiries(day.id, enquiry.organisation_id)}
    if enquiry.id not in known:
        raise DomainError("This question was set aside meanwhile. Take it back before you move it.")
    for position, one in enumerate(rules.moved(list(known), enquiry.id, place), start=1):
        known[one].position = position
    db.session.flush()
    _note("challenge_day:enquiry:moved", day, enquiry, by, after={"place": enquiry.position})


def _note(
    tag: str,
    day: ChallengeDay,
    enquiry: Enquiry,
    by: Person | None,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        tag,
        day.id,
        by=by,
        organisation_id=enquiry.organisation_id,
        partnership_id=day.cycle.partnership_id,
        before=before,
        after=after,
    )
