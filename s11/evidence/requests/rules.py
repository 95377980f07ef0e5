"""Where a request for evidence comes from, how it stands, and how it ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Reason(StrEnum):
    """What made the partnership ask."""

    CHALLENGE = "challenge"
    REVIEW = "review"
    INSPECTION = "inspection"
    AUDIT = "audit"
    CONCERN = "concern"
    OTHER = "other"


REASON_LABELS: dict[Reason, str] = {
    Reason.CHALLENGE: "Promised on a challenge day",
    Reason.REVIEW: "A case review",
    Reason.INSPECTION: "An inspection",
    Reason.AUDIT: "An audit or a deep dive",
    Reason.CONCERN: "A concern that was raised",
    Reason.OTHER: "Something else",
}


class Outcome(StrEnum):
    """What became of a request."""

    SHOWN = "shown"
    IN_PART = "in_part"
    NOT_SHOWN = "not_shown"
    WITHDRAWN = "withdrawn"


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.SHOWN: "Shown",
    Outcome.IN_PART: "Shown in part",
    Outcome.NOT_SHOWN: "Not shown",
    Outcome.WITHDRAWN: "Withdrawn",
}
OUTCOME_KINDS: dict[Outcome, str] = {
    Outcome.SHOWN: "good",
    Outcome.IN_PART: "warn",
    Outcome.NOT_SHOWN: "alert",
    Outcome.WITHDRAWN: "todo",
}


class Turn(StrEnum):
    """Whose turn it is."""

    ORGANISATION = "organisation"
    OFFICE = "office"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Standing:
    """How a request stands, in a word or two."""

    turn: Turn
    words: str
    kind: str
    is_late: bool = False


def standing(*, outcome: str, last_from: str, due_on: date, today: date) -> Standing:
    """`last_from`: who wrote last, "office", "organisation" or nobody yet ("")."""
    if outcome:
        return Standing(Turn.NOBODY, OUTCOME_LABELS[Outcome(outcome)], OUTCOME_KINDS[Outcome(outcome)])
    if last_from == "organisation":
        return Standing(Turn.OFFICE, "Answered, to be judged", "warn")
    late = due_on < today
    words = "More is asked for" if last_from == "office" else "Waiting for an answer"
    if late:
        return Standing(Turn.ORGANISATION, f"{words}, late", "alert", is_late=True)
    return Standing(Turn.ORGANISATION, words, "doing")


# Days from the due day on which whoever is asked is reminded by itself.
REMINDED_AT = (-7, -1, 1, 8)
BETWEEN_REMINDERS = timedelta(hours=20)


def reminder_due(*, due_on: date, today: date, asked_on: date) -> date | None:
    """The latest day on which a reminder of itself was due, not before the day after it was asked."""
    days = [due_on + timedelta(days=days) for days in REMINDED_AT]
    past = [day for day in days if asked_on < day <= today]
    return max(past, default=None)


def may_remind(reminded_at: datetime | None, now: datetime) -> bool:
    """Whether somebody was not reminded within the last day."""
    return reminded_at is None or now - reminded_at >= BETWEEN_REMINDERS


TITLE_LONGEST = 200
WORDS_LONGEST = 5000
