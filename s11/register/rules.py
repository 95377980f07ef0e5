"""Who is spoken to in an organisation, and what happens to organisations."""

from dataclasses import dataclass
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


NAME_LONGEST = 120


class Standing(StrEnum):
    """Where an organisation stands in a partnership's register; the value is what a filter posts."""

    HERE = "here"
    CLOSED = "closed"
    LEFT = "left"


STANDING_LABELS: dict[Standing, str] = {
    Standing.HERE: "Here now",
    Standing.CLOSED: "Closed",
    Standing.LEFT: "Left the partnership",
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


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to in an organisation: by an account, or as a contact without one."""

    name: str
    email: str
    role: str  # lead, substitute, senior, head or chair: the values of ContactRole
    job_title: str
    has_account: bool
    person_id: int | None
    contact_id: int | None


# For whom letters go out, in the order in which they are written to. Nobody writes to a front office.
WRITTEN_TO = (
    ContactRole.LEAD,
    ContactRole.SUBSTITUTE,
    ContactRole.SENIOR,
    ContactRole.HEAD,
    ContactRole.CHAIR,
)


# What is known of an organisation beside its name and where it belongs, and what each is called.
FACTS = {
    "kind": "kind",
    "bound_by_statute": "bound by section 11",
    "phase": "phase",
    "school_type": "type",
    "religious_character": "religious character",
    "pupils": "pupils",
    "district": "district",
    "local_authority": "local authority",
    "address": "address",
    "postcode": "postcode",
    "telephone": "telephone",
    "opened_on": "opened",
    "urn": "URN",
    "dfe_number": "DfE number",
    "ukprn": "UKPRN",
    "ofsted_urn": "Ofsted URN",
    "charity_number": "charity number",
    "ods_code": "ODS code",
    "services": "services",
    "residential": "children live or sleep there",
    "commissions_services": "commissions services",
    "ofsted_grade": "Ofsted grade",
    "works_alone": "works alone",
}
NEWER = (
    "Somebody else changed this organisation meanwhile. Compare with what stands there now, and save again."
)
