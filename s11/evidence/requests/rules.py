"""Where a request for evidence comes from, and how it ends."""

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
