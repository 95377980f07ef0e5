"""The words of the plan: where an action comes from, how it stands, how it makes its change."""

from enum import StrEnum


class Source(StrEnum):
    """Where an action came from."""

    CHALLENGE = "challenge"
    SELF_ASSESSMENT = "self_assessment"
    MODERATION = "moderation"
    REVIEW = "review"
    INSPECTION = "inspection"
    AUDIT = "audit"
    EVIDENCE_REQUEST = "evidence_request"


SOURCE_LABELS = {
    Source.CHALLENGE: "Challenge day",
    Source.SELF_ASSESSMENT: "Self-assessment",
    Source.MODERATION: "Moderation",
    Source.REVIEW: "Practice review",
    Source.INSPECTION: "Inspection",
    Source.AUDIT: "Audit",
    Source.EVIDENCE_REQUEST: "Evidence request",
}
# These make recommendations, which stand in the plan under their own title.
WITH_RECOMMENDATIONS = (Source.REVIEW, Source.INSPECTION, Source.AUDIT)


class Status(StrEnum):
    """How an action stands. Overdue is not among them: it is computed.

    An owner says the first four. Whether it is complete is verified by the Board, which closes it once
    it is known what difference it made.
    """

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    COMPLETE = "complete"
    VERIFIED = "verified"
    CLOSED = "closed"
    SUPERSEDED = "superseded"


STATUS_LABELS = {
    Status.NOT_STARTED: "Not started",
    Status.ON_TRACK: "On track",
    Status.AT_RISK: "At risk",
    Status.COMPLETE: "Complete",
    Status.VERIFIED: "Verified",
    Status.CLOSED: "Closed",
    Status.SUPERSEDED: "Superseded",
}
SAID_BY_OWNER = (Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.COMPLETE)
# Still to be done; everything else is done, or done otherwise.
OPEN = (Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK)
# Done, as its owner says at least. What was superseded was not done: it counts as neither.
DONE = (Status.COMPLETE, Status.VERIFIED, Status.CLOSED)


class Mechanism(StrEnum):
    """How an action makes its change."""

    POLICY_AND_PROCEDURE = "policy_and_procedure"
    WORKFORCE_DEVELOPMENT = "workforce_development"
    LOCALITY_AND_SECTOR = "locality_and_sector"
    AUDIT_AND_MONITORING = "audit_and_monitoring"


MECHANISM_LABELS = {
    Mechanism.POLICY_AND_PROCEDURE: "Policy and procedure",
    Mechanism.WORKFORCE_DEVELOPMENT: "Workforce development and training",
    Mechanism.LOCALITY_AND_SECTOR: "Locality and sector working",
    Mechanism.AUDIT_AND_MONITORING: "Audit and monitoring",
}


class Priority(StrEnum):
    """How much hangs on an action."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PRIORITY_LABELS = {Priority.HIGH: "High", Priority.MEDIUM: "Medium", Priority.LOW: "Low"}


class Difference(StrEnum):
    """What an owner answers when asked what difference an action made for children."""

    MADE = "made"
    TOO_EARLY = "too_early"
    NONE = "none"


DIFFERENCE_LABELS = {
    Difference.MADE: "It made a difference, and we know how",
    Difference.TOO_EARLY: "It is too early to know",
    Difference.NONE: "It made no difference, or it did not last",
}


class Saying(StrEnum):
    """What an entry in an action's history is."""

    PROGRESS = "progress"
    COMMENT = "comment"
    MILESTONE = "milestone"
    DELEGATED = "delegated"
    MENDED = "mended"
    CHANGED = "changed"
    VERIFIED = "verified"
    RETURNED = "returned"
    IMPACT = "impact"
    CLOSED = "closed"
    REOPENED = "reopened"
    SUPERSEDED = "superseded"


SAYING_LABELS = {
    Saying.PROGRESS: "Progress",
    Saying.COMMENT: "Comment",
    Saying.MILESTONE: "Step",
    Saying.DELEGATED: "New owner",
    Saying.MENDED: "Mended",
    Saying.CHANGED: "Changed",
    Saying.VERIFIED: "Verified by the Board",
    Saying.RETURNED: "Returned by the Board",
    Saying.IMPACT: "Difference made",
    Saying.CLOSED: "Closed",
    Saying.REOPENED: "Opened again",
    Saying.SUPERSEDED: "Superseded",
}


class Told(StrEnum):
    """Why somebody was written to about an action."""

    DUE = "due"
    WEEKLY = "weekly"
    ASKED = "asked"
    LEAD = "lead"
    OFFICE = "office"


TOLD_LABELS = {
    Told.DUE: "Reminder of the date",
    Told.WEEKLY: "Weekly list",
    Told.ASKED: "What difference it made",
    Told.LEAD: "Overdue, to the safeguarding lead",
    Told.OFFICE: "Overdue, to the partnership office",
}


class Reminders(StrEnum):
    """How a person wants to be reminded of actions."""

    EACH = "each"
    WEEKLY = "weekly"
    NONE = "none"


REMINDERS_LABELS = {
    Reminders.EACH: "On the days before and after an action is due",
    Reminders.WEEKLY: "Once a week, all of them together",
    Reminders.NONE: "Not at all: I look at the plan myself",
}
