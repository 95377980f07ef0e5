"""Whom a rule reaches, on which day, and how it reads."""

from dataclasses import replace
from datetime import date

import pytest

from s11.desk.reminding import USUAL, Asked, NewRule, goes_on, is_time, reaches, said, standing_said
from s11.desk.rules import Whom
from s11.desk.words import stranger_sentence
from s11.returns.rules import Stage

DUE = date(2027, 3, 31)
ONE = Asked(
    invitation_id=1, organisation_id=1, organisation_ref="one", organisation="Northshire Police",
    return_ref="ret", stage=Stage.IN_PROGRESS, answered=9, asked=20, asked_on=date(2027, 1, 1), due_on=DUE,
    last_day=None, exempt_reason="", waiting_for="",
)  # fmt: skip
UNDER_HALF = NewRule(7, Whom.UNDER, under_percent=50)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (UNDER_HALF, "7 days before its due day, to those under 50 % of what they are asked."),
        (NewRule(1, Whom.AWAITING), "1 day before its due day, to those who wait for a signature."),
        (NewRule(0, Whom.NOT_STARTED), "On its due day, to those who have not started."),
        (
            NewRule(-3, Whom.EVERYBODY, copies_senior=True),
            "3 days after its due day, to everybody who has not returned, with a copy to the senior person.",
        ),
    ],
)
def test_a_rule_reads_as_a_sentence(rule: NewRule, sentence: str) -> None:
    assert said(rule) == sentence


@pytest.mark.parametrize(("answered", "reached"), [(0, True), (9, True), (10, False), (20, False)])
def test_exactly_half_is_not_under_half(answered: int, reached: bool) -> None:
    assert reaches(UNDER_HALF, replace(ONE, answered=answered)) is reached


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.MODERATED, Stage.CLOSED])
def test_whoever_has_returned_is_left_alone_by_every_rule(stage: Stage) -> None:
    for whom in Whom:
        assert not reaches(NewRule(0, whom, under_percent=100), replace(ONE, stage=stage, answered=0))


def test_whoever_is_let_off_is_left_alone() -> None:
    assert reaches(USUAL[2], ONE) and not reaches(USUAL[2], replace(ONE, exempt_reason="Closed."))


@pytest.mark.parametrize(
    ("whom", "stages"),
    [
        (Whom.NOT_STARTED, {Stage.NOT_STARTED}),
        (Whom.AWAITING, {Stage.AWAITING_SIGN_OFF}),
        (Whom.SENT_BACK, {Stage.SENT_BACK}),
        (
            Whom.EVERYBODY,
            {Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.AWAITING_SIGN_OFF, Stage.SENT_BACK},
        ),
    ],
)
def test_a_rule_reaches_those_it_names_and_nobody_else(whom: Whom, stages: set[Stage]) -> None:
    assert {stage for stage in Stage if reaches(NewRule(0, whom), replace(ONE, stage=stage))} == stages


@pytest.mark.parametrize(
    ("today", "goes"),
    [
        (date(2027, 3, 23), False),
        (date(2027, 3, 24), True),
        (date(2027, 3, 27), True),  # three days late, after a run that was missed
        (date(2027, 3, 28), False),
    ],
)
def test_a_reminder_goes_on_its_day_or_up_to_three_days_late(today: date, goes: bool) -> None:
    assert is_time(UNDER_HALF, ONE, made_on=date(2027, 1, 1), today=today) is goes


def test_days_count_from_the_date_an_organisation_has_itself() -> None:
    assert goes_on(UNDER_HALF, DUE) == date(2027, 3, 24)
    longer = replace(ONE, due_on=date(2027, 4, 14))
    assert not is_time(UNDER_HALF, longer, made_on=date(2027, 1, 1), today=date(2027, 3, 24))
    assert is_time(UNDER_HALF, longer, made_on=date(2027, 1, 1), today=date(2027, 4, 7))


def test_nothing_goes_for_a_day_before_the_rule_was_made_or_the_organisation_asked() -> None:
    today = date(2027, 3, 25)
    assert not is_time(UNDER_HALF, ONE, made_on=today, today=today)
    assert not is_time(UNDER_HALF, replace(ONE, asked_on=today), made_on=date(2027, 1, 1), today=today)


def test_nobody_is_reminded_of_what_is_no_longer_taken() -> None:
    after = NewRule(-3, Whom.EVERYBODY)
    closed = replace(ONE, last_day=date(2027, 4, 2))
    assert is_time(after, ONE, made_on=DUE, today=date(2027, 4, 3))
    assert not is_time(after, closed, made_on=DUE, today=date(2027, 4, 3))


def test_a_mail_says_how_many_and_never_what() -> None:
    assert standing_said(ONE) == "9 of 20 questions are answered."
    assert standing_said(replace(ONE, stage=Stage.NOT_STARTED)) == "Nothing has been answered yet."
    waiting = replace(ONE, stage=Stage.AWAITING_SIGN_OFF, waiting_for="Chief officer")
    assert standing_said(waiting) == "Everything is answered, and it waits to be signed: Chief officer."


@pytest.mark.parametrize("typed", ["((Name))", "((deadline))", "((na me))", "(( ))"])
def test_a_placeholder_nobody_can_fill_is_named(typed: str) -> None:
    sentence = stranger_sentence(f"Dear {typed}, by ((due)) ((  link ))")
    assert sentence is not None and sentence.startswith(f"{typed} cannot be filled in.")


def test_placeholders_that_can_be_filled_are_good_however_they_are_spaced() -> None:
    assert stranger_sentence("((name)) (( due )) ((organisation)) (so) ((link))") is None
