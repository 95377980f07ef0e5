"""What is known of a file before others may open it."""

from enum import StrEnum


class ScanState(StrEnum):
    """What the virus scanner said of a stored file. Never "clean" by default."""

    NOT_SCANNED = "not_scanned"  # no scanner is set up for this installation
    WAITING = "waiting"  # stored and locked until the scanner has answered
    CLEAN = "clean"
    INFECTED = "infected"
    UNCHECKED = "unchecked"  # the scanner could not look into it
