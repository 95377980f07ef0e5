"""What the pages of a challenge day print."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from s11.actions import pages as actions
from s11.actions.pages import PlanRow
from s11.challenge import queries
from s11.challenge.models import Enquiry, Outcome, Session
from s11.challenge.ratings import StandardRatings, Tally
from s11.challenge.rules import Slot, timetable
from s11.moderation import pages as moderation
from s11.organisations.models import Organisation
from s11.questionnaires.rules import EditionContent, LevelContent, StandardContent
from s11.returns.queries import SecondView, of_standard


def second_views(return_id: int, round_: int) -> dict[str, SecondView]:
    """What the Board made of a submission: its ratings by criterion, and by standard what was said and
    agreed about it at the challenge day."""
    said: dict[str, list[str]] = defaultdict(list)
    told: dict[str, list[str]] = defaultdict(list)
    for outcome in queries.of_return(return_id):
        if outcome.standard_key:
            said[of_standard(outcome.standard_key)] += words_of(outcome)
            told[of_standard(outcome.standard_key)] += words_of(outcome, answered="They answered")
    days = {key: SecondView(None, False, "", tuple(words), tuple(told[key])) for key, words in said.items()}
    return moderation.second_views(return_id, round_) | days


def words_of(outcome: Outcome, *, answered: str = "You answered") -> list[str]:
    """What was asked, answered and agreed, line by line; what is empty is left out."""
    agreed = outcome.agreed_level.label if outcome.agreed_level else ""
    told = (
        ("Asked", outcome.challenge),
        (answered, outcome.answer),
        ("Rating agreed", agreed),
        ("Evidence promised", outcome.evidence_promised),
        ("Good practice", outcome.good_practice),
    )
    return [f"{label}: {text.strip()}" for label, text in told if text.strip()]


@dataclass(frozen=True)
class AgendaLine:
    """One session as the agenda prints it."""

    session: Session
    slot: Slot
    enquiries: int
    outcomes: int

    @property
    def time(self) -> str:
        return f"{self.slot.starts_at} to {self.slot.ends_at}"

    @property
    def questioner(self) -> str:
        return self.session.questioner.name if self.session.questioner else "The chair"


def agenda(
    sessions: list[Session], enquiries: list[Enquiry] | None = None, outcomes: list[Outcome] | None = None
) -> list[AgendaLine]:
    """The agenda with its times, and how many questions and outcomes each session has."""
    if not sessions:
        return []
    slots = timetable([one.minutes for one in sessions], first=sessions[0].starts_at or "09:30")
    asked = [one.organisation_id for one in enquiries or []]
    recorded = [one.organisation_id for one in outcomes or []]
    return [
        AgendaLine(one, slot, asked.count(one.organisation_id or 0), recorded.count(one.organisation_id or 0))
        for one, slot in zip(sessions, slots, strict=True)
    ]


@dataclass(frozen=True)
class Stands:
    """How an organisation rated itself and was moderated: in all, and standard by standard."""

    own: Tally
    moderated: Tally
    standards: tuple[StandardRatings, ...]

    @property
    def is_moderated(self) -> bool:
        return any(one.is_moderated for one in self.standards)


@dataclass(frozen=True)
class OutcomeLine:
    """What came of a challenge: the standard it is about, and how the action agreed stands today."""

    outcome: Outcome
    standard: str
    action: PlanRow | None

    @property
    def asker(self) -> str:
        return asker_words(self.outcome)


@dataclass(frozen=True)
class QuestionLine:
    """A question that was prepared, and what came of it."""

    enquiry: Enquiry
    standard: str
    outcomes: tuple[OutcomeLine, ...]

    @property
    def asker(self) -> str:
        return asker_words(self.enquiry)


@dataclass(frozen=True)
class Turn:
    """One organisation on the day: its session if it has one, its questions, and what else came up."""

    organisation: Organisation
    line: AgendaLine | None
    questions: tuple[QuestionLine, ...]
    others: tuple[OutcomeLine, ...]

    @property
    def is_empty(self) -> bool:
        return not self.questions and not self.others

    @property
    def has_outcomes(self) -> bool:
        return bool(self.others or any(line.outcomes for line in self.questions))


def turns(
    agenda: Sequence[AgendaLine],
    enquiries: Sequence[Enquiry],
    outcomes: Sequence[Outcome],
    edition: EditionContent,
    today: date,
) -> list[Turn]:
    """Every organisation of the day in the order of the agenda, then those without a session, by name."""
    turns_of = [(line.session.organisation, line) for line in agenda if line.session.organisation]
    lines = {one.id: line for one, line in turns_of}
    known = {one.id: one for one, _ in turns_of}
    both: list[Enquiry | Outcome] = [*enquiries, *outcomes]
    rest = {one.organisation_id: one.organisation for one in both}
    known |= dict(sorted(rest.items(), key=lambda pair: pair[1].name))
    return [
        turn(organisation, lines.get(organisation_id), enquiries, outcomes, edition, today)
        for organisation_id, organisation in known.items()
    ]


def turn(
    organisation: Organisation,
    line: AgendaLine | None,
    enquiries: Iterable[Enquiry],
    outcomes: Iterable[Outcome],
    edition: EditionContent,
    today: date,
) -> Turn:
    """One organisation's questions with what came of each, from all those of the day."""
    asked = [one for one in enquiries if one.organisation_id == organisation.id]
    recorded = [one for one in outcomes if one.organisation_id == organisation.id]

    def came_of(enquiry_id: int | None) -> tuple[OutcomeLine, ...]:
        return tuple(outcome_line(one, edition, today) for one in recorded if one.enquiry_id == enquiry_id)

    return Turn(
        organisation,
        line,
        tuple(QuestionLine(one, standard_title(edition, one.standard_key), came_of(one.id)) for one in asked),
        came_of(None),
    )


def asker_words(line: Enquiry | Outcome) -> str:
    """Asha Rahman, Northshire Police; the chair where nobody is named."""
    named = [line.asker_name, line.asked_by.name if line.asked_by else ""]
    return ", ".join(part for part in named if part) or "the chair"


def outcome_line(outcome: Outcome, edition: EditionContent, today: date) -> OutcomeLine:
    return OutcomeLine(
        outcome,
        standard_title(edition, outcome.standard_key),
        actions.row_of(outcome.action, today) if outcome.action else None,
    )


def standard_of(edition: EditionContent, key: str) -> StandardContent | None:
    return next((standard for standard in edition.standards if standard.key == key), None)


def standard_title(edition: EditionContent, key: str) -> str:
    """4 Listening to children; empty where no standard is named."""
    standard = standard_of(edition, key)
    return f"{standard.number} {standard.title}" if standard else ""


def level_choices(edition: EditionContent) -> list[tuple[str, str]]:
    """Every level of every scale as a choice; the scale is named where there are several."""
    several = len(edition.scales) > 1

    def label(title: str, level: LevelContent) -> str:
        return f"{title}: {level.label}" if several else level.label

    return [
        (str(level.id), label(scale.title or scale.code, level))
        for scale in edition.scales
        for level in scale.levels
    ]
