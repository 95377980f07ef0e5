"""In which order and in which groups the plan is read, and the views of it that are asked for most."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from s11.actions.rules.kinds import Status
from s11.actions.rules.narrowing import (
    ASKED,
    DRIFTING,
    OVERDUE,
    OWN,
    TO_MEND,
    UNFINISHED,
    PlanFilter,
)
from s11.actions.rules.standing import is_open

# The plan is followed each quarter: an open action of which nobody said anything for longer is silent.
SILENT_AFTER_DAYS = 92


class Sort(StrEnum):
    """What the lines of the plan are ordered by."""

    DUE = "due"
    ORGANISATION = "organisation"
    STANDING = "standing"
    NEWEST_WORD = "word"
    SILENCE = "silence"


SORT_LABELS = {
    Sort.DUE: "Due, soonest first",
    Sort.ORGANISATION: "Organisation",
    Sort.STANDING: "Status, most pressing first",
    Sort.NEWEST_WORD: "Newest word first",
    Sort.SILENCE: "Longest without a word",
}


class Group(StrEnum):
    """What the lines of the plan are put together by."""

    SOURCE = "source"
    THEME = "theme"
    MECHANISM = "mechanism"
    ORGANISATION = "organisation"
    STANDARD = "standard"
    OWNER = "owner"
    MONTH = "month"


GROUP_LABELS = {
    Group.SOURCE: "Review or other source",
    Group.THEME: "Theme",
    Group.MECHANISM: "Mechanism",
    Group.ORGANISATION: "Organisation",
    Group.STANDARD: "Standard",
    Group.OWNER: "Lead owner",
    Group.MONTH: "Month due",
}


@dataclass(frozen=True)
class Arrangement:
    """The order and the groups in which the plan is read; in the address only where it is another one."""

    sort: Sort = Sort.DUE
    group: Group | None = None

    @property
    def address(self) -> dict[str, str]:
        said = {"sort": str(self.sort) if self.sort != Sort.DUE else "", "group": str(self.group or "")}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class QuickView:
    """A view of the plan that is asked for most, with its name."""

    label: str
    wanted: PlanFilter


ALL = QuickView("All", PlanFilter())
QUICK_VIEWS = (
    QuickView("My actions", PlanFilter(mine="yes", status=UNFINISHED)),
    QuickView("My organisation", PlanFilter(organisation=OWN, status=UNFINISHED)),
    ALL,
    QuickView("Overdue", PlanFilter(status=OVERDUE)),
    QuickView("Drifting", PlanFilter(status=DRIFTING)),
    QuickView("To verify", PlanFilter(status=str(Status.COMPLETE))),
    QuickView("To say what difference", PlanFilter(status=ASKED)),
    QuickView("To be mended", PlanFilter(status=TO_MEND)),
)


def days_silent(status: str, last_said_on: date, today: date) -> int:
    """For how many days nobody has said anything of an open action; 0 while that is not long yet."""
    days = (today - last_said_on).days
    return days if is_open(status) and days > SILENT_AFTER_DAYS else 0
