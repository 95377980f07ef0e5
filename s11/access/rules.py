"""What links are for, and how long things last."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a link sent by mail is for."""

    INVITATION = "invitation"
    RESET = "reset"
