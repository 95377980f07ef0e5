"""What a reader asks of the plan, and how many actions answer to it."""

from dataclasses import dataclass, fields

from s11.actions.rules.kinds import STATUS_LABELS

UNFINISHED = "open"
OVERDUE = "overdue"
DRIFTING = "drifting"
TO_MEND = "to_mend"
ASKED = "asked"
# Organisations that no ref names: the Board itself, and whatever the reader belongs to.
BOARDS = "board"
OWN = "own"
# What a reader of the plan may ask for: every status, and those that are computed.
STATUS_FILTERS = {
    UNFINISHED: "Open",
    OVERDUE: "Overdue",
    DRIFTING: "Drifting: date moved twice or more",
    TO_MEND: "To be mended: no owner or no date",
    ASKED: "To say what difference it made",
    **{str(status): label for status, label in STATUS_LABELS.items()},
}


@dataclass(frozen=True)
class PlanFilter:
    """What a reader asks of the plan; it stays in the address, so a view of the plan can be sent on.

    `organisation` is a ref, BOARDS or OWN; `source` is a kind of source, `of` the ref of one review,
    inspection or audit; `due_from` and `due_to` are days as 2027-03-31; `owner` is a part of a name or
    role; `mine` is "yes" for one's own actions.
    """

    status: str = ""
    source: str = ""
    of: str = ""
    organisation: str = ""
    theme: str = ""
    mechanism: str = ""
    standard: str = ""
    priority: str = ""
    owner: str = ""
    due_from: str = ""
    due_to: str = ""
    mine: str = ""
    search: str = ""

    @property
    def address(self) -> dict[str, str]:
        """What goes into the address: only what was asked for."""
        named = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class PlanCounts:
    """How many actions there are in all, still open, overdue (which are open too) and complete.

    What was superseded is in the total alone.
    """

    total: int = 0
    open: int = 0
    overdue: int = 0
    complete: int = 0

    @property
    def sentence(self) -> str:
        """12 open, 3 overdue."""
        return f"{self.open} open, {self.overdue} overdue"
