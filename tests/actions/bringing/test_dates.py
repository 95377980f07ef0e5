"""What timescales in existing plans say."""

from datetime import date

import pytest

from s11.actions.bringing.dates import when
from s11.actions.bringing.shapes import Lack


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("May 2027", date(2027, 5, 31)),
        ("Sept 2027", date(2027, 9, 30)),
        ("Feb 2028", date(2028, 2, 29)),
        ("Sep – Dec 2026", date(2026, 12, 31)),
        ("Oct 2026 to Jan 2027", date(2027, 1, 31)),
        ("31/03/2027", date(2027, 3, 31)),
        ("31.3.27", date(2027, 3, 31)),
        ("by 3rd June 2027", date(2027, 6, 3)),
        ("end of March 2027", date(2027, 3, 31)),
        ("Mar-27", date(2027, 3, 31)),
        ("Q2 2027", date(2027, 6, 30)),
        ("Q4 2026/27", date(2027, 3, 31)),
        ("2027-03-31", date(2027, 3, 31)),
        ("46477", date(2027, 3, 31)),
        ("Monthly until March 2027", date(2027, 3, 31)),
    ],
)
def test_a_date_is_read_and_a_month_means_its_last_day(cell, day):
    found = when(cell)
    assert (found.due_on, found.lack, found.steps) == (day, None, ())


@pytest.mark.parametrize(
    ("cell", "lack"),
    [
        ("", Lack.DUE),
        ("Ongoing", Lack.DUE_OPEN),
        ("Aug 2026 onwards", Lack.DUE_OPEN),
        ("Apr 2027 ongoing", Lack.DUE_OPEN),
        ("Jul 2026 onwards April 2027", Lack.DUE_OPEN),
        ("TBC", Lack.DUE_OPEN),
        ("Quarterly", Lack.DUE_OPEN),
        ("March", Lack.DUE_UNCLEAR),
        ("Autumn 2027", Lack.DUE_UNCLEAR),
        ("31/02/2027", Lack.DUE_UNCLEAR),
        ("Mar 2027  Autumn 2027", Lack.DUE_UNCLEAR),
        ("within six months", Lack.DUE_UNCLEAR),
    ],
)
def test_what_is_no_day_has_to_be_mended(cell, lack):
    found = when(cell)
    assert (found.due_on, found.lack) == (None, lack)
    assert not cell or "Enter the day by which this will be done." in found.said[0]


def test_several_dates_are_steps_and_the_last_of_them_is_the_end():
    found = when("Jul 2027 for implementation in Sep 2027")
    assert found.due_on == date(2027, 9, 30)
    assert [(step.text, step.due_on) for step in found.steps] == [
        ("", date(2027, 7, 31)), ("for implementation in", date(2027, 9, 30)),
    ]  # fmt: skip
    spans = when("Jul 2026 – Jun 2027 Aug – Dec 2026")
    assert spans.due_on == date(2027, 6, 30)
    assert [step.printed for step in spans.steps] == ["Jul 2026 – Jun 2027", "Aug – Dec 2026"]
    after = when("Dec 2026: launch, Mar 2027: review")
    assert [step.text for step in after.steps] == ["launch", "review"]


def test_a_date_that_is_past_and_done_says_so():
    assert when("Completed Oct 2026").done
    assert not when("Oct 2026").done


def test_only_what_could_be_read_otherwise_is_said_to_be_uncertain():
    assert when("31 March 2027").said == when("30th Sept. 2027").said == when("March 31, 2027").said == ()
    assert when("June 2027").said == ("“June 2027” was read as 30 June 2027.",)
    assert when("3/4/27").said == ("“3/4/27” was read as 3 April 2027.",)
