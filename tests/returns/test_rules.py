"""Stages, gaps and packed ratings: pure rules."""

from datetime import date

import pytest

from s11.core.errors import DomainError
from s11.questionnaires.rules import (
    CriterionContent,
    EditionContent,
    LevelContent,
    ScaleContent,
    StandardContent,
)
from s11.returns.packing import BLANK, NOT_APPLICABLE, NOT_ASKED, pack_ratings
from s11.returns.rules import (
    EDITABLE,
    MOVES,
    RETURNED,
    Act,
    AnswerFacts,
    Stage,
    gaps,
    is_late,
    next_stage,
    progress,
)

LEVELS = tuple(
    LevelContent(n, code, code.capitalize(), code[0].upper(), 4 - n, None, code, "", True)
    for n, code in enumerate(("green", "amber", "red"), start=1)
)
RAG = ScaleContent("rag", "RAG", LEVELS)


def criterion(number: str, position: int) -> CriterionContent:
    return CriterionContent(
        position + 100, number, f"k{number}", "Text", "", (), {}, (), (), "", False, 1, "", True, "", (), "",
        RAG, "s", position,
    )  # fmt: skip


STANDARD = StandardContent(
    1, "1", "s", "One", "", "", "", tuple(criterion(f"1.{n + 1}", n) for n in range(4))
)
EDITION = EditionContent(
    1, "E", 2026, "E", "F", "F", "", "", "", "", {}, (), (), True, "", "issued", (STANDARD,), (RAG,)
)
ANSWERS = {
    100: AnswerFacts(100, level_id=1, commentary="Because."),
    101: AnswerFacts(101, level_id=3, commentary="  "),
    102: AnswerFacts(102, not_applicable=True),
}


def test_every_gap_says_what_to_do() -> None:
    assert [gap.sentence for gap in gaps([STANDARD], ANSWERS)] == [
        "Say what lies behind your rating of 1.2",
        "Say why 1.3 does not apply",
        "Rate 1.4",
    ]


def test_only_answers_without_a_gap_count_as_done() -> None:
    (part,) = progress([STANDARD], ANSWERS)
    assert (part.done, part.asked, part.label) == (1, 4, "In progress")


def test_ratings_are_packed_one_byte_a_criterion_best_first() -> None:
    assert list(pack_ratings(EDITION, [STANDARD], ANSWERS)) == [0, 2, NOT_APPLICABLE, BLANK]
    assert list(pack_ratings(EDITION, [], ANSWERS)) == [NOT_ASKED] * 4


def test_a_submitted_return_moves_only_back_on_or_to_its_end() -> None:
    assert {act for (stage, act) in MOVES if stage is Stage.SUBMITTED} == {
        Act.SEND_BACK, Act.MODERATE, Act.CLOSE,
    }  # fmt: skip


@pytest.mark.parametrize("stage", sorted(set(Stage) - EDITABLE))
def test_answers_are_saved_only_while_a_return_is_open(stage: Stage) -> None:
    with pytest.raises(DomainError, match="can no longer be changed"):
        next_stage(stage, Act.SAVE)


def test_no_stage_is_both_open_and_returned() -> None:
    assert not EDITABLE & RETURNED


@pytest.mark.parametrize(
    ("extended", "today", "late"),
    [
        (None, date(2027, 3, 31), False),
        (None, date(2027, 4, 1), True),
        (date(2027, 4, 14), date(2027, 4, 14), False),
        (date(2027, 4, 14), date(2027, 4, 15), True),
    ],
)
def test_a_return_is_late_once_its_own_day_is_over(extended: date | None, today: date, late: bool) -> None:
    assert is_late(date(2027, 3, 31), extended, today) is late
