"""Ratings by phase, district, trust, theme and practice standard."""

import pandas as pd
import pytest

from s11.analysis.measures import GROUPS, grouped, summary, titles, weak_evidence
from s11.analysis.rules import BETWEEN, COUNTING, OVERLAPPING, By, Measure, counting
from tests.analysis.figures import LEVELS, a_criterion, a_frame, an_edition


def schools() -> pd.DataFrame:
    frame = a_frame({"Ash School": {"1": "G A"}, "Bay School": {"1": "G G"}, "Cove School": {"1": "R N"}})
    phase = {"ash school": "secondary", "bay school": "primary", "cove school": ""}
    trust = {"ash school": "Severn Trust", "bay school": "", "cove school": "Avon Trust"}
    themes = {"1.1": BETWEEN.join(("ownership", "professional-curiosity")), "1.2": "ownership"}
    standards = {"1.1": BETWEEN.join(("10.1", "2.1")), "1.2": ""}
    return frame.assign(
        phase=pd.Categorical(frame["return_ref"].astype(str).map(phase)),
        district=pd.Categorical(frame["return_ref"].astype(str).map(trust)),
        trust=pd.Categorical(frame["return_ref"].astype(str).map(trust)),
        themes=pd.Categorical(frame["criterion"].astype(str).map(themes)),
        practice_standards=pd.Categorical(frame["criterion"].astype(str).map(standards)),
    )


def test_phases_stand_in_their_order_and_what_has_none_comes_last() -> None:
    table = summary(schools(), By.PHASE, LEVELS)
    assert list(table.index) == ["primary", "secondary", ""] and list(table["denominator"]) == [2, 2, 1]


@pytest.mark.parametrize("by", [By.TRUST, By.DISTRICT])
def test_trusts_and_districts_stand_by_name(by: By) -> None:
    table = summary(schools(), by, LEVELS)
    assert list(table.index) == ["Avon Trust", "Severn Trust", ""]
    assert list(table["green"]) == [0, 1, 2] and list(table["returns"]) == [1, 1, 1]


def test_a_rating_counts_in_each_theme_its_criterion_carries() -> None:
    table = summary(schools(), By.THEME, LEVELS)
    assert list(table.index) == ["professional-curiosity", "ownership"]
    assert list(table["asked"]) == [3, 6] and list(table["returns"]) == [3, 3]
    assert list(table["green"]) == [2, 3] and list(table["not_applicable"]) == [0, 1]


def test_what_names_no_practice_standard_counts_in_none_and_2_1_stands_before_10_1() -> None:
    table = summary(schools(), By.PRACTICE_STANDARD, LEVELS)
    assert list(table.index) == ["2.1", "10.1"] and list(table["asked"]) == [3, 3]


def test_other_measures_know_themes_too() -> None:
    table = weak_evidence(schools().assign(evidence=0), By.THEME)
    assert list(table.index) == ["professional-curiosity", "ownership"] and list(table["unproved"]) == [2, 3]


def test_nothing_in_no_theme_is_an_empty_table() -> None:
    frame = schools().iloc[:0]
    assert summary(frame, By.THEME, LEVELS)["asked"].sum() == 0
    assert len(grouped(schools().assign(themes=""), By.THEME)[0]) == 0


def test_groups_are_called_what_people_call_them() -> None:
    edition = an_edition(a_criterion("1.1"), a_criterion("1.2"))
    told = {by: titles(schools(), by, edition) for by in By}
    assert told[By.PHASE] == {
        "primary": ("primary", "Primary"), "secondary": ("secondary", "Secondary"), "": ("", "No phase"),
    }  # fmt: skip
    assert told[By.TRUST][""] == ("", "In no trust")
    assert told[By.THEME]["ownership"] == ("ownership", "Ownership, accountability and management grip")
    assert told[By.ORGANISATION]["ash school"] == ("Ash School", "Ash School")
    for by in set(By) - {By.TOTAL}:
        assert set(map(str, summary(schools(), by, LEVELS).index)) <= set(told[by]), by


def test_every_measure_has_its_rule_in_words() -> None:
    assert set(COUNTING) == set(Measure) and set(GROUPS) == set(By) - {By.TOTAL}
    for measure in Measure:
        said = counting(measure)
        assert said.endswith(".") and "{" not in said
    assert "fewer than 7 is small" in counting("spread", fewest=7)
    assert "counts from 1 to 4" in counting("suppress") and "more than 2 years" in counting(
        "evidence_age", years=2
    )
    assert {By.THEME, By.PRACTICE_STANDARD} == OVERLAPPING
