"""Who needs what from the office today: one need for each organisation asked, and why. Plain Python.

Whoever has not returned stands in exactly one group, so that the groups add up to the returns that are due.
Being late is told beside it: nearly everybody who waits is late in the end, and the reason is what helps.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from s11.returns.rules import RETURNED, Stage

# A letter that nobody followed for this long was not read, or went to the wrong desk.
UNREAD_AFTER = 7  # days
# Somebody began and stopped: quiet for this long, with this little time left.
QUIET_AFTER = 7
DUE_WITHIN = 21
# From here on a reminder is enough, however quiet it is.
NEARLY = 0.8


class Need(StrEnum):
    """What an organisation needs, in the order in which an office sees to it."""

    CLOSED = "closed"
    BOUNCED = "bounced"
    UNSIGNED = "unsigned"
    NEVER_CAME = "never_came"
    NEVER_OPENED = "never_opened"
    NOT_STARTED = "not_started"
    STALLED = "stalled"
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    NEARLY_THERE = "nearly_there"
    ON_THEIR_WAY = "on_their_way"
    NOT_OPEN = "not_open"
    RETURNED = "returned"
    EXEMPT = "exempt"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class NeedWords:
    """What a need is called, why somebody stands there, and what an office does about it."""

    label: str
    why: str
    act: str
    kind: str  # the colour of the tag: see the task list


WORDS: dict[Need, NeedWords] = {
    Need.CLOSED: NeedWords(
        "Closed: withdraw?",
        "The register says that it has closed or become part of another.",
        "Withdraw it, so that it is not counted as missing.",
        "alert",
    ),
    Need.BOUNCED: NeedWords(
        "Mail came back",
        "A letter or reminder did not arrive, and nobody there has been seen since.",
        "Ring them, and correct the address.",
        "alert",
    ),
    Need.UNSIGNED: NeedWords(
        "Closed: only a signature is missing",
        "Complete, and the cycle was closed before everybody had signed.",
        "Give it a later date, so that it can be signed.",
        "warn",
    ),
    Need.NEVER_CAME: NeedWords(
        "Closed: never came",
        "The cycle was closed before it was in.",
        "Give it a later date where it may still come.",
        "alert",
    ),
    Need.NEVER_OPENED: NeedWords(
        "Never opened",
        "Nobody there has signed in since it was asked.",
        "Ring them: the letter may be on the wrong desk.",
        "alert",
    ),
    Need.NOT_STARTED: NeedWords(
        "Not started",
        "They know of it, or were written to only lately. Nothing is answered.",
        "Remind them.",
        "todo",
    ),
    Need.STALLED: NeedWords(
        "Stalled",
        f"Begun, and nothing saved for {QUIET_AFTER} days or more, with little time left.",
        "Ring them and ask what stands in the way.",
        "warn",
    ),
    Need.WAITING: NeedWords(
        "Waiting for a signature",
        "Complete, and not signed yet.",
        "Write to whoever has to sign.",
        "doing",
    ),
    Need.SENT_BACK: NeedWords(
        "Sent back", "You asked for something to be put right.", "Ask whether they need help.", "blocked"
    ),
    Need.NEARLY_THERE: NeedWords(
        "Nearly there", f"At least {round(NEARLY * 100)} % is answered.", "A reminder is enough.", "doing"
    ),
    Need.ON_THEIR_WAY: NeedWords("On their way", "At work, with time left.", "Leave them to it.", "doing"),
    Need.NOT_OPEN: NeedWords("Not open yet", "Their group opens later.", "Nothing yet.", "todo"),
    Need.RETURNED: NeedWords("Returned", "Submitted.", "Nothing more.", "done"),
    Need.EXEMPT: NeedWords("Exempt", "Need not return this time; not counted as due.", "Nothing.", "todo"),
    Need.WITHDRAWN: NeedWords(
        "Withdrawn",
        "Asked, and not there any more or asked by mistake; not counted as due.",
        "Nothing.",
        "todo",
    ),
}
# What counts as missing: due, and not in.
MISSING = tuple(need for need in Need if need not in (Need.RETURNED, Need.EXEMPT, Need.WITHDRAWN))
# What somebody of the office has to do something about.
TO_DO = (
    Need.CLOSED,
    Need.BOUNCED,
    Need.UNSIGNED,
    Need.NEVER_CAME,
    Need.NEVER_OPENED,
    Need.NOT_STARTED,
    Need.STALLED,
    Need.WAITING,
    Need.SENT_BACK,
    Need.NEARLY_THERE,
)


class Facts(NamedTuple):
    """What is known of one organisation in a cycle. Days are days where the partnership is."""

    stage: Stage
    answered: int
    asked: int
    asked_on: date
    opens_on: date
    due_on: date
    let_off: str = ""  # "exempt", "withdrawn", or empty
    closed_on: date | None = None
    saved_on: date | None = None
    # The last time anybody of it signed in, and how many of it can.
    signed_in_on: date | None = None
    people: int = 1
    # The last letter or reminder; the last that did not arrive; whether nobody was seen there since then.
    written_on: date | None = None
    undelivered_on: date | None = None
    unreached: bool = False
    # The signatures that can be given now, and those of them for which there is nobody.
    waits_for: tuple[str, ...] = ()
    nobody_signs: tuple[str, ...] = ()
    # The cycle is closed, and nothing is taken from this one any more.
    is_over: bool = False

    @property
    def share(self) -> float:
        return self.answered / self.asked if self.asked else 0.0

    @property
    def has_opened(self) -> bool:
        """Whether somebody of it signed in or saved since it was asked."""
        return self.asked_on <= max(self.signed_in_on or date.min, self.saved_on or date.min)


def need_of(facts: Facts, today: date) -> Need:
    """What an organisation needs. What settles the matter comes first, then what stands in the way most."""
    if facts.let_off:
        return Need(facts.let_off)
    if facts.stage in RETURNED:
        return Need.RETURNED
    if facts.closed_on is not None and facts.closed_on <= today:
        return Need.CLOSED
    if facts.is_over:
        return Need.UNSIGNED if facts.stage is Stage.AWAITING_SIGN_OFF else Need.NEVER_CAME
    if facts.stage is Stage.AWAITING_SIGN_OFF:
        return Need.WAITING
    if facts.opens_on > today and facts.stage is Stage.NOT_STARTED:
        return Need.NOT_OPEN
    if facts.unreached:
        return Need.BOUNCED
    if facts.stage is Stage.SENT_BACK:
        return Need.SENT_BACK
    if facts.stage is Stage.NOT_STARTED:
        return Need.NEVER_OPENED if never_opened(facts, today) else Need.NOT_STARTED
    return _at_work(facts, today)


def never_opened(facts: Facts, today: date) -> bool:
    """Whether nobody came though there was time to: the last letter is old, or nobody was written to."""
    if facts.has_opened:
        return False
    told_on = facts.written_on or facts.asked_on
    return facts.people == 0 or (today - told_on).days > UNREAD_AFTER


def _at_work(facts: Facts, today: date) -> Need:
    if facts.share >= NEARLY:
        return Need.NEARLY_THERE
    quiet = (today - (facts.saved_on or facts.asked_on)).days
    if quiet >= QUIET_AFTER and (facts.due_on - today).days <= DUE_WITHIN:
        return Need.STALLED
    return Need.ON_THEIR_WAY


def because(facts: Facts, need: Need, today: date) -> str:
    """Why this one stands where it stands, in a line; empty where the need says it all."""
    if need is Need.CLOSED and facts.closed_on:
        return f"Closed {_ago(facts.closed_on, today)}"
    if need is Need.BOUNCED and facts.undelivered_on:
        return f"Came back {_ago(facts.undelivered_on, today)}"
    if need is Need.NEVER_OPENED:
        if facts.people == 0:
            return "Nobody there has an account"
        if facts.written_on:
            return f"Last written to {_ago(facts.written_on, today)}"
        return f"Asked {_ago(facts.asked_on, today)}"
    if need is Need.NOT_STARTED and facts.has_opened and facts.signed_in_on:
        return f"Signed in {_ago(facts.signed_in_on, today)}"
    if need is Need.STALLED and facts.saved_on:
        return f"Last saved {_ago(facts.saved_on, today)}"
    return ""


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"
