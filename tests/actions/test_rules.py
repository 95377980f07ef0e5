"""What an action must say, and when it is overdue."""

from datetime import date

import pytest

from s11.actions import rules
from s11.actions.rules import PlanCounts, PlanFilter, Status

TODAY = date(2027, 3, 21)


def test_an_action_is_overdue_the_day_after_its_date_and_says_by_how_long():
    assert rules.standing(Status.ON_TRACK, date(2027, 3, 20), TODAY).label == "Overdue by 1 day"
    assert rules.standing(Status.AT_RISK, date(2027, 2, 7), TODAY).label == "Overdue by 42 days"


def test_on_its_very_day_an_action_is_not_overdue_yet():
    assert rules.standing(Status.ON_TRACK, TODAY, TODAY).label == "On track"


def test_a_complete_action_is_never_overdue():
    assert rules.standing(Status.COMPLETE, date(2020, 1, 1), TODAY).label == "Complete"


@pytest.mark.parametrize("name", ["", "Asha", "TBC", "ongoing", "Head (TBC)"])
def test_an_owner_is_a_person_with_first_name_and_surname(name):
    assert rules.owner_name_fault(name)


def test_a_full_name_will_do():
    assert rules.owner_name_fault("Asha Rahman") is None


@pytest.mark.parametrize("typed", ["ongoing", "On-going", "TBC", "asap", "rolling programme"])
def test_words_for_no_date_are_answered_by_name(typed):
    fault = rules.due_fault(None, since=TODAY, typed=typed)
    assert (
        fault == f"“{typed}” is not a date. Enter the day by which this will be done, for example 31 3 2027."
    )


def test_a_completion_date_lies_not_in_the_past():
    assert "past" in (rules.due_fault(date(2027, 3, 20), since=TODAY) or "")
    assert rules.due_fault(TODAY, since=TODAY) is None


def test_a_completion_date_in_another_century_is_a_slip_of_the_key():
    assert "Check the year" in (rules.due_fault(date(2207, 3, 21), since=TODAY) or "")
    assert rules.due_fault(date(2037, 3, 21), since=TODAY) is None


def test_complete_has_to_be_shown_and_not_only_said():
    assert rules.update_fault(Status.COMPLETE, "Done.")
    assert rules.update_fault(Status.ON_TRACK, "Done.") is None
    assert rules.update_fault(Status.COMPLETE, "Twenty records sampled; all show the child’s voice.") is None


def test_counts_read_as_a_sentence():
    assert PlanCounts(total=17, open=12, overdue=3, complete=5).sentence == "12 open, 3 overdue"


def test_only_what_was_asked_for_stands_in_the_address():
    assert PlanFilter(status="overdue", search="training").address == {
        "status": "overdue",
        "search": "training",
    }
