"""What a signature and a receipt say, and how a receipt is typed. Plain Python."""

from collections.abc import Sequence
from datetime import datetime

ROLE_LONGEST = 120
VERIFIED_BY = "/verify"  # the page on which anybody can check a receipt


def on_behalf(role: str, leads: Sequence[str]) -> str:
    """The role under a deputy's signature, with the name of the lead it was given for."""
    whom = " and ".join(leads)
    if not whom or len(whom) > ROLE_LONGEST // 2:
        whom = "the safeguarding lead"
    said = f", on behalf of {whom}"
    return role[: ROLE_LONGEST - len(said)] + said


def approver_faults(name: str, role: str) -> dict[str, str]:
    """What is wrong with the naming of whoever approved a return, by field."""
    faults = {}
    if len(name.split()) < 2:
        faults["approver_name"] = "Enter the full name of the person who approved this return."
    if not role.strip():
        faults["approver_role"] = "Enter the role of the person who approved this return."
    return faults


def reading_of(round_: int, last_saved_at: datetime | None) -> str:
    """A name for what a return says at one moment: it changes with every save and every time it came back."""
    return f"{round_}-{last_saved_at.isoformat() if last_saved_at else ''}"


def grouped(checksum: str) -> str:
    """A checksum in groups of four, to read aloud and to compare."""
    return " ".join(checksum[at : at + 4] for at in range(0, len(checksum), 4))


# So much of a checksum has to be typed: 16 of its characters are one in 18 million million million.
CHECKSUM_SHORTEST, CHECKSUM_LONGEST = 16, 64


def receipt_typed(text: str) -> str:
    """A receipt or checksum as it is kept, however it was typed: spaces, dashes and capitals mean nothing."""
    return "".join(char for char in text if char.isalnum()).lower()
