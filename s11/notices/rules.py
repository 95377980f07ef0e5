"""Kinds of mail, how often one is tried, what may be stopped, and what can come back."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a mail is for; it decides what may be stopped, and what may wait for a digest."""

    ACCOUNT = "account"  # sign-in, passwords, invitations: never stopped, never late
    TASK = "task"  # your signature is needed, your return came back
    LETTER = "letter"  # a cycle is issued
    REMINDER = "reminder"
    REQUEST = "request"  # evidence is asked for outside a cycle
    NEWS = "news"  # what happened, for whoever wants to know
    DIGEST = "digest"


KIND_LABELS = {
    Kind.ACCOUNT: "Accounts and invitations",
    Kind.TASK: "Something to do",
    Kind.LETTER: "Letters",
    Kind.REMINDER: "Reminders",
    Kind.REQUEST: "Requests for evidence",
    Kind.NEWS: "News",
    Kind.DIGEST: "News, put together",
}
# What goes first when much is waiting: somebody stands before a locked door, the rest can wait a minute.
ORDER = (Kind.ACCOUNT, Kind.TASK, Kind.LETTER, Kind.REQUEST, Kind.REMINDER, Kind.NEWS, Kind.DIGEST)


class Bounce(StrEnum):
    """What came back of a mail."""

    HARD = "hard"  # there is no such address
    SOFT = "soft"  # full, away, busy: it may work another time
    COMPLAINT = "complaint"  # somebody called it unwanted


BOUNCE_LABELS = {
    Bounce.HARD: "Came back",
    Bounce.SOFT: "Delayed or refused for now",
    Bounce.COMPLAINT: "Called unwanted",
}


class Why(StrEnum):
    """Why an address gets no more mail of a kind."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


class State(StrEnum):
    """How a mail stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    NOT_SENT = "not_sent"
    RETURNED = "returned"
    FOLDED = "folded"


STATE_LABELS = {
    State.WAITING: "Waiting",
    State.SENDING: "On its way",
    State.SENT: "Sent",
    State.UNSURE: "May have been sent",
    State.NOT_SENT: "Not sent",
    State.RETURNED: "Came back",
    State.FOLDED: "In a digest",
}
# The kind of the tag a page prints it with.
STATE_KINDS = {
    State.WAITING: "todo",
    State.SENDING: "doing",
    State.SENT: "done",
    State.UNSURE: "warn",
    State.NOT_SENT: "alert",
    State.RETURNED: "alert",
    State.FOLDED: "todo",
}


class Moments(Protocol):
    """What a mail's state is read from."""

    claimed_at: datetime | None
    handed_at: datetime | None
    sent_at: datetime | None
    given_up_at: datetime | None
    bounced_at: datetime | None
    bounce: str
    digest_id: int | None


def state_of(mail: Moments, now: datetime) -> State:
    """How a mail stands. Handed over, and no word of it since: it may have been sent."""
    if mail.bounced_at is not None and mail.bounce != Bounce.SOFT:
        return State.RETURNED
    if mail.given_up_at is not None:
        return State.NOT_SENT
    if mail.sent_at is not None:
        return State.SENT
    if mail.digest_id is not None:
        return State.FOLDED
    if mail.claimed_at is not None and mail.claimed_at >= now - CLAIM_LASTS:
        return State.SENDING
    return State.UNSURE if mail.handed_at is not None else State.WAITING


class Digest(StrEnum):
    """How somebody wants what is not urgent."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


DIGEST_LABELS = {
    Digest.AT_ONCE: "At once, each in a mail of its own",
    Digest.DAILY: "Together, once a day",
    Digest.WEEKLY: "Together, once a week",
}
DIGEST_EVERY = {Digest.DAILY: timedelta(days=1), Digest.WEEKLY: timedelta(days=7)}

# A run that was killed holds its mail for so long; what it had handed over is not tried again by itself.
CLAIM_LASTS = timedelta(minutes=10)
# After each attempt that failed; after the last, about two days on, it is given up.
PAUSES = tuple(timedelta(minutes=count) for count in (1, 5, 15, 60, 240, 720, 720, 720))

STOPPABLE = frozenset({Kind.REMINDER, Kind.NEWS, Kind.DIGEST})
# The tag of a mail that is the copy of somebody else's ends so: "reminder_copy".
COPY = "_copy"
# Statuses which say of the address, and not of this one mail, that nothing arrives there.
NO_ADDRESS = re.compile(r"5\.(1\.(0|1|2|3|6|10)|2\.1)")


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it is given up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def may_unsubscribe(kind: str, template: str) -> bool:
    """Whether who gets such a mail may stop it. What somebody has to do cannot be stopped."""
    return kind in (Kind.NEWS, Kind.DIGEST) or (kind == Kind.REMINDER and template.endswith(COPY))


def subject_of_stop(kind: str) -> Kind:
    """What is stopped by the link in a mail of this kind: a digest is news."""
    return Kind.REMINDER if kind == Kind.REMINDER else Kind.NEWS


def stopped(kind: str, template: str, known: Iterable[tuple[str, str]]) -> Why | None:
    """Why this mail does not go to an address of which this is known, as pairs of reason and kind."""
    for why, of in known:
        if why == Why.BOUNCED:
            return Why.BOUNCED
        if why == Why.COMPLAINED and kind in STOPPABLE:
            return Why.COMPLAINED
        if why == Why.UNSUBSCRIBED and may_unsubscribe(kind, template) and of == subject_of_stop(kind):
            return Why.UNSUBSCRIBED
    return None


STOPPED_WORDS = {
    Why.BOUNCED: "Mail to this address came back: there is no such address. Correct it first.",
    Why.COMPLAINED: "Whoever has this address called our mail unwanted.",
    Why.UNSUBSCRIBED: "Whoever has this address asked for no more mail of this kind.",
}


def has_no_address(code: int, status: str) -> bool:
    """Whether a refusal says that nothing ever arrives at the address."""
    if status:
        return bool(NO_ADDRESS.fullmatch(status))
    return code in (550, 551, 553)
