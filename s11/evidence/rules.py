"""What is known of a file before others may open it."""

from enum import StrEnum
from typing import Protocol

from s11.core.errors import Invalid


class ScanState(StrEnum):
    """What the virus scanner said of a stored file. Never "clean" by default."""

    NOT_SCANNED = "not_scanned"  # no scanner is set up for this installation
    WAITING = "waiting"  # stored and locked until the scanner has answered
    CLEAN = "clean"
    INFECTED = "infected"
    UNCHECKED = "unchecked"  # the scanner could not look into it


# What a file still waits for where a scanner is set up.
TO_SCAN = (ScanState.WAITING, ScanState.NOT_SCANNED)
# What was said of personal data about children or staff in a file.
PERSONAL_DATA = {
    "no": "No",
    "redacted": "It did, and they are blacked out or taken out",
    "yes": "Yes",
}
STATUS_WORDS = {
    ScanState.WAITING: "Being checked for viruses",
    ScanState.NOT_SCANNED: "Being checked for viruses",
    ScanState.INFECTED: "Blocked: a virus was found",
    ScanState.UNCHECKED: "Blocked: could not be checked",
}
HELD_BACK = {
    ScanState.WAITING: "“{name}” is being checked for viruses and is locked until that is done. "
    "Try again later.",
    ScanState.NOT_SCANNED: "“{name}” has not been checked for viruses yet and is locked until it has. "
    "Try again later.",
    ScanState.INFECTED: "“{name}” holds a virus and cannot be opened. Add a clean copy of it.",
    ScanState.UNCHECKED: "“{name}” could not be checked for viruses, so it stays locked. "
    "Save it as a PDF, or split it, and add that.",
}  # fmt: skip


class Scanned(Protocol):
    """Anything that says what the scanner said of it."""

    @property
    def scan_state(self) -> str: ...


def can_leave(revision: Scanned, scanner_configured: bool) -> bool:
    """Whether a stored file may be handed to anybody: with a scanner set up, only what it found clean."""
    state = ScanState(revision.scan_state)
    if state in (ScanState.INFECTED, ScanState.UNCHECKED):
        return False
    return state is ScanState.CLEAN or not scanner_configured


def held_back(revision: Scanned, scanner_configured: bool, name: str) -> str:
    """Why a file may not be handed out, in a sentence; empty where it may."""
    if can_leave(revision, scanner_configured):
        return ""
    return HELD_BACK[ScanState(revision.scan_state)].format(name=name)


def check_no_virus(revision: Scanned, name: str) -> None:
    """Refuse to show anew what holds a virus."""
    if revision.scan_state == ScanState.INFECTED:
        raise Invalid(HELD_BACK[ScanState.INFECTED].format(name=name))


def status_words(revision: Scanned, scanner_configured: bool) -> str:
    """How a locked file stands, for a list; empty where it may be opened."""
    if can_leave(revision, scanner_configured):
        return ""
    return STATUS_WORDS[ScanState(revision.scan_state)]


# How to take out what hides in a file, by its ending.
INSPECT = (
    "In {0}, choose File, Info, Check for issues, Inspect document. Save the file under another name, "
    "and add that. Or save what others should see as a PDF."
)
CLEANING = {
    (".docx",): INSPECT.format("Word"),
    (".xlsx",): "Right-click the tab of a sheet and choose Unhide, and delete what nobody should have. "
    + INSPECT.format("Excel").replace("In Excel, choose", "Then choose"),
    (".pptx",): INSPECT.format("PowerPoint"),
    (".pdf",): "Open it, print it to a new PDF, and add that.",
    (".jpg", ".jpeg", ".png", ".webp"): "Save a copy of the picture without its location, and add that.",
    (".eml", ".msg"): "Print the message to a PDF, and add that.",
}  # fmt: skip
CLEANING_OTHERWISE = "Save what others should see as a PDF, and add that."


def cleaning(file_name: str) -> str:
    """What to do to take out what hides in a file."""
    name = file_name.lower()
    found = (words for endings, words in CLEANING.items() if name.endswith(endings))
    return next(found, CLEANING_OTHERWISE)
