"""What an action must say, and how it stands."""

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
    DRIFTING,
    OVERDUE,
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
from s11.actions.rules.rag import RAG_LABELS, RAG_MEANINGS, SOON_DAYS, Mark, Rag, rag
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
    "ASKED", "DIFFERENCE_LABELS", "DONE", "DRIFTING", "DUE_WANTED", "MECHANISM_LABELS", "MOVED_TOO_OFTEN",
    "NAME_LONGEST", "OPEN", "OVERDUE", "PRIORITY_LABELS", "RAG_LABELS", "RAG_MEANINGS", "REMINDERS_LABELS",
    "SAID_BY_OWNER", "SAYING_LABELS", "SOON_DAYS", "SOURCE_LABELS", "STATUS_FILTERS", "STATUS_LABELS",
    "TEXT_LONGEST", "TITLE_LONGEST", "TO_MEND", "UNFINISHED", "WITH_RECOMMENDATIONS", "YEARS_AHEAD_MOST",
    "ActionDraft", "Difference", "Mark", "Mechanism", "MilestoneDraft", "OwnerDraft", "PlanCounts",
    "PlanFilter", "Priority", "Rag", "Reminders", "Saying", "Source", "Standing", "Status", "due_fault",
    "is_drifting", "is_open", "is_overdue", "owner_name_fault", "owner_role_fault", "rag", "standing",
    "to_mend", "update_fault",
]  # fmt: skip
