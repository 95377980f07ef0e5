"""What the pages of a challenge day print."""

from dataclasses import dataclass

from s11.challenge.models import ChallengeDay, Enquiry, Outcome, Session
from s11.challenge.ratings import StandardRatings, Tally
from s11.challenge.rules import Slot, timetable
from s11.questionnaires.rules import EditionContent, LevelContent, StandardContent


@dataclass(frozen=True)
class AgendaLine:
    """One session as the agenda prints it."""

    session: Session
    slot: Slot
    enquiries: int
    outcomes: int

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
        AgendaLine(one, slot, asked.count(one.organisation_id), recorded.count(one.organisation_id))
        for one, slot in zip(sessions, slots, strict=True)
    ]


@dataclass(frozen=True)
class RatingLine:
    """A standard's ratings as the session page prints them."""

    title: str
    own: str
    moderated: str
    best: str


def rating_lines(ratings: tuple[StandardRatings, ...]) -> list[RatingLine]:
    return [
        RatingLine(
            title=f"{one.number} {one.title}",
            own=_with_rest(one.own),
            moderated=_with_rest(one.moderated) if one.is_moderated else "Not moderated",
            best=one.own.best_of,
        )
        for one in ratings
    ]


def _with_rest(tally: Tally) -> str:
    words = [tally.words]
    if tally.not_applicable:
        words.append(f"{tally.not_applicable} not applicable")
    if tally.blank:
        words.append(f"{tally.blank} blank")
    return ", ".join(words)


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


def day_title(day: ChallengeDay) -> str:
    return f"{day.title}, {day.held_on.day} {day.held_on:%B %Y}"
