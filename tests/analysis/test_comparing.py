"""Self-assessment beside moderation: kappa and direction, against figures and against the obvious way."""

import math
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s11.analysis.measures import agreement, differing, direction, kappa
from s11.analysis.measures.comparing import POWERS, Weights
from s11.analysis.rules import By
from tests.analysis.figures import ORDERS, a_frame


def both(own: str, other: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    return a_frame({"Police": {"1": own}}), a_frame({"Police": {"1": other}})


def obvious(own: str, other: str, weights: Weights) -> float:
    """Kappa pair by pair, as the definition says it."""
    pairs = [(ORDERS[a], ORDERS[b]) for a, b in zip(own, other, strict=True) if a in ORDERS and b in ORDERS]
    if len(pairs) < 2:
        return math.nan
    apart = sum(abs(a - b) ** POWERS[weights] for a, b in pairs) / len(pairs)
    every = list(product([a for a, _ in pairs], [b for _, b in pairs]))
    by_chance = sum(abs(a - b) ** POWERS[weights] for a, b in every) / len(every)
    return 1 - apart / by_chance if by_chance else math.nan


def test_kappa_is_what_a_person_works_out() -> None:
    """Six pairs, one of them one step apart: D is 1/6; E is worked out below, pair by pair."""
    own, moderated = both("G G G A A R", "G G A A A R")
    row = kappa(own, moderated, By.TOTAL).loc[("total", "rag")]
    # Own: 3 G, 2 A, 1 R. Moderated: 2 G, 3 A, 1 R. Of all 36 pairs: G with A 9, G with R 3 (two steps
    # each), A with G 4, A with R 2, R with G 2 (two steps each), R with A 3.
    assert row["compared"] == 6
    assert row["kappa"] == pytest.approx(1 - (1 / 6) / ((9 + 6 + 4 + 2 + 4 + 3) / 36))


def test_the_further_apart_the_more_it_weighs_and_squared_even_more() -> None:
    near, far = both("G G A R", "G A A R"), both("G G A R", "G R A R")
    assert kappa(*near, By.TOTAL)["kappa"].iloc[0] > kappa(*far, By.TOTAL)["kappa"].iloc[0]
    assert kappa(*far, By.TOTAL, "quadratic")["kappa"].iloc[0] != kappa(*far, By.TOTAL)["kappa"].iloc[0]


def test_where_chance_alone_agrees_there_is_no_kappa() -> None:
    assert math.isnan(kappa(*both("G G G", "G G G"), By.TOTAL)["kappa"].iloc[0])


def test_fewer_than_two_pairs_have_no_kappa_and_say_how_many_they_are() -> None:
    row = kappa(*both("G N - A", "A G G -"), By.TOTAL).loc[("total", "rag")]
    assert row["compared"] == 1 and math.isnan(row["kappa"])


def test_a_group_without_pairs_stands_there_with_none() -> None:
    own = a_frame({"Police": {"1": "G A"}, "Hill School": {"1": "G A"}})
    other = a_frame({"Police": {"1": "G R"}, "Hill School": {"1": "- -"}})
    table = kappa(own, other, By.ORGANISATION)
    assert [tuple(key) for key in table.index] == [("police", "rag"), ("hill school", "rag")]
    assert list(table["compared"]) == [2, 0]


def test_two_scales_are_never_mixed() -> None:
    own, other = both("G A R G A R", "G A R R A G")
    for frame in (own, other):
        frame["scale"] = ["rag"] * 3 + ["other"] * 3
    table = kappa(own, other, By.TOTAL)
    assert table.loc[("total", "rag"), "kappa"] == 1
    assert table.loc[("total", "other"), "kappa"] == pytest.approx(obvious("GAR", "RAG", "linear"))


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
@settings(max_examples=15)
@given(pairs=st.lists(st.tuples(st.sampled_from("GARN-"), st.sampled_from("GARN-")), min_size=1, max_size=12))
def test_the_fast_way_and_the_obvious_way_give_the_same_kappa(
    weights: Weights, pairs: list[tuple[str, str]]
) -> None:
    own, other = "".join(a for a, _ in pairs), "".join(b for _, b in pairs)
    found = kappa(*both(" ".join(own), " ".join(other)), By.TOTAL, weights)["kappa"].iloc[0]
    assert found == pytest.approx(obvious(own, other, weights), nan_ok=True)


def test_who_is_optimistic_is_told_in_steps_of_the_scale() -> None:
    own = a_frame({"Police": {"1": "G G A R"}, "Hill School": {"1": "R A N -"}})
    other = a_frame({"Police": {"1": "R A A A"}, "Hill School": {"1": "A A G G"}})
    table = direction(own, other)
    assert table.loc["police", ["compared", "higher", "lower", "mean_steps"]].tolist() == [4, 2, 1, 0.5]
    assert table.loc["hill school", ["compared", "higher", "lower", "mean_steps"]].tolist() == [2, 0, 1, -0.5]


def test_nobody_is_optimistic_where_nothing_is_compared() -> None:
    row = direction(*both("G N", "- A")).loc["police"]
    assert row["compared"] == 0 and math.isnan(row["mean_steps"])


def test_two_tables_that_do_not_stand_alike_are_paired_by_what_their_rows_are_about() -> None:
    own = a_frame({"Police": {"1": "G G A R"}, "Hill School": {"1": "R A N -"}})
    other = a_frame({"Police": {"1": "R A A -"}, "Hill School": {"1": "A N N G"}})
    mixed = other.iloc[::-1]
    assert differing(own, other) == differing(own, mixed) == {("police", "1"): 2, ("hill school", "1"): 2}
    for by in (By.TOTAL, By.STANDARD, By.ORGANISATION, By.KIND):
        pd.testing.assert_frame_equal(agreement(own, other, by), agreement(own, mixed, by))
        pd.testing.assert_frame_equal(kappa(own, other, by), kappa(own, mixed, by))
    row = agreement(own, other, By.TOTAL).loc["total"]
    assert row[["compared", "agreed", "optimistic", "severe", "apart"]].tolist() == [6, 2, 2, 1, 1]
