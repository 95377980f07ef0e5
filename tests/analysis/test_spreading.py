"""Who lies outside among its peers, and that nobody does in a small group."""

import math
from statistics import mean

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.analysis.measures import spread
from s11.analysis.rules import By
from tests.analysis.figures import ORDERS, a_frame


def schools(*ratings: str) -> pd.DataFrame:
    return a_frame({f"S{n} School": {"1": words} for n, words in enumerate(ratings)})


def test_the_one_school_far_beneath_its_peers_is_outside() -> None:
    table = spread(schools("G G", "G G", "G A", "G G", "G A", "R R"))
    last = table.loc[("s5 school", "1")]
    assert (last["n"], last["position"], last["median"], last["outlier"]) == (6, 0, 0.875, "low")
    # Positions 0, ¾, ¾, 1, 1, 1: quartiles ¾ and 1, so the lower fence is at ¾ - 1½ · ¼ = ⅜.
    assert (last["lower"], last["upper"], last["outside"]) == (0.75, 1, -0.375)
    assert set(table["outlier"].iloc[:5]) == {""} and set(table["outside"].iloc[:5]) == {0}


def test_in_a_small_group_nobody_is_called_an_outlier() -> None:
    table = spread(schools("G G", "G G", "G G", "R R"), small=5)
    assert table["small"].all() and set(table["outlier"]) == {""} and table["outside"].isna().all()
    assert spread(schools("G G", "G G", "G G", "R R"), small=4)["outlier"].iloc[-1] == "low"


def test_kinds_are_not_compared_with_each_other() -> None:
    frame = a_frame({"A School": {"1": "G"}, "B School": {"1": "G"}, "Police": {"1": "R"}})
    table = spread(frame, small=2)
    assert table.loc[("police", "1"), "n"] == 1 and table.loc[("a school", "1"), "n"] == 2


def test_what_has_no_phase_has_no_peers() -> None:
    frame = schools("G G", "R R").assign(phase="")
    table = spread(frame, By.PHASE, small=1)
    assert list(table["n"]) == [0, 0] and table["small"].all() and table["median"].isna().all()


def test_what_is_not_applicable_or_blank_has_no_place() -> None:
    table = spread(schools("G N", "N -", "A A"))
    assert list(table.index.get_level_values(0)) == ["s0 school", "s2 school"]
    assert list(table["rated"]) == [1, 2] and list(table["position"]) == [1, 0.5]


def test_organisations_have_no_peers_among_standards() -> None:
    with pytest.raises(ValueError, match="not set beside each other by standard"):
        spread(schools("G"), By.STANDARD)


def quartile(values: list[float], part: float) -> float:
    place = (len(values) - 1) * part
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


@given(st.lists(st.text("GARN-", min_size=2, max_size=2), min_size=1, max_size=12))
def test_the_fast_way_and_the_obvious_way_find_the_same(ratings: list[str]) -> None:
    table = spread(schools(*(" ".join(words) for words in ratings)), small=4)
    places = {
        f"s{n} school": mean((ORDERS[one] - 1) / 2 for one in words if one in ORDERS)
        for n, words in enumerate(ratings)
        if set(words) & set(ORDERS)
    }
    values = sorted(places.values())
    assert list(table.index.get_level_values(0)) == list(places)
    for ref, place in places.items():
        lower, upper = quartile(values, 0.25), quartile(values, 0.75)
        low, high = lower - 1.5 * (upper - lower), upper + 1.5 * (upper - lower)
        row = table.loc[(ref, "1")]
        assert row["position"] == pytest.approx(place)
        assert (row["lower"], row["median"], row["upper"]) == pytest.approx(
            (lower, quartile(values, 0.5), upper)
        )
        said = (
            "" if len(values) < 4 else "low" if place < low - 1e-9 else "high" if place > high + 1e-9 else ""
        )
        assert row["outlier"] == said
