"""What a moderator points at beside a rating."""

from enum import StrEnum


class Mark(StrEnum):
    """Good practice to share, an area to improve, or neither."""

    NONE = ""
    GOOD_PRACTICE = "good_practice"
    TO_IMPROVE = "to_improve"


MARK_LABELS = {
    Mark.NONE: "Neither",
    Mark.GOOD_PRACTICE: "Good practice to share",
    Mark.TO_IMPROVE: "Area to improve",
}
