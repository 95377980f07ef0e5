"""What an action must say."""

from dataclasses import dataclass
from datetime import date

from s11.actions.rules.kinds import Status
from s11.actions.rules.posts import is_a_post
from s11.core.open_ended import OPEN_ENDED

TEXT_LONGEST = 4_000
NAME_LONGEST = 120
TITLE_LONGEST = 250
YEARS_AHEAD_MOST = 10


def owner_name_fault(name: str) -> str | None:
    """The sentence that says why a name will not do, or None. Practice asks for a person, not a post."""
    words = name.split()
    if not words:
        return "Enter the full name of the person who will see this done."
    if OPEN_ENDED.search(name) or len(words) < 2:
        return "Enter a first name and a surname: an action belongs to a person, not only to a post."
    if is_a_post(name):
        return f"“{' '.join(words)}” is a post. Enter the first name and the surname of the person in it."
    return None


def owner_role_fault(role: str) -> str | None:
    """The sentence that says why a role will not do, or None."""
    if not role.strip():
        return "Enter the role of the person who will see this done, for example “Head of Safeguarding”."
    return None


DUE_WANTED = "Enter the day by which this will be done, for example 31 3 2027."


def due_fault(due_on: date | None, *, since: date, typed: str = "") -> str | None:
    """The sentence that says why a completion date will not do, or None.

    `since` is the day the action is agreed; `typed` is what stood in the field, if it was no date.
    """
    if OPEN_ENDED.search(typed):
        return f"“{typed.strip()}” is not a date. {DUE_WANTED}"
    if due_on is None:
        return DUE_WANTED
    if due_on < since:
        return "The completion date lies in the past. Enter a day from today on."
    if due_on.year > since.year + YEARS_AHEAD_MOST:
        return f"The completion date lies more than {YEARS_AHEAD_MOST} years ahead. Check the year."
    return None


def update_fault(status: str, text: str) -> str | None:
    """The sentence that says what an update still lacks, or None. Complete has to be shown, not only said."""
    if not text.strip():
        return "Say what has been done, or what stands in the way."
    if status == Status.COMPLETE and len(text.split()) < 4:
        return "Say what shows that this is complete and what difference it made: one word is not enough."
    return None


@dataclass(frozen=True)
class ActionDraft:
    """An action as somebody typed it, not yet kept."""

    text: str
    owner_name: str
    owner_role: str
    due_on: date | None
    outcome: str = ""
    evidence_expected: str = ""
    mechanism: str = ""


@dataclass(frozen=True)
class OwnerDraft:
    """Somebody who is to have a part in an action that another leads; `organisation_id` where it is known."""

    name: str
    role: str
    organisation_id: int | None = None


@dataclass(frozen=True)
class MilestoneDraft:
    """A step on the way, with the day by which it is to be reached."""

    text: str
    due_on: date | None
