"""Published rates of return: counts in, shares out, and what contradicts its own arithmetic kept apart."""

import csv
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from s11.analysis.measures import return_rates, summary
from s11.analysis.rules import By, one_decimal, share
from tests.analysis.figures import LEVELS, a_frame
from tests.golden.published_rates import BY_KIND, CONTRADICTIONS, DENOMINATORS, a_round
from tests.golden.test_eight_standards_matrix import REAL

# What a published figure says, to as many places as it was printed with, and whether its own counts give it.
AGREES = {"97.3": False, "91": True, "77": True}


def published(name: str) -> list[dict[str, str]]:
    source: Path = REAL / "results" / name
    if not source.exists():
        pytest.skip(f"{source} is not here")
    with source.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_printed(value: float, like: str) -> str:
    """A share with as many decimals as a published one."""
    places = Decimal(like).as_tuple().exponent
    return str(Decimal(one_decimal(value)).quantize(Decimal(1).scaleb(int(places))))


def test_290_of_375_is_77_3_percent_and_the_48_outside_are_said_and_not_counted() -> None:
    row = return_rates(a_round("county", returned=290, missing=85, outside=48)).loc["county"]
    assert row[["asked", "exempt", "due", "returned", "missing"]].tolist() == [423, 48, 375, 290, 85]
    assert one_decimal(row["share_pct"]) == "77.3"
    assert share(290, 423) == "68.6 %"  # what it would be with them in the denominator


def test_two_years_of_schools_stand_one_beneath_the_other() -> None:
    rounds = [a_round("2014-15", returned=450, missing=43), a_round("2015-16", returned=511, missing=15)]
    table = return_rates(pd.concat(rounds, ignore_index=True))
    assert list(table.index) == ["2014-15", "2015-16"] and list(table["due"]) == [493, 526]
    assert [one_decimal(value) for value in table["share_pct"]] == ["91.3", "97.1"]


@pytest.mark.parametrize("told", CONTRADICTIONS, ids=lambda told: str(told["measure"]))
def test_a_published_figure_is_never_put_in_place_of_what_its_counts_come_to(
    told: dict[str, str | int],
) -> None:
    part, whole = int(told["part"]), int(told["whole"])
    assert share(part, whole) == f"{told['computed']} %" and told["why"]
    like = str(told["published"])
    assert (as_printed(100 * part / whole, like) == like) is AGREES[like]


def test_returns_by_kind_add_up_to_366() -> None:
    """Fourteen are bound by statute; the rest are asked by contract or by the Board."""
    frame = a_frame({f"{kind} {n}": {"1": "G"} for kind, many in BY_KIND.items() for n in range(many)})
    kinds = pd.Categorical(frame["organisation"].astype(str).str.rpartition(" ")[0], categories=list(BY_KIND))
    table = summary(frame.assign(kind=kinds), By.KIND, LEVELS)
    assert table["returns"].to_dict() == BY_KIND
    assert table["returns"].sum() == summary(frame, By.TOTAL, LEVELS).loc["total", "returns"] == 366
    assert share(BY_KIND["statutory"], 366) == "3.8 %"


@pytest.mark.real
def test_the_published_kinds_are_those_added_up_here() -> None:
    assert {row["kind"]: int(row["returns"]) for row in published("returns-by-kind.csv")} == BY_KIND


@pytest.mark.real
def test_the_published_denominators_are_those_counted_here() -> None:
    (row,) = published("return-denominators.csv")
    assert {name: int(row[name]) for name in DENOMINATORS} == DENOMINATORS
    rates = return_rates(
        a_round(
            row["area"],
            returned=int(row["returned"]),
            missing=int(row["not_returned_escalated"]),
            outside=int(row["outside_denominator"]),
        )
    )
    assert one_decimal(rates["share_pct"].iloc[0]) == row["computed_pct"]
    assert as_printed(rates["share_pct"].iloc[0], row["published_pct"]) == row["published_pct"]


@pytest.mark.real
def test_every_published_rate_of_schools_follows_from_its_counts_or_stands_among_the_contradictions() -> None:
    rows = {row["measure"]: row for row in published("s175-return-rates.csv")}
    known = {(told["part"], told["whole"]): told for told in CONTRADICTIONS}
    checked = 0
    for year, said in rows["return_rate_pct_published"].items():
        part, whole = rows["returned"].get(year, ""), rows["schools"].get(year, "")
        if not part.isdigit() or not whole.isdigit():
            continue  # published without the counts it comes from
        rates = return_rates(a_round(year, returned=int(part), missing=int(whole) - int(part)))
        told = known[(int(part), int(whole))]
        assert (said, one_decimal(rates["share_pct"].iloc[0])) == (told["published"], told["computed"])
        checked += 1
    assert checked == 2
