"""Who is set beside whom, and from when."""

from datetime import datetime

from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind

AGENCIES = "agencies"
# Kinds that are a group of their own where no phase says more; all others are agencies.
OF_THEIR_OWN = (Kind.SCHOOL, Kind.COLLEGE, Kind.EARLY_YEARS, Kind.CHILDMINDER, Kind.TRUST)
# A group as several of it are called.
SEVERAL = {
    "nursery": "nursery schools",
    "primary": "primary schools",
    "secondary": "secondary schools",
    "all-through": "all-through schools",
    "special": "special schools",
    "pru": "pupil referral units",
    "post-16": "post-16 schools and colleges",
    Kind.SCHOOL: "schools without a phase",
    Kind.COLLEGE: "colleges",
    Kind.EARLY_YEARS: "nurseries and pre-schools",
    Kind.CHILDMINDER: "childminders",
    Kind.TRUST: "trusts",
    AGENCIES: "agencies",
}

BESIDE_RULES = (
    "Counted is what had been submitted when the cycle closed, as it stood then. What came later changes "
    "nothing here.",
    "Your own organisations are not among the others.",
    "Percentages are of the ratings given: not applicable and blank are left out, and each has a column of "
    "its own.",
    "Nobody is named. Fewer than {fewest} others are not shown, nor a standard that fewer than {fewest} of "
    "them have rated, nor a total from which one of these could be worked out.",
)


def group_of(kind: str, phase: str) -> str:
    """The group an organisation is compared within: its phase, its kind, or all agencies."""
    if phase:
        return phase
    return kind if kind in OF_THEIR_OWN else AGENCIES


def several(group: str) -> str:
    return SEVERAL.get(group, PHASE_LABELS.get(group, group).lower())


def closed_since(
    last_day_ended: datetime | None, closed_at: datetime | None, now: datetime
) -> datetime | None:
    """When a cycle closed: by its last day or by hand, whichever came first; None while it is open."""
    ends = [end for end in (last_day_ended, closed_at) if end is not None and end <= now]
    return min(ends) if ends else None


# By what an adviser puts schools into groups.
BY_LABELS = {"phase": "Phase", "type": "Type", "district": "District"}
UNKNOWN = "Not known"


def adviser_group(by: str, *, kind: str, phase: str, school_type: str, district: str) -> str:
    """The group of an organisation as it is printed."""
    if by == "district":
        return district or UNKNOWN
    if by == "type":
        return school_type or KIND_LABELS[Kind(kind)]
    return PHASE_LABELS.get(phase) or KIND_LABELS[Kind(kind)]
