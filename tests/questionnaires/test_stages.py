"""The stages of an edition: which move is allowed, and what somebody reads where it is not."""

from datetime import date
from itertools import product

import pytest

from s11.core.errors import DomainError, Invalid
from s11.questionnaires import stages
from s11.questionnaires.stages import Act, Stage, acts_at, next_stage

ALLOWED = {
    ("draft", "review"): "in_review",
    ("in_review", "withdraw"): "draft",
    ("in_review", "approve"): "approved",
    ("approved", "reopen"): "draft",
    ("approved", "issue"): "issued",
    ("issued", "archive"): "archived",
}
TODAY = date(2027, 3, 21)


@pytest.mark.parametrize(("stage", "act"), list(product(Stage, Act)))
def test_every_move_is_allowed_or_refused_in_a_sentence(stage: Stage, act: Act) -> None:
    following = ALLOWED.get((str(stage), str(act)))
    if following:
        assert next_stage("X-1", stage, act) == following
        return
    with pytest.raises(DomainError) as refusal:
        next_stage("X-1", stage, act)
    assert "X-1" in refusal.value.sentence and "{" not in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize("stage", [Stage.ISSUED, Stage.ARCHIVED])
def test_an_issued_edition_never_goes_back_to_draft(stage: Stage) -> None:
    with pytest.raises(DomainError, match="an issued one never"):
        next_stage("X-1", stage, Act.REOPEN)


def test_nothing_is_done_with_an_archived_edition() -> None:
    assert acts_at(Stage.ARCHIVED) == frozenset()


@pytest.mark.parametrize(
    ("name", "meeting", "on", "field"),
    [
        (" ", "March", TODAY, "approved_by"),
        ("Sub-group", " ", TODAY, "meeting"),
        ("Sub-group", "March", date(2027, 3, 22), "approved_on"),
    ],
)
def test_an_approval_has_a_name_a_meeting_and_a_day_that_has_come(
    name: str, meeting: str, on: date, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        stages.check_approval(name, meeting, on, today=TODAY)
    assert refusal.value.field == field


def test_an_approval_of_today_is_fine() -> None:
    stages.check_approval("Sub-group", "March", TODAY, today=TODAY)


def test_comments_hold_an_approval_up_unless_it_was_given_all_the_same() -> None:
    with pytest.raises(Invalid, match="1 comment is not resolved"):
        stages.check_unresolved(1, despite=False)
    with pytest.raises(Invalid, match="2 comments are not resolved"):
        stages.check_unresolved(2, despite=False)
    stages.check_unresolved(2, despite=True)
    stages.check_unresolved(0, despite=False)


def test_comments_cannot_be_wanted_by_a_day_that_has_passed() -> None:
    with pytest.raises(Invalid):
        stages.check_comments_by(date(2027, 3, 20), today=TODAY)
    stages.check_comments_by(TODAY, today=TODAY)
    stages.check_comments_by(None, today=TODAY)
