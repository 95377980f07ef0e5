"""Reading returns: answers, signatures, submissions, and who has returned."""

from s11.returns.queries.asked import link_by_key, links
from s11.returns.queries.beside import open_beside
from s11.returns.queries.colleagues import Contributor, assignments, contributors, given_to
from s11.returns.queries.counting import counted_by
from s11.returns.queries.desk import (
    progress,
    stage_counts,
    to_moderate,
)
from s11.returns.queries.doubting import doubt_replies, doubts_of
from s11.returns.queries.later import ActionLine, SecondView, actions_beside, second_views_of, told_by
from s11.returns.queries.proving import held_in, is_shown, limits_of, waiting_in
from s11.returns.queries.register import from_register
from s11.returns.queries.sealed import (
    Submitted,
    is_in_submission,
    last_year,
    submission,
    submissions,
    submitted,
)
from s11.returns.queries.signing import (
    ChainStep,
    chain,
    sign_offs,
    sign_offs_given,
)
from s11.returns.queries.working_copy import (
    answer_facts,
    answer_of,
    answers,
    answers_to,
    by_ref,
    edition_of,
    evidence,
    facts_to_count,
    field_answers,
    fields_of,
    gaps_of,
    how_many_answered,
    of_invitation,
    of_organisations,
    sections_signed,
    standards_of,
    values_in,
    version_of,
    visible_to,
)

__all__ = [
    "ActionLine",
    "ChainStep",
    "Contributor",
    "SecondView",
    "Submitted",
    "actions_beside",
    "answer_facts",
    "answer_of",
    "answers",
    "answers_to",
    "assignments",
    "by_ref",
    "chain",
    "contributors",
    "counted_by",
    "doubt_replies",
    "doubts_of",
    "edition_of",
    "evidence",
    "facts_to_count",
    "field_answers",
    "fields_of",
    "from_register",
    "gaps_of",
    "given_to",
    "held_in",
    "how_many_answered",
    "is_in_submission",
    "is_shown",
    "last_year",
    "limits_of",
    "link_by_key",
    "links",
    "of_invitation",
    "of_organisations",
    "open_beside",
    "progress",
    "second_views_of",
    "sections_signed",
    "sign_offs",
    "sign_offs_given",
    "stage_counts",
    "standards_of",
    "submission",
    "submissions",
    "submitted",
    "to_moderate",
    "told_by",
    "values_in",
    "version_of",
    "visible_to",
    "waiting_in",
]
