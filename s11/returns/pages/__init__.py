"""What the pages of a return print, worked out beforehand."""

from s11.returns.pages.answering import (
    CriterionPage,
    checked,
    code_of,
    criterion_page,
    due_words,
    level_counts,
    level_of,
    stage_kind,
    stage_label,
    words_of,
)
from s11.returns.pages.colleagues import Holder, LinkLine, Shared, holder_of, link_line, shared_out, state_of
from s11.returns.pages.desk import Standing, audience_groups, standing_of
from s11.returns.pages.doubting import DoubtGroup, doubt_groups
from s11.returns.pages.fields import FieldPage, FieldState, mistakes_of, without_name

__all__ = [
    "CriterionPage",
    "DoubtGroup",
    "FieldPage",
    "FieldState",
    "Holder",
    "LinkLine",
    "Shared",
    "Standing",
    "audience_groups",
    "checked",
    "code_of",
    "criterion_page",
    "doubt_groups",
    "due_words",
    "holder_of",
    "level_counts",
    "level_of",
    "link_line",
    "mistakes_of",
    "shared_out",
    "stage_kind",
    "stage_label",
    "standing_of",
    "state_of",
    "without_name",
    "words_of",
]
