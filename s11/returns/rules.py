"""The life of a return: its stages, when it is complete, and how its ratings are packed."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from s11.core.errors import DomainError
from s11.questionnaires.rules import NEEDS, CriterionContent, FieldContent, StandardContent

COMMENTARY_LONGEST = 10_000
REASON_LONGEST = 2_000
NOTE_LONGEST = 250
NOTE_TO_COLLEAGUE_LONGEST = 500


class Stage(StrEnum):
    """Where a return stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    MODERATED = "moderated"
    CLOSED = "closed"


STAGE_LABELS = {
    Stage.NOT_STARTED: "Not started",
    Stage.IN_PROGRESS: "In progress",
    Stage.AWAITING_SIGN_OFF: "Awaiting sign-off",
    Stage.SUBMITTED: "Submitted",
    Stage.SENT_BACK: "Sent back",
    Stage.MODERATED: "Moderated",
    Stage.CLOSED: "Closed",
}
# The kind that colours a stage in lists: see the task list and table components.
STAGE_KINDS = {
    Stage.NOT_STARTED: "todo",
    Stage.IN_PROGRESS: "doing",
    Stage.AWAITING_SIGN_OFF: "doing",
    Stage.SUBMITTED: "done",
    Stage.SENT_BACK: "blocked",
    Stage.MODERATED: "done",
    Stage.CLOSED: "done",
}


class Act(StrEnum):
    """What can happen to a return as a whole."""

    SAVE = "save"
    SHARE = "share"
    SIGN = "sign"
    COMPLETE_CHAIN = "complete_chain"
    DECLINE = "decline"
    SEND_BACK = "send_back"
    MODERATE = "moderate"
    CLOSE = "close"
    TAKE_UP = "take_up"  # closed by mistake: again as it was, submitted
    TAKE_UP_MODERATED = "take_up_moderated"  # or moderated


# (stage, act) -> the stage that follows. What is not here is refused.
MOVES: dict[tuple[Stage, Act], Stage] = {
    (Stage.NOT_STARTED, Act.SAVE): Stage.IN_PROGRESS,
    (Stage.IN_PROGRESS, Act.SAVE): Stage.IN_PROGRESS,
    (Stage.SENT_BACK, Act.SAVE): Stage.SENT_BACK,
    (Stage.NOT_STARTED, Act.SHARE): Stage.NOT_STARTED,
    (Stage.IN_PROGRESS, Act.SHARE): Stage.IN_PROGRESS,
    (Stage.SENT_BACK, Act.SHARE): Stage.SENT_BACK,
    (Stage.IN_PROGRESS, Act.SIGN): Stage.AWAITING_SIGN_OFF,
    (Stage.SENT_BACK, Act.SIGN): Stage.AWAITING_SIGN_OFF,
    (Stage.AWAITING_SIGN_OFF, Act.SIGN): Stage.AWAITING_SIGN_OFF,
    (Stage.AWAITING_SIGN_OFF, Act.COMPLETE_CHAIN): Stage.SUBMITTED,
    (Stage.AWAITING_SIGN_OFF, Act.DECLINE): Stage.IN_PROGRESS,
    (Stage.SUBMITTED, Act.SEND_BACK): Stage.SENT_BACK,
    (Stage.SUBMITTED, Act.MODERATE): Stage.MODERATED,
    (Stage.SUBMITTED, Act.CLOSE): Stage.CLOSED,
    (Stage.MODERATED, Act.CLOSE): Stage.CLOSED,
    (Stage.CLOSED, Act.TAKE_UP): Stage.SUBMITTED,
    (Stage.CLOSED, Act.TAKE_UP_MODERATED): Stage.MODERATED,
}

EDITABLE = frozenset({Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.SENT_BACK})
# The Board sees the words of a return from here on, and never before.
RETURNED = frozenset({Stage.SUBMITTED, Stage.MODERATED, Stage.CLOSED})

REFUSALS = {
    Act.SAVE: "This return has been {stage}, so its answers can no longer be changed. "
    "Ask the partnership office to send it back if something must be put right.",
    Act.SHARE: "This return is {stage}, so who answers what can no longer be changed.",
    Act.SIGN: "This return is {stage} and is not waiting for a signature.",
    Act.DECLINE: "This return is {stage}; there is no signature to decline.",
    Act.SEND_BACK: "Only a submitted return can be sent back. This one is {stage}.",
    Act.MODERATE: "Only a submitted return can be moderated. This one is {stage}.",
}


def next_stage(stage: Stage, act: Act) -> Stage:
    """The stage that follows, or a refusal that says why there is none."""
    following = MOVES.get((stage, act))
    if following is None:
        sentence = REFUSALS.get(act, "This cannot be done while the return is {stage}.")
        raise DomainError(sentence.format(stage=STAGE_LABELS[stage].lower()))
    return following


@dataclass(frozen=True)
class AnswerFacts:
    """What completeness asks about one answer."""

    criterion_id: int
    level_id: int | None = None
    not_applicable: bool = False
    not_applicable_reason: str = ""
    commentary: str = ""
    come_back: bool = False
    carried: bool = False
    evidence: int = 0
    actions: int = 0

    @property
    def is_rated(self) -> bool:
        return self.level_id is not None or self.not_applicable


# What stands in the fields of a return: by the field's id and the standard or criterion it was asked for.
FieldValues = Mapping[tuple[int, int], Any]
NO_VALUES: FieldValues = {}


@dataclass(frozen=True)
class Gap:
    """Something missing before a return can be signed: where, and what to do.

    `number` is the criterion's, or the standard's for what is asked in it as a whole; both are empty for
    what is asked about the whole return. `field` is the id of the field that is missing, if it is one.
    """

    number: str
    standard_number: str
    sentence: str
    field: int = 0


class Unfinished(DomainError):
    """A return with gaps; each names a place to go to."""

    status = 422

    def __init__(self, gaps: Sequence[Gap]) -> None:
        numbers = ", ".join(gap.number for gap in gaps[:8])
        more = f" and {len(gaps) - 8} more" if len(gaps) > 8 else ""
        super().__init__(f"Finish {numbers}{more} before you submit.")
        self.gaps = tuple(gaps)


@dataclass(frozen=True)
class StandardProgress:
    """How far one standard has come."""

    standard: StandardContent
    done: int
    asked: int
    lacking: int = 0  # fields of the standard itself that have to be filled
    to_review: int = 0  # taken over from last year, and not confirmed
    marked: int = 0  # to come back to

    @property
    def label(self) -> str:
        return {"todo": "Not started", "done": "Completed", "doing": "In progress"}[self.kind]

    @property
    def waiting(self) -> str:
        """What somebody has still to look at: "4 to review, 1 to come back to"; empty where nothing."""
        counts = ((self.to_review, "to review"), (self.marked, "to come back to"))
        return ", ".join(f"{count} {words}" for count, words in counts if count)

    @property
    def kind(self) -> str:
        if self.done == self.asked and not self.lacking:
            return "done"
        return "doing" if self.done or self.to_review or self.marked else "todo"


def gap_of(
    criterion: CriterionContent, answer: AnswerFacts | None, values: FieldValues = NO_VALUES
) -> str | None:
    """What one answer still lacks, as a sentence, or None.

    A rating needs its commentary: a colour nobody explained cannot be moderated or challenged.
    """
    gap = gap_in(criterion, answer, values)
    return gap[0] if gap else None


def gap_in(
    criterion: CriterionContent, answer: AnswerFacts | None, values: FieldValues = NO_VALUES
) -> tuple[str, int] | None:
    """The same with the id of the field that is missing, 0 where it is none."""
    if answer is not None and answer.carried:
        return f"Confirm what was taken over for {criterion.number}, or change it", 0
    if answer is not None and answer.come_back:
        return f"You wanted to come back to {criterion.number}: finish it, and take the mark off", 0
    if criterion.rated:
        sentence = _gap_of_rating(criterion, answer)
        if sentence:
            return sentence, 0
        assert answer is not None
        if answer.not_applicable:
            return None
        needed = _gap_of_needs(criterion, answer, values)
        if needed:
            return needed
    elif not criterion.fields and (answer is None or not answer.commentary.strip()):
        return f"Answer {criterion.number}", 0
    missing = next((f for f in criterion.fields if f.required and is_missing(f, criterion.id, values)), None)
    return (f"Fill in “{missing.label}” for {criterion.number}", missing.id) if missing else None


def _gap_of_rating(criterion: CriterionContent, answer: AnswerFacts | None) -> str | None:
    if answer is None or not answer.is_rated:
        return f"Rate {criterion.number}"
    if answer.not_applicable:
        missing = not answer.not_applicable_reason.strip()
        return f"Say why {criterion.number} does not apply" if missing else None
    if not answer.commentary.strip():
        return f"Say what lies behind your rating of {criterion.number}"
    return None


def _gap_of_needs(
    criterion: CriterionContent, answer: AnswerFacts, values: FieldValues
) -> tuple[str, int] | None:
    """What the level chosen asks for and is not there: "no example, no blue"."""
    level = next((one for one in criterion.scale.levels if one.id == answer.level_id), None)
    fields = {one.code: one for one in criterion.fields}
    for need in level.needs if level else ():
        if need in NEEDS:
            if not getattr(answer, COUNTED[need]):
                return f"{ASKED_FOR[need]} {criterion.number}: “{level.label}” needs it", 0  # type: ignore[union-attr]
        elif need in fields and is_missing(fields[need], criterion.id, values):
            asked = fields[need]
            return (
                f"Fill in “{asked.label}” for {criterion.number}: “{level.label}” needs it",  # type: ignore[union-attr]
                asked.id,
            )
    return None


COUNTED = {"evidence": "evidence", "action": "actions"}
ASKED_FOR = {"evidence": "Add evidence for", "action": "Record an action for"}


def is_missing(field: FieldContent, subject_id: int, values: FieldValues) -> bool:
    """Whether a field is empty. No and 0 are answers."""
    value = values.get((field.id, subject_id))
    return value is None or value == "" or value == []


def gaps(
    standards: Iterable[StandardContent],
    answers: Mapping[int, AnswerFacts],
    values: FieldValues = NO_VALUES,
    *,
    fields: Iterable[FieldContent] = (),
    signed: Container[int] | None = None,
) -> list[Gap]:
    """Everything that stands between these answers and a signature, in the order printed.

    `fields` are those about the whole return. `signed`: the standards with a signature of their own, by id;
    None leaves signatures out.
    """
    found = [
        Gap("", "", f"Fill in “{one.label}”", one.id)
        for one in fields
        if one.required and is_missing(one, 0, values)
    ]
    for standard in standards:
        found += gaps_in(standard, answers, values)
        if signed is not None and standard.sign_off and standard.id not in signed:
            found.append(
                Gap(
                    standard.number,
                    standard.number,
                    f"Have {standard.number}. {standard.title} signed: {standard.sign_off.label}",
                )
            )
    return found


def gaps_in(
    standard: StandardContent, answers: Mapping[int, AnswerFacts], values: FieldValues = NO_VALUES
) -> list[Gap]:
    """What is missing in one standard, less its signature."""
    found = []
    for criterion in standard.criteria:
        missing = gap_in(criterion, answers.get(criterion.id), values)
        if missing:
            found.append(Gap(criterion.number, standard.number, *missing))
    found += [
        Gap(standard.number, standard.number, f"Fill in “{one.label}” in {standard.number}", one.id)
        for one in standard.fields
        if one.required and is_missing(one, standard.id, values)
    ]
    return found


def progress(
    standards: Iterable[StandardContent],
    answers: Mapping[int, AnswerFacts],
    values: FieldValues = NO_VALUES,
) -> list[StandardProgress]:
    """Each standard with how many of its criteria have nothing missing."""
    return [_progress_of(standard, answers, values) for standard in standards]


def _progress_of(
    standard: StandardContent, answers: Mapping[int, AnswerFacts], values: FieldValues
) -> StandardProgress:
    said = [answers[c.id] for c in standard.criteria if c.id in answers]
    return StandardProgress(
        standard,
        done=sum(gap_of(c, answers.get(c.id), values) is None for c in standard.criteria),
        asked=len(standard.criteria),
        lacking=len([gap for gap in gaps_in(standard, answers, values) if gap.number == standard.number]),
        to_review=sum(answer.carried for answer in said),
        marked=sum(answer.come_back for answer in said),
    )


def score_of(criteria: Iterable[CriterionContent], answers: Mapping[int, AnswerFacts]) -> float | None:
    """The weighted mean of the values of the ratings given, None where nothing is rated.

    What is not applicable or not rated leaves the weights: the others then count for the whole.
    """
    total = weight = 0.0
    for criterion in criteria:
        answer = answers.get(criterion.id)
        chosen = answer.level_id if answer else None
        level = next((one for one in criterion.scale.levels if one.id == chosen), None)
        if criterion.rated and level and level.counts and level.value is not None:
            total += criterion.weight * level.value
            weight += criterion.weight
    return total / weight if weight else None


# A page that was open before the end of the last day may still be sent so long after it.
GRACE = timedelta(minutes=15)


def closed_sentence(last_day: date, *, at_its_end: bool = True, ask: str = "") -> str:
    """Why nothing is taken any more, and what to do. `ask`: the address of the office."""
    when = "closed at the end of" if at_its_end else "was closed on"
    office = f"the partnership office ({ask})" if ask else "the partnership office"
    return (
        f"This {when} {last_day.day} {last_day:%B %Y}, so it is no longer taken. "
        f"Ask {office} for a later date; what was saved is kept."
    )


def stays_as_submitted(number: str) -> str:
    """What somebody reads who would change what did not come back."""
    return (
        f"Only part of this return came back, and {number} is not in it: it stays as it was submitted. "
        "Ask the partnership office to send it back too if it has to change."
    )


def is_late(due_on: date, extended_to: date | None, today: date) -> bool:
    """Whether a return that is not in yet has missed its own date."""
    return max(extended_to or due_on, due_on) < today


class Progress(NamedTuple):
    """How one organisation's return stands, in numbers only: no words, no ratings.

    A tuple, because lists of 600 are made again and again.
    """

    ref: str
    return_id: int
    invitation_id: int
    organisation: str
    organisation_id: int
    organisation_ref: str
    parent_id: int | None
    kind: str
    phase: str
    district: str
    trust: str
    group: str
    stage: Stage
    answered: int
    asked: int
    asked_at: datetime
    opens_on: date
    due_on: date
    extended: bool
    late: bool
    let_off: str  # as a value of cycles.rules.LetOff; empty where it is asked
    exempt_reason: str
    closed_on: date | None
    last_saved_at: datetime | None
    submitted_at: datetime | None
    # The signatures still missing, in words; and the steps that can be given now.
    waiting_for: str
    open_steps: tuple[str, ...]
