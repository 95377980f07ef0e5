"""Kinds of mail, and what can come back of one."""

from enum import StrEnum


class Kind(StrEnum):
    """What a mail is for; it decides what may be stopped, and what may wait for a digest."""

    ACCOUNT = "account"  # sign-in, passwords, invitations: never stopped, never late
    TASK = "task"  # your signature is needed, your return came back
    LETTER = "letter"  # a cycle is issued
    REMINDER = "reminder"
    REQUEST = "request"  # evidence is asked for outside a cycle
    NEWS = "news"  # what happened, for whoever wants to know
    DIGEST = "digest"


class Bounce(StrEnum):
    """What came back of a mail."""

    HARD = "hard"  # there is no such address
    SOFT = "soft"  # full, away, busy: it may work another time
    COMPLAINT = "complaint"  # somebody called it unwanted
