"""What an action must say, and how it stands."""

from s11.actions.rules.arranging import (
    ALL,
    GROUP_LABELS,
    QUICK_VIEWS,
    SORT_LABELS,
    Arrangement,
    Group,
    QuickView,
    Sort,
    days_silent,
    months_before,
)
from s11.actions.rules.grouping import Line, Part, parts
from s11.actions.rules.kinds import (
    DIFFERENCE_LABELS,
    DONE,
    MECHANISM_LABELS,
    OPEN,
    PRIORITY_LABELS,
    REMINDERS_LABELS,
    SAID_BY_OWNER,
    SAYING_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
    WITH_RECOMMENDATIONS,
    Difference,
    Mechanism,
    Priority,
    Reminders,
    Saying,
    Source,
    Status,
)
from s11.actions.rules.narrowing import (
    ASKED,
    BOARDS,
    DRIFTING,
    OVERDUE,
    OWN,
    STATUS_FILTERS,
    TO_MEND,
    UNFINISHED,
    PlanCounts,
    PlanFilter,
)
from s11.actions.rules.promising import (
    DUE_WANTED,
    NAME_LONGEST,
    TEXT_LONGEST,
    TITLE_LONGEST,
    YEARS_AHEAD_MOST,
    ActionDraft,
    MilestoneDraft,
    OwnerDraft,
    due_fault,
    owner_name_fault,
    owner_role_fault,
    update_fault,
)
from s11.actions.rules.standing import (
    MOVED_TOO_OFTEN,
    Standing,
    is_drifting,
    is_open,
    is_overdue,
    standing,
    to_mend,
)

__all__ = [
    "ALL", "ASKED", "BOARDS", "DIFFERENCE_LABELS", "DONE", "DRIFTING", "DUE_WANTED", "GROUP_LABELS",
    "MECHANISM_LABELS", "MOVED_TOO_OFTEN", "NAME_LONGEST", "OPEN", "OVERDUE", "OWN", "PRIORITY_LABELS",
    "QUICK_VIEWS", "REMINDERS_LABELS", "SAID_BY_OWNER", "SAYING_LABELS", "SORT_LABELS", "SOURCE_LABELS",
    "STATUS_FILTERS", "STATUS_LABELS", "TEXT_LONGEST", "TITLE_LONGEST", "TO_MEND", "UNFINISHED",
    "WITH_RECOMMENDATIONS", "YEARS_AHEAD_MOST", "ActionDraft", "Arrangement", "Difference", "Group", "Line",
    "Mechanism", "MilestoneDraft", "OwnerDraft", "Part", "PlanCounts", "PlanFilter", "Priority",
    "QuickView", "Reminders", "Saying", "Sort", "Source", "Standing", "Status", "days_silent", "due_fault",
    "is_drifting", "is_open", "is_overdue", "months_before", "owner_name_fault", "owner_role_fault",
    "parts", "standing", "to_mend", "update_fault",
]  # fmt: skip
