"""How a cycle is asked, and why an organisation may be let off."""

from enum import StrEnum


class AskedAs(StrEnum):
    """How much of an edition a cycle asks."""

    FULL = "full"
    DEEP_DIVE = "deep_dive"
    MINI = "mini"


ASKED_AS_LABELS: dict[AskedAs, str] = {
    AskedAs.FULL: "Full self-assessment",
    AskedAs.DEEP_DIVE: "Deep dive in the year between",
    AskedAs.MINI: "Themed mini-audit",
}


class LetOff(StrEnum):
    """Why an organisation asked leaves the count of returns due."""

    EXEMPT = "exempt"
    WITHDRAWN = "withdrawn"


LET_OFF_LABELS: dict[LetOff, str] = {LetOff.EXEMPT: "Exempt", LetOff.WITHDRAWN: "Withdrawn"}
