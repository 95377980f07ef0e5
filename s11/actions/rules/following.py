"""What may follow on what, and what each step has to say."""

from enum import StrEnum

from s11.actions.rules.kinds import SAID_BY_OWNER, Difference, Status

WHERE_SEEN_LONGEST = 1_000
# What stands between the words of an update and why its date moved, or where it can be seen.
NEW_DATE = "\nNew date: "
WHERE_SEEN = "\nWhere it can be seen: "


class Because(StrEnum):
    """What showed that an action has to be opened again."""

    MODERATION = "moderation"
    AUDIT = "audit"
    DEEP_DIVE = "deep_dive"
    OTHER = "other"


BECAUSE_LABELS = {
    Because.MODERATION: "Moderation",
    Because.AUDIT: "An audit",
    Because.DEEP_DIVE: "A deep dive",
    Because.OTHER: "Something else",
}
NOTHING_SHOWN = (
    "Nothing shows yet that this is complete. Add a document under “What shows it”, or, where nothing can be "
    "filed, say where it can be seen and whom to ask."
)


def why_moved(text: str) -> str:
    """Why a date moved, from the words of the entry that moved it: all of them, where they say only that."""
    return text.partition(NEW_DATE)[2] or text


def progress_fault(status: str) -> str | None:
    """Why nothing can be said of an action's progress any more, or None."""
    if status in SAID_BY_OWNER:
        return None
    if status == Status.SUPERSEDED:
        return "This action was superseded by another. Say there how it goes."
    return (
        "The Board has accepted that this action is complete, so its progress is not updated any more. Add a "
        "comment, or ask the Board to open it again."
    )


def seen_fault(seen_at: str) -> str | None:
    """Why words will not do as the place where something can be seen, or None."""
    if seen_at.strip() and len(seen_at.split()) < 3:
        return "Say where it can be seen and whom to ask."
    return None


def difference_fault(difference: str, what: str) -> str | None:
    """What an answer about the difference made still lacks, or None."""
    if what.strip():
        return None
    if difference == Difference.TOO_EARLY:
        return "Say why it is too early to know, and what you will look at."
    if difference == Difference.NONE:
        return "Say what you found instead."
    return "Say what is different for children."


def known_fault(difference: str, known_by: str) -> str | None:
    """Why it is not yet told how a difference is known, or None."""
    if difference != Difference.MADE or known_by.strip():
        return None
    return "Say how you know: figures, records looked at, what children and families said."
