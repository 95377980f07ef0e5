"""What links are for, and how long things last."""

from enum import StrEnum

LINK_SPENT = "This link has been used already, or is too old. Ask for a new one."


class Purpose(StrEnum):
    """What a link sent by mail is for."""

    INVITATION = "invitation"
    RESET = "reset"
