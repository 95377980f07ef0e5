"""Year on year: what stands beside what, where the line breaks and why, and what changed since."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.analysis.lineage import between
from s11.analysis.measures import change, years
from s11.analysis.rules import By
from tests.analysis.figures import AMBER, GREEN, LEVELS, ORDERS, RAG, RED, a_criterion, a_frame, an_edition

TWO = (a_criterion("1.1"), a_criterion("1.2"))
KEYS = ("criterion-1-1", "criterion-1-2")
NEARLY = replace(RAG, levels=(replace(GREEN, meaning="Nearly."), AMBER, RED))
THEN = an_edition(*TWO)


def told(now: pd.DataFrame, then: pd.DataFrame, edition=THEN, by: By = By.STANDARD) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    return years({"2025": then, "2026": now}, {"2025": THEN, "2026": edition}, by)


def test_the_same_question_on_the_same_scale_stands_beside_last_years() -> None:
    table = told(a_frame({"Police": {"1": "G G"}}), a_frame({"Police": {"1": "G A"}}))
    assert [tuple(key) for key in table.index] == [("standard-1", "2025"), ("standard-1", "2026")]
    assert list(table["best_pct"]) == [50, 100] and list(table["amber_pct"]) == [50, 0]
    assert list(table["break"]) == [False, False] and list(table["comparable"]) == [0, 2]


@pytest.mark.parametrize(
    ("edition", "reason"),
    [
        (an_edition(TWO[0], a_criterion("1.2", text="It is met yearly.", change_reason="The law changed.")),
         "1.2 was reworded: The law changed."),
        (an_edition(*TWO, a_criterion("1.3")), "1.3 is new."),
        (an_edition(TWO[0], retired=({"key": "criterion-1-2", "reason": "No longer needed."},)),
         "1.2 of the year before is no longer asked: No longer needed."),
        (an_edition(TWO[0], a_criterion("1.2", "joined", change="merged", change_from=KEYS)),
         "1.2 was put together from 1.1 and 1.2 of the year before."),
        (an_edition(TWO[0], a_criterion("1.2", "part", change="split", change_from=("criterion-1-2",))),
         "1.2 was part of 1.2 of the year before."),
        (an_edition(*(replace(c, scale=replace(RAG, levels=(GREEN, RED))) for c in TWO)),
         "1.1 is rated on another scale. 1.2 is rated on another scale."),
        (an_edition(TWO[0], replace(TWO[1], scale=NEARLY)),
         "1.2 is rated on a scale whose “Green” means something else."),
        (an_edition(TWO[0], replace(TWO[1], descriptors={1: "All staff."})),
         "1.2 describes “Green” in other words."),
        (an_edition(TWO[0], replace(TWO[1], number="2.1", standard_key="standard-2")),
         "1.2 of the year before moved to another standard."),
    ],
)  # fmt: skip
def test_a_break_says_why(edition, reason: str) -> None:  # type: ignore[no-untyped-def]
    frame = a_frame({"Police": {"1": "G G G"}})
    row = told(frame, frame, edition).loc[("standard-1", "2026")]
    assert row["break"] and row["reason"] == reason


def test_other_line_breaks_and_another_number_are_no_change() -> None:
    edition = an_edition(replace(TWO[0], text="Criterion 1.1\n is met."), replace(TWO[1], number="1.3"))
    frame = a_frame({"Police": {"1": "G G G"}})
    row = told(frame, frame, edition).loc[("standard-1", "2026")]
    assert not row["break"] and row["comparable"] == 2


def test_years_that_skip_an_edition_are_compared_by_the_words_themselves() -> None:
    """The edition says "unchanged" of the one before it, which reworded it: that one was never asked."""
    edition = an_edition(TWO[0], replace(TWO[1], text="Other words.", change="unchanged"))
    assert between(edition, THEN).breaks["criterion-1-2"].sentence == "1.2 was reworded"


def test_criteria_are_followed_by_their_keys_and_end_where_they_are_asked_no_more() -> None:
    edition = an_edition(replace(TWO[1], number="1.1"), a_criterion("1.2", "fresh"))
    now, then = a_frame({"Police": {"1": "R G"}}), a_frame({"Police": {"1": "G A"}})
    table = told(now, then, edition, By.CRITERION)
    assert [tuple(key) for key in table.index] == [
        ("criterion-1-2", "2025"), ("criterion-1-2", "2026"), ("fresh", "2026"), ("criterion-1-1", "2025"),
    ]  # fmt: skip
    assert list(table["number"]) == ["1.2", "1.1", "1.2", "1.1"]
    assert list(table["best"]) == [0, 0, 1, 1] and list(table["break"]) == [False, False, True, False]


def test_a_year_in_which_nobody_returned_has_noughts_and_no_share() -> None:
    frame = a_frame({"Police": {"1": "G G"}})
    table = told(frame, frame.iloc[:0])
    assert table.loc[("standard-1", "2025"), "asked"] == 0
    assert math.isnan(table.loc[("standard-1", "2025"), "best_pct"])


def test_change_counts_only_what_can_be_compared_in_both_years() -> None:
    then = a_frame({"Police": {"1": "G A R"}, "Fire": {"1": "R N -"}})
    now = a_frame({"Police": {"1": "A A G"}, "Fire": {"1": "G G G"}, "New": {"1": "G G G"}})
    three = (*TWO, a_criterion("1.3"))
    edition = an_edition(*TWO, a_criterion("1.3", text="Other words."))
    table = change(now, then, edition, an_edition(*three))
    row = table.loc[("police", "1")]
    assert row[["compared", "better", "same", "worse", "mean_steps"]].tolist() == [2, 0, 1, 1, -0.5]
    assert (row["best_before_pct"], row["best_now_pct"]) == (50, 0)
    assert table.loc[("fire", "1"), ["compared", "better", "mean_steps"]].tolist() == [1, 1, 2]
    assert "new" not in table.index.get_level_values(0)
    assert change(now, then, edition, an_edition(*three), (By.TOTAL,)).loc["total", "compared"] == 3


def test_no_change_is_counted_by_what_overlaps() -> None:
    frame = a_frame({"Police": {"1": "G"}})
    with pytest.raises(ValueError, match="overlap"):
        change(frame, frame, THEN, THEN, (By.THEME,))


RATINGS = st.lists(st.text("GARN-", min_size=3, max_size=3), min_size=1, max_size=5)


@given(RATINGS, RATINGS, st.sets(st.integers(0, 2)))
def test_the_fast_way_and_the_obvious_way_find_the_same_change(
    then: list[str], now: list[str], reworded: set[int]
) -> None:
    three = [a_criterion(f"1.{n}") for n in (1, 2, 3)]
    edition = an_edition(*(replace(c, text="Other.") if n in reworded else c for n, c in enumerate(three)))
    frames = [a_frame({f"A{n}": {"1": " ".join(w)} for n, w in enumerate(year)}) for year in (now, then)]
    table = change(*frames, edition, an_edition(*three), (By.ORGANISATION,))
    for n, (new, old) in enumerate(zip(now, then, strict=False)):
        steps = [
            ORDERS[new[c]] - ORDERS[old[c]]
            for c in range(3)
            if c not in reworded and new[c] in ORDERS and old[c] in ORDERS
        ]
        if not steps:
            assert f"a{n}" not in table.index
            continue
        row = table.loc[f"a{n}"]
        assert row[["compared", "better", "worse"]].tolist() == [
            len(steps), sum(s > 0 for s in steps), sum(s < 0 for s in steps),
        ]  # fmt: skip
        assert row["mean_steps"] == pytest.approx(sum(steps) / len(steps))


@given(st.lists(RATINGS, min_size=1, max_size=4))
def test_each_year_counts_its_own_ratings(told_years: list[list[str]]) -> None:
    edition = an_edition(*(a_criterion(f"1.{n}") for n in (1, 2, 3)))
    frames = {
        str(2020 + n): a_frame({f"A{k}": {"1": " ".join(w)} for k, w in enumerate(year)})
        for n, year in enumerate(told_years)
    }
    table = years(frames, dict.fromkeys(frames, edition))
    for year, words in zip(frames, told_years, strict=True):
        row, said = table.loc[("standard-1", year)], "".join(words)
        assert [row[level.code] for level in LEVELS] == [said.count(letter) for letter in "GAR"]
        rated = sum(said.count(letter) for letter in "GAR")
        best = 100 * said.count("G") / rated if rated else math.nan
        assert row["best_pct"] == pytest.approx(best, nan_ok=True)
        assert not row["break"]
