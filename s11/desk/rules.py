"""Whom a reminder goes to."""

from enum import StrEnum


class Whom(StrEnum):
    """Which of the organisations that have not returned a reminder is for."""

    EVERYBODY = "everybody"
    NOT_STARTED = "not_started"
    UNDER = "under"  # those under a share of what they are asked
    AWAITING = "awaiting"  # a signature
    SENT_BACK = "sent_back"
