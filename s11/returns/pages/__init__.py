"""What the pages of a return print, worked out beforehand."""

from s11.returns.pages.answering import (
    CriterionPage,
    checked,
    code_of,
    criterion_page,
    due_words,
    level_counts,
    level_of,
    mistakes_on,
    stage_kind,
    stage_label,
    words_of,
)
from s11.returns.pages.carrying import Beside, LastYear, shown_again
from s11.returns.pages.colleagues import (
    Given,
    Holder,
    LinkLine,
    Share,
    Shared,
    colleagues_of,
    given_lines,
    holder_of,
    link_line,
    shared_out,
    state_of,
)
from s11.returns.pages.doubting import DoubtGroup, doubt_groups
from s11.returns.pages.fields import FieldPage, FieldState, mistakes_of, without_name
from s11.returns.pages.history import history
from s11.returns.pages.remarks import AtWork, Thread

__all__ = [
    "AtWork",
    "Beside",
    "CriterionPage",
    "DoubtGroup",
    "FieldPage",
    "FieldState",
    "Given",
    "Holder",
    "LastYear",
    "LinkLine",
    "Share",
    "Shared",
    "Thread",
    "checked",
    "code_of",
    "colleagues_of",
    "criterion_page",
    "doubt_groups",
    "due_words",
    "given_lines",
    "history",
    "holder_of",
    "level_counts",
    "level_of",
    "link_line",
    "mistakes_of",
    "mistakes_on",
    "shared_out",
    "shown_again",
    "stage_kind",
    "stage_label",
    "state_of",
    "without_name",
    "words_of",
]
