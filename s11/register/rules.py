"""Who is spoken to in an organisation, and what happens to organisations."""

from enum import StrEnum


class ContactRole(StrEnum):
    """What somebody in an organisation is rung or written to for. A contact needs no account."""

    LEAD = "lead"
    SUBSTITUTE = "substitute"
    SENIOR = "senior"
    HEAD = "head"
    CHAIR = "chair"
    OFFICE = "office"
    OTHER = "other"


CONTACT_ROLE_LABELS: dict[ContactRole, str] = {
    ContactRole.LEAD: "Safeguarding lead",
    ContactRole.SUBSTITUTE: "Substitute",
    ContactRole.SENIOR: "Senior officer, for escalation",
    ContactRole.HEAD: "Headteacher or manager",
    ContactRole.CHAIR: "Chair of governors or proprietor",
    ContactRole.OFFICE: "Front office",
    ContactRole.OTHER: "Other",
}


class Happening(StrEnum):
    """What can happen to an organisation in the register; all of it is kept as history."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    MOVED = "moved"  # to another trust, directorate or group
    CLOSED = "closed"
    REOPENED = "reopened"
    MERGED = "merged"
    TOOK_IN = "took_in"
    LEFT = "left"  # the partnership
