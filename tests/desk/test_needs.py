"""Who needs what: one rule, each of its answers, and what decides between two."""

from datetime import date, timedelta

import pytest

from s11.desk.needs import MISSING, WORDS, Facts, Need, because, need_of
from s11.returns.rules import Stage

TODAY = date(2027, 3, 10)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


# Asked 40 days ago, due in 20 days, half of ten answered yesterday.
AT_WORK = Facts(
    stage=Stage.IN_PROGRESS,
    answered=5,
    asked=10,
    asked_on=ago(40),
    opens_on=ago(40),
    due_on=ago(-20),
    saved_on=ago(1),
    signed_in_on=ago(1),
    people=2,
    written_on=ago(40),
)
UNOPENED = AT_WORK._replace(
    stage=Stage.NOT_STARTED, answered=0, saved_on=None, signed_in_on=None, written_on=ago(8)
)
CASES = [
    ("at work when it was closed", AT_WORK._replace(is_over=True), Need.NEVER_CAME),
    (
        "unsigned when it was closed",
        AT_WORK._replace(stage=Stage.AWAITING_SIGN_OFF, is_over=True),
        Need.UNSIGNED,
    ),
    ("at work, with time", AT_WORK, Need.ON_THEIR_WAY),
    ("quiet for a week, three weeks left", AT_WORK._replace(saved_on=ago(7)), Need.STALLED),
    ("quiet for six days", AT_WORK._replace(saved_on=ago(6)), Need.ON_THEIR_WAY),
    ("quiet, 21 days left", AT_WORK._replace(saved_on=ago(9), due_on=ago(-21)), Need.STALLED),
    ("quiet, 22 days left", AT_WORK._replace(saved_on=ago(9), due_on=ago(-22)), Need.ON_THEIR_WAY),
    ("quiet and late", AT_WORK._replace(saved_on=ago(9), due_on=ago(3)), Need.STALLED),
    ("eight of ten", AT_WORK._replace(answered=8), Need.NEARLY_THERE),
    ("eight of ten and quiet", AT_WORK._replace(answered=8, saved_on=ago(30)), Need.NEARLY_THERE),
    ("seven of ten", AT_WORK._replace(answered=7), Need.ON_THEIR_WAY),
    ("asked nothing", AT_WORK._replace(answered=0, asked=0), Need.ON_THEIR_WAY),
    ("nobody came, letter eight days old", UNOPENED, Need.NEVER_OPENED),
    ("nobody came, letter seven days old", UNOPENED._replace(written_on=ago(7)), Need.NOT_STARTED),
    ("nobody came, no letter known", UNOPENED._replace(written_on=None), Need.NEVER_OPENED),
    ("asked today", UNOPENED._replace(written_on=None, asked_on=TODAY), Need.NOT_STARTED),
    ("nobody to come", UNOPENED._replace(written_on=ago(1), people=0), Need.NEVER_OPENED),
    ("somebody signed in since", UNOPENED._replace(signed_in_on=ago(40)), Need.NOT_STARTED),
    ("somebody signed in before it was asked", UNOPENED._replace(signed_in_on=ago(41)), Need.NEVER_OPENED),
    ("mail came back", UNOPENED._replace(unreached=True), Need.BOUNCED),
    ("mail came back, half done", AT_WORK._replace(unreached=True), Need.BOUNCED),
    ("complete, not signed", AT_WORK._replace(stage=Stage.AWAITING_SIGN_OFF), Need.WAITING),
    ("sent back", AT_WORK._replace(stage=Stage.SENT_BACK, answered=10), Need.SENT_BACK),
    ("closed last week", UNOPENED._replace(closed_on=ago(7)), Need.CLOSED),
    ("closes next week", AT_WORK._replace(closed_on=ago(-7)), Need.ON_THEIR_WAY),
    ("closed, and had returned", AT_WORK._replace(stage=Stage.SUBMITTED, closed_on=ago(7)), Need.RETURNED),
    ("group opens tomorrow", UNOPENED._replace(opens_on=ago(-1)), Need.NOT_OPEN),
    ("began before the group opened", AT_WORK._replace(opens_on=ago(-1)), Need.ON_THEIR_WAY),
    ("submitted", AT_WORK._replace(stage=Stage.SUBMITTED), Need.RETURNED),
    ("moderated", AT_WORK._replace(stage=Stage.MODERATED), Need.RETURNED),
    ("closed by the office", AT_WORK._replace(stage=Stage.CLOSED), Need.RETURNED),
    ("exempt", UNOPENED._replace(let_off="exempt", unreached=True), Need.EXEMPT),
    ("withdrawn", AT_WORK._replace(let_off="withdrawn", stage=Stage.SUBMITTED), Need.WITHDRAWN),
]


@pytest.mark.parametrize(("facts", "need"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_stands_where_it_needs_something(facts: Facts, need: Need) -> None:
    assert need_of(facts, TODAY) is need


def test_every_need_is_reached_by_a_case_and_has_its_words() -> None:
    assert {need for _, _, need in CASES} == set(Need) == set(WORDS)


def test_what_counts_as_missing_is_neither_in_nor_let_off() -> None:
    assert set(Need) - set(MISSING) == {Need.RETURNED, Need.EXEMPT, Need.WITHDRAWN}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (UNOPENED, "Last written to 8 days ago"),
        (UNOPENED._replace(written_on=None), "Asked 40 days ago"),
        (UNOPENED._replace(people=0), "Nobody there has an account"),
        (UNOPENED._replace(unreached=True, undelivered_on=ago(1)), "Came back yesterday"),
        (AT_WORK._replace(saved_on=ago(9)), "Last saved 9 days ago"),
        (UNOPENED._replace(signed_in_on=TODAY), "Signed in today"),
        (UNOPENED._replace(closed_on=ago(2)), "Closed 2 days ago"),
        (AT_WORK, ""),
    ],
)
def test_a_line_says_why(facts: Facts, said: str) -> None:
    assert because(facts, need_of(facts, TODAY), TODAY) == said
