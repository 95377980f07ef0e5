"""Counting, with figures a person can check on paper."""

import math

from hypothesis import given
from hypothesis import strategies as st

from s11.analysis.measures import agreement, differing, matrix, summary, weak_evidence, weakest
from s11.analysis.pages.grid import COUNTED, Counted
from s11.analysis.rules import By
from tests.analysis.figures import AMBER, GREEN, LEVELS, a_frame

TWO = {"Police": {"1": "G G A", "2": "G R"}, "Hill School": {"1": "G N -", "2": "N N"}}


def test_not_applicable_and_blank_leave_the_denominator() -> None:
    total = summary(a_frame(TWO), By.TOTAL, LEVELS).loc["total"]
    assert (total["returns"], total["asked"], total["denominator"]) == (2, 10, 6)
    assert (total["green"], total["amber"], total["red"]) == (4, 1, 1)
    assert (total["not_applicable"], total["blank"]) == (3, 1)
    assert round(total["green_pct"], 1) == 66.7
    assert total["green_pct_of_all"] == 40


def test_a_standard_nobody_rated_has_no_percentage_rather_than_nought() -> None:
    frame = a_frame({"Police": {"1": "N N", "2": "G G"}})
    table = summary(frame, By.STANDARD, LEVELS)
    assert math.isnan(table.loc["1", "green_pct"]) and table.loc["1", "green_pct_of_all"] == 0
    assert table.loc["2", "green_pct"] == 100


def test_standards_stand_in_the_order_printed_not_in_the_order_of_letters() -> None:
    frame = a_frame({"Police": {"9": "G", "10": "A", "2": "R"}})
    assert list(summary(frame, By.STANDARD, LEVELS).index) == ["9", "10", "2"]


def test_an_organisation_that_is_not_asked_a_criterion_is_not_counted_there() -> None:
    frame = a_frame({"Police": {"1": "G G"}, "Hill School": {"1": "G"}})
    table = summary(frame, By.CRITERION, LEVELS)
    assert list(table["returns"]) == [2, 1] and list(table["asked"]) == [2, 1]


def test_kinds_are_counted_together() -> None:
    table = summary(a_frame(TWO), By.KIND, LEVELS)
    assert table.loc["police", "asked"] == 5 and table.loc["school", "denominator"] == 1


def test_a_level_that_does_not_count_has_a_column_but_no_share_of_the_ratings() -> None:
    frame = a_frame({"Police": {"1": "G A A"}})
    frame["counts"] &= frame["rating"] != "amber"
    unsure = AMBER.__class__(2, "amber", "Not assessed", "?", 2, None, "grey", "", False)
    total = summary(frame, By.TOTAL, (GREEN, unsure)).loc["total"]
    assert (total["amber"], total["denominator"], total["green_pct"]) == (2, 1, 100)
    assert math.isnan(total["amber_pct"]) and round(total["amber_pct_of_all"], 1) == 66.7


def test_nothing_in_adds_up_to_nothing() -> None:
    empty = a_frame(TWO).iloc[:0]
    total = summary(empty, By.TOTAL, LEVELS).loc["total"]
    assert (total["returns"], total["asked"], total["denominator"]) == (0, 0, 0)
    assert math.isnan(total["green_pct"])
    assert summary(empty, By.STANDARD, LEVELS)["asked"].sum() == 0


def test_the_matrix_has_a_cell_for_every_organisation_and_standard() -> None:
    table = matrix(a_frame({"Police": {"1": "G G", "2": "A"}, "Hill School": {"1": "R N"}}), LEVELS)
    assert table.loc[("police", "1"), "green"] == 2
    assert table.loc[("hill school", "1"), "not_applicable"] == 1
    assert table.loc[("hill school", "2"), "asked"] == 0


def test_agreement_tells_higher_from_lower_and_leaves_out_what_one_side_left_blank() -> None:
    own = a_frame({"Police": {"1": "G G A R N G"}})
    moderated = a_frame({"Police": {"1": "G A G R G -"}})
    row = agreement(own, moderated, By.TOTAL).loc["total"]
    assert (row["compared"], row["agreed"], row["optimistic"], row["severe"], row["apart"]) == (5, 2, 1, 1, 1)
    assert row["agreed_pct"] == 40


def test_not_applicable_on_both_sides_is_agreement() -> None:
    both = a_frame({"Police": {"1": "N"}})
    assert agreement(both, both, By.TOTAL).loc["total", "agreed"] == 1


def test_a_best_rating_without_evidence_is_weakly_evidenced() -> None:
    table = weak_evidence(a_frame({"Police": {"1": "G* G A*"}, "Hill School": {"1": "G"}}))
    assert (table.loc["police", "best"], table.loc["police", "unproved"]) == (2, 1)
    assert table.loc["police", "unproved_pct"] == 50 and table.loc["hill school", "unproved"] == 0


def test_the_weakest_standard_is_the_one_with_the_smallest_share_of_best() -> None:
    frame = a_frame({"Police": {"1": "G G", "2": "G R", "3": "A R G", "4": "N N"}})
    assert list(weakest(summary(frame, By.STANDARD, LEVELS)).index) == ["3", "2"]


def test_where_everything_is_at_its_best_nothing_is_weakest() -> None:
    frame = a_frame({"Police": {"1": "G G", "2": "G N"}})
    assert len(weakest(summary(frame, By.STANDARD, LEVELS))) == 0


@given(st.lists(st.lists(st.sampled_from("GARN-"), min_size=4, max_size=4), min_size=1, max_size=8))
def test_every_way_of_adding_up_gives_the_same_sum(ratings: list[list[str]]) -> None:
    frame = a_frame(
        {f"A{n}": {"1": " ".join(row[:2]), "2": " ".join(row[2:])} for n, row in enumerate(ratings)}
    )
    parts = ["green", "amber", "red", "not_applicable", "blank"]
    total = summary(frame, By.TOTAL, LEVELS).loc["total"]
    assert total[parts].sum() == total["asked"] == 4 * len(ratings)
    for by in (By.STANDARD, By.CRITERION, By.ORGANISATION, By.KIND):
        assert summary(frame, by, LEVELS)[parts].sum().to_dict() == total[parts].astype(int).to_dict()
    assert matrix(frame, LEVELS)[parts].sum().to_dict() == total[parts].astype(int).to_dict()


def test_what_differs_is_counted_in_its_cell_and_an_open_rating_differs_from_nothing() -> None:
    own = a_frame({"Police": {"1": "G G", "2": "G N"}, "Hill School": {"1": "A -"}})
    other = a_frame({"Police": {"1": "A G", "2": "- G"}, "Hill School": {"1": "A R"}})
    assert differing(own, other) == {("police", "1"): 1, ("police", "2"): 1}


def test_the_totals_of_a_matrix_are_what_is_counted_without_it() -> None:
    frame = a_frame(
        {"Police": {"1": "G A N", "2": "R"}, "Hill School": {"1": "G G -"}, "Ash School": {"2": "- N"}}
    )
    told = Counted.of(frame, LEVELS)
    columns = [*COUNTED, *(level.code for level in LEVELS)]
    for by, counts in (
        (By.ORGANISATION, told.across),
        (By.STANDARD, told.down),
        (By.TOTAL, {"total": told.whole}),
    ):
        table = summary(frame, by, LEVELS)[columns]
        assert counts == {name: tuple(row) for name, *row in table.itertuples()}
    assert told.row("police", ["2", "1"]) == [(1, 1, 0, 0, 0, 0, 0, 1), (3, 2, 1, 1, 0, 1, 1, 0)]
    assert told.column(["ash school"], "1") == {"ash school": (0,) * 8}
