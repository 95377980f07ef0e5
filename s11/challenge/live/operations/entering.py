"""Saving one entry of the record, part by part, beside others who write at the same time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from s11.actions import operations as actions
from s11.actions.rules import Source
from s11.challenge.live import queries, rules
from s11.challenge.live.rules import OF_ENQUIRY, OF_OUTCOME, Says
from s11.challenge.models import ChallengeDay, Enquiry, Outcome, Session
from s11.challenge.operations.checks import note
from s11.challenge.queries import outcomes, taking_part
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Level
from s11.questionnaires.rules import EditionContent, ScaleContent
from s11.web.forms import parse_day

ABOUT_STANDARD, ABOUT_CRITERION = "s:", "c:"
IN_PLAN = "The action is in the plan already. Open it there to change it."


@dataclass(frozen=True)
class Typed:
    """One entry as a page sent it: what it is known by, what the page began from, and what it says.

    `ready`: whoever typed has left the action's boxes, so that it may enter the plan when it is whole.
    """

    key: str
    token: str
    said: Says
    ready: bool = True


@dataclass(frozen=True)
class Saved:
    """How an entry stands after a save.

    `clashes`: the parts where somebody else's words stand, `by_name` since `at`; mine are not kept there.
    `faults`: the parts that cannot be kept as typed, with a sentence each.
    """

    key: str
    outcome: Outcome | None
    said: Says
    clashes: tuple[str, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    by_name: str = ""
    at: datetime | None = None


def save(day: ChallengeDay, session: Session, typed: Typed, *, by: Person | None) -> Saved:
    """Keep what was changed of an entry. Raises Invalid when its key names nothing that can be written."""
    assert session.organisation is not None
    enquiry, outcome = _found(day, session, typed.key)
    theirs = said_of(outcome) if outcome else begins_from(enquiry, session)
    merged = rules.merge(typed.token, theirs, typed.said)
    faults = _faults(day, session, {**theirs, **merged.taken}, merged.taken, outcome)
    taken = {part: text for part, text in merged.taken.items() if part not in faults}
    name, at = (outcome.changed_by_name or outcome.recorded_by_name, _at(outcome)) if outcome else ("", None)
    if taken:
        if outcome is None:
            outcome = _made(day, session, typed.key, enquiry, by)
            if outcome is None:  # made by the same page, or the same click, at this very moment
                return save(day, session, typed, by=by)
        else:
            _note_what_is_replaced(day, outcome, theirs, taken, by)
        _put(day, outcome, {**theirs, **taken}, by)
    if outcome is not None and typed.ready and not outcome.action_id:
        _enter_plan(day, outcome, by)
    stands = said_of(outcome) if outcome else theirs
    return Saved(typed.key, outcome, stands, merged.clashes, faults, name, at)


def put_before_the_room(
    day: ChallengeDay, session: Session, key: str, *, by: Person | None
) -> Outcome | None:
    """Show an entry's question on the room's screen: the one last chosen in a session is shown."""
    enquiry, outcome = _found(day, session, key)
    outcome = outcome or _made(day, session, key, enquiry, by) or _found(day, session, key)[1]
    if outcome is not None:
        outcome.shown_at = clock.now()
        db.session.flush()
    return outcome


def _found(day: ChallengeDay, session: Session, key: str) -> tuple[Enquiry | None, Outcome | None]:
    """The line of enquiry a key names, and what is recorded under it so far."""
    organisation_id, ref = session.organisation_id, key[1:]
    if organisation_id is None or not rules.KEY.fullmatch(key):
        raise Invalid("This entry is of another page. Open the page again.")
    known = queries.outcome_by_once(day.id, organisation_id, key)
    if key.startswith(OF_ENQUIRY):
        enquiry = queries.enquiry_by_ref(day.id, organisation_id, ref)
        if enquiry is not None and known is None:
            known = queries.first_of_enquiry(day.id, organisation_id, enquiry.id)
        if enquiry is None and known is None:
            raise Invalid(
                "This question is no longer for this session. Copy your words, and open the page again."
            )
        return enquiry, known
    if key.startswith(OF_OUTCOME):
        known = queries.outcome_by_ref(day.id, organisation_id, ref)
        if known is None:
            raise Invalid("This entry is not of this session. Open the page again.")
    return None, known


def begins_from(enquiry: Enquiry | None, session: Session) -> dict[str, str]:
    """What an entry says before anything is typed: the question as it was prepared, and who is to ask it."""
    asks = (enquiry.asked_by if enquiry else None) or session.questioner
    return {
        **rules.NOTHING,
        "challenge": _words(enquiry.question) if enquiry else "",
        "asked_by": asks.ref if asks else "",
        "asker_name": enquiry.asker_name if enquiry else "",
        "about": about_of(enquiry.standard_key, enquiry.criterion_key) if enquiry else "",
    }


def said_of(outcome: Outcome) -> dict[str, str]:
    """What an entry says by now, part by part as its boxes show it."""
    draft = outcome.action_draft or {}
    return {
        "challenge": outcome.challenge,
        "asked_by": outcome.asked_by.ref if outcome.asked_by else "",
        "asker_name": outcome.asker_name,
        "answer": outcome.answer,
        "evidence_promised": outcome.evidence_promised,
        "about": about_of(outcome.standard_key, outcome.criterion_key),
        "agreed": str(outcome.agreed_level_id or ""),
        "good_practice": outcome.good_practice,
        **{part: str(draft.get(part.removeprefix("action_"), "")) for part in rules.ACTION_PARTS},
    }


def about_of(standard_key: str, criterion_key: str) -> str:
    """What something is about, as the value of one box."""
    if criterion_key:
        return f"{ABOUT_CRITERION}{criterion_key}"
    return f"{ABOUT_STANDARD}{standard_key}" if standard_key else ""


def read_about(edition: EditionContent, about: str) -> tuple[str, str] | None:
    """The keys of the standard and of the criterion a box names; None where it names nothing asked."""
    if not about:
        return "", ""
    for standard in edition.asked_standards:
        if about == f"{ABOUT_STANDARD}{standard.key}":
            return standard.key, ""
        for criterion in standard.criteria:
            if criterion.rated and about == f"{ABOUT_CRITERION}{criterion.key}":
                return standard.key, criterion.key
    return None


def scales_for(edition: EditionContent, about: str) -> tuple[ScaleContent, ...]:
    """The scales of which a rating may be agreed, by what it is about: one for a criterion, for a standard
    those of its criteria, else all."""
    named = read_about(edition, about) or ("", "")
    criteria = [
        criterion
        for standard in edition.asked_standards
        for criterion in standard.criteria
        if criterion.rated and named[1] in ("", criterion.key) and named[0] in ("", standard.key)
    ]
    used = {criterion.scale.code for criterion in criteria}
    return tuple(scale for scale in edition.scales if scale.code in used)


def _faults(
    day: ChallengeDay, session: Session, whole: Says, taken: Says, outcome: Outcome | None
) -> dict[str, str]:
    """Why a part cannot be kept, by part: too long, or a choice that the page does not offer."""
    found = rules.faults(taken)
    edition = content_of(day.cycle)
    if "about" in taken and read_about(edition, taken["about"]) is None:
        found["about"] = "Choose a standard or a criterion of the questionnaire that was asked."
    if taken.get("agreed"):
        allowed = {str(level.id) for scale in scales_for(edition, whole["about"]) for level in scale.levels}
        if taken["agreed"] not in allowed:
            found["agreed"] = "Choose a rating of the scale that is used there."
    if taken.get("asked_by") and _asker(day, session, taken["asked_by"]) is None:
        found["asked_by"] = "Choose another organisation of this day, or the chair."
    if outcome is not None and outcome.action_id:
        found |= dict.fromkeys((part for part in rules.ACTION_PARTS if part in taken), IN_PLAN)
    return found


def _asker(day: ChallengeDay, session: Session, ref: str) -> Organisation | None:
    others = (one for one in taking_part(day) if one.id != session.organisation_id)
    return next((one for one in others if one.ref == ref), None)


def _made(
    day: ChallengeDay, session: Session, key: str, enquiry: Enquiry | None, by: Person | None
) -> Outcome | None:
    """A new entry; None where another request has made it meanwhile."""
    now, name = clock.now(), by.name if by else "System"
    outcome = Outcome(
        day_id=day.id, organisation=session.organisation, enquiry_id=enquiry.id if enquiry else None,
        once=key, recorded_by_name=name, recorded_at=now, changed_by_name=name, changed_at=now,
        action_draft={}, version=0,
    )  # fmt: skip
    _put_words(day, outcome, begins_from(enquiry, session))
    try:
        with db.session.begin_nested():
            db.session.add(outcome)
    except IntegrityError:
        return None
    note("challenge_day:outcome:recorded", day, by, session.organisation, after={"outcome": outcome.ref})
    return outcome


def _put(day: ChallengeDay, outcome: Outcome, said: Says, by: Person | None) -> None:
    _put_words(day, outcome, said)
    outcome.version += 1
    outcome.changed_at, outcome.changed_by_name = clock.now(), by.name if by else "System"
    db.session.flush()


def _put_words(day: ChallengeDay, outcome: Outcome, said: Says) -> None:
    outcome.challenge, outcome.answer = said["challenge"], said["answer"]
    outcome.asker_name, outcome.good_practice = said["asker_name"], said["good_practice"]
    outcome.evidence_promised = said["evidence_promised"]
    asks = said["asked_by"]
    if asks != (outcome.asked_by.ref if outcome.asked_by else ""):
        outcome.asked_by = next((one for one in taking_part(day) if one.ref == asks), None)
    outcome.standard_key, outcome.criterion_key = read_about(content_of(day.cycle), said["about"]) or ("", "")
    if said["agreed"] != str(outcome.agreed_level_id or ""):
        outcome.agreed_level = db.session.get(Level, int(said["agreed"])) if said["agreed"] else None
    outcome.action_draft = {
        part.removeprefix("action_"): said[part] for part in rules.ACTION_PARTS if said[part]
    }


def enter_all(day: ChallengeDay, *, by: Person | None) -> None:
    """Put every action that is whole into the plan: at the end of the day nobody is still writing it."""
    for outcome in outcomes(day.id):
        if not outcome.action_id:
            _enter_plan(day, outcome, by)


def _enter_plan(day: ChallengeDay, outcome: Outcome, by: Person | None) -> None:
    """Put an action into the plan once it is whole; from then on it is changed there."""
    said = said_of(outcome)
    due_on = parse_day(said["action_due_on"])
    if not rules.has_action(said) or rules.lacks(said, due_on, since=clock.today()):
        return
    outcome.action = actions.add(
        day.cycle.partnership,
        outcome.organisation,
        source=Source.CHALLENGE,
        source_title=day.title,
        recommendation=outcome.challenge,
        cycle=day.cycle,
        standard_key=outcome.standard_key,
        criterion_key=outcome.criterion_key,
        text=said["action_text"],
        owner_name=said["action_owner_name"],
        owner_role=said["action_owner_role"],
        due_on=due_on,
        by=by,
    )
    _put(day, outcome, {**said, **dict.fromkeys(rules.ACTION_PARTS, "")}, by)


def _note_what_is_replaced(
    day: ChallengeDay, outcome: Outcome, theirs: Says, taken: Says, by: Person | None
) -> None:
    """The trail keeps what somebody else wrote and is written over, and every rating that changes."""
    another = by is None or by.name != (outcome.changed_by_name or outcome.recorded_by_name)
    replaced = {
        part: theirs[part]
        for part in taken
        if theirs[part] and (part == "agreed" or (another and not taken[part].startswith(theirs[part])))
    }
    if replaced:
        before: dict[str, object] = {rules.PARTS[part]: text for part, text in replaced.items()}
        after: dict[str, object] = {rules.PARTS[part]: taken[part] for part in replaced}
        note("challenge_day:outcome:changed", day, by, outcome.organisation, before=before, after=after)


def _words(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _at(outcome: Outcome) -> datetime:
    return outcome.changed_at or outcome.recorded_at
