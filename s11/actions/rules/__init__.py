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
)
from s11.actions.rules.asking import first_asking, months_later, next_asking
from s11.actions.rules.following import (
    BECAUSE_LABELS,
    NEW_DATE,
    NOTHING_SHOWN,
    WHERE_SEEN,
    WHERE_SEEN_LONGEST,
    Because,
    difference_fault,
    known_fault,
    progress_fault,
    seen_fault,
    why_moved,
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
    TOLD_LABELS,
    WITH_RECOMMENDATIONS,
    Difference,
    Mechanism,
    Priority,
    Reminders,
    Saying,
    Source,
    Status,
    Told,
)
from s11.actions.rules.months import end_of_month, yearless_fault
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
from s11.actions.rules.numbering import Numbering, numbering
from s11.actions.rules.pasting import PastedRecommendation, pasted_recommendations, themes_of
from s11.actions.rules.posts import is_a_post
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
from s11.actions.rules.settings import PlanRules
from s11.actions.rules.since import Change, Changed, Changes, Present, Span, Word, changes
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
    "ALL", "ASKED", "BECAUSE_LABELS", "BOARDS", "DIFFERENCE_LABELS", "DONE", "DRIFTING", "DUE_WANTED",
    "GROUP_LABELS", "MECHANISM_LABELS", "MOVED_TOO_OFTEN", "NAME_LONGEST", "NEW_DATE", "NOTHING_SHOWN",
    "OPEN", "OVERDUE", "OWN", "PRIORITY_LABELS", "QUICK_VIEWS", "RAG_LABELS", "RAG_MEANINGS",
    "REMINDERS_LABELS", "SAID_BY_OWNER", "SAYING_LABELS", "SOON_DAYS", "SORT_LABELS", "SOURCE_LABELS",
    "STATUS_FILTERS", "STATUS_LABELS", "TEXT_LONGEST", "TITLE_LONGEST", "TOLD_LABELS", "TO_MEND",
    "UNFINISHED", "WHERE_SEEN", "WHERE_SEEN_LONGEST", "WITH_RECOMMENDATIONS", "YEARS_AHEAD_MOST",
    "ActionDraft", "Arrangement", "Because", "Change", "Changed", "Changes", "Difference", "Group", "Line",
    "Mark", "Mechanism", "MilestoneDraft", "Numbering", "OwnerDraft", "Part", "PastedRecommendation",
    "PlanCounts", "PlanFilter", "PlanRules", "Present", "Priority", "QuickView", "Rag", "Reminders",
    "Saying", "Sort", "Source", "Span", "Standing", "Status", "Told", "Word", "changes", "days_silent",
    "difference_fault", "due_fault", "end_of_month", "first_asking", "is_a_post", "is_drifting", "is_open",
    "is_overdue", "known_fault", "months_later", "next_asking", "numbering", "owner_name_fault",
    "owner_role_fault", "parts", "pasted_recommendations", "progress_fault", "rag", "seen_fault",
    "standing", "themes_of", "to_mend", "update_fault", "why_moved", "yearless_fault",
]  # fmt: skip
