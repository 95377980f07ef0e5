"""What headings and cells of a plan's columns are taken for."""

import pytest

from s11.actions.bringing.columns import guess, guess_all, guess_headings
from s11.actions.bringing.numbers import number_named_in, numbers_of
from s11.actions.bringing.reading import read_pasted
from s11.actions.bringing.shapes import Meaning
from tests.actions.bringing.plans import one_table

M = Meaning


@pytest.mark.parametrize(
    ("headings", "meanings"),
    [
        (
            "Rec No.|THEME|ACTIONS|Evidence/Mechanism|Owner|Timescales",
            [M.NUMBER, M.THEME, M.ACTION, M.EVIDENCE, M.OWNER, M.DUE],
        ),
        (
            "Objectives|ACTIONS|Evidence|Owner|Timescales|Resources",
            [M.OUTCOME, M.ACTION, M.EVIDENCE, M.OWNER, M.DUE, M.RESOURCES],
        ),
        ("CONTEXT AND SUMMARY|Recommendation", [M.FINDING, M.RECOMMENDATION]),
        (
            "Ref|Recommendation|Action required|Lead agency|By when|Progress update|BRAG|Priority",
            [M.NUMBER, M.RECOMMENDATION, M.ACTION, M.OWNER, M.DUE, M.PROGRESS, M.RATING, M.PRIORITY],
        ),
        (
            "Finding|What will we do?|Who is responsible?|Target date|Intended outcome|How will we know?",
            [M.FINDING, M.ACTION, M.OWNER, M.DUE, M.OUTCOME, M.EVIDENCE],
        ),
    ],
)
def test_headings_in_the_words_of_boards(headings, meanings):
    assert list(guess_headings(headings.split("|")).values()) == meanings


def test_a_column_headed_recommendation_that_holds_numbers_is_their_number():
    table = one_table(
        "Recommendation\tAction\tLead\n5\tTrain staff\tHead of HR\n6 & 7\tAsk staff\tHead of HR\n"
    )
    assert guess(table)[0] == Meaning.NUMBER


def test_a_table_that_goes_on_without_headings_is_read_like_the_one_before():
    first, second = read_pasted(
        "No\tAction\tOwner\n1\tTrain\tHead of HR\n\nSee next page.\n\n2\tAsk\tHead of IT\n"
    )
    assert second.headings == ()
    assert guess_all([first, second])[2] == guess(first)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("5 & 8", ("5", "8")),
        ("4, 6 & 7", ("4", "6", "7")),
        ("1-3", ("1", "2", "3")),
        ("Recommendation 5", ("5",)),
        ("Recs. 4–6", ("4", "5", "6")),
        ("R1, R2", ("1", "2")),
        ("5a", ("5a",)),
        ("1.2", ("1.2",)),
        ("see above", ()),
    ],
)
def test_numbers_of_recommendations_in_a_cell(cell, numbers):
    assert numbers_of(cell).numbers == numbers


def test_all_of_them_and_a_number_in_the_words():
    assert numbers_of("ALL").every
    assert numbers_of("All recommendations").every
    assert not numbers_of("All staff").every
    assert number_named_in("Train every nurse. (Recommendation 16)") == "16"
    assert number_named_in("Train 16 nurses (by May)") == ""
