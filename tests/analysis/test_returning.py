"""How returns came in: who counts, of whom, and by when."""

import csv
import io
import math
from datetime import timedelta

import pandas as pd
import pytest
from flask import Flask

from s11.analysis import frames, measures
from s11.analysis.measures import chase, return_rates
from s11.analysis.pages import curves, rates
from s11.analysis.rules import By, levels_of
from s11.core import clock
from s11.core.database import unit_of_work
from s11.cycles import queries as cycles
from s11.cycles.rules import LetOff
from s11.returns import queries as returns
from tests.factories.world import CHAIR, HOUSING_LEAD, POLICE_LEAD, World, a_return
from tests.pages import Browser


def came(*rows: tuple[str, str, bool, float | None, bool]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["cycle", "let_off", "is_in", "day", "late"])
    return table.astype({"day": float})


TWO_YEARS = came(
    ("2025", "", True, -10, False),
    ("2025", "", True, 0, False),
    ("2025", "", True, 4, True),
    ("2025", "", False, None, False),
    ("2025", "exempt", False, None, False),
    ("2025", "withdrawn", False, None, False),
    ("2025", "exempt", True, -8, False),
    ("2026", "exempt", False, None, False),
)


def test_who_was_let_off_and_sent_nothing_is_outside_and_who_returned_all_the_same_is_in() -> None:
    table = return_rates(TWO_YEARS)
    row = table.loc["2025"]
    assert row[["asked", "exempt", "withdrawn", "due", "returned", "missing"]].tolist() == [7, 1, 1, 5, 4, 1]
    assert (row["share_pct"], row["week_before_pct"], row["on_due_day_pct"]) == (80, 40, 60)
    assert row["late"] == 1


def test_a_share_of_nobody_is_none() -> None:
    row = return_rates(TWO_YEARS).loc["2026"]
    assert row["due"] == 0 and math.isnan(row["share_pct"])


def test_the_curve_says_what_share_was_in_at_the_end_of_each_day() -> None:
    curve = chase(TWO_YEARS, -10, 5, until={"2025": 4})
    assert curve.loc[[-10, -8, -7, 0, 4], "2025"].tolist() == [20, 40, 40, 60, 80]
    assert math.isnan(curve.loc[5, "2025"]) and curve["2026"].isna().all()


@pytest.mark.database
def test_it_is_read_from_what_was_asked_and_submitted(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        cycle = cycles.by_ref(world.cycle)
        assert cycle is not None
        cycle.due_on = clock.today() - timedelta(days=3)
        housing = returns.by_ref(world.housing)
        assert housing is not None
        housing.invitation.exempted_at = clock.now()
        housing.invitation.exempt_reason, housing.invitation.exempted_as = "Merged.", LetOff.WITHDRAWN
    with app.app_context():
        cycle = cycles.by_ref(world.cycle)
        school = cycles.by_ref(world.school_cycle)
        assert cycle is not None and school is not None
        table = frames.returns_of([cycle, school])
        rates = return_rates(table)
    assert table[table["cycle"] == cycle.code][["let_off", "is_in", "late"]].values.tolist() == [
        ["", True, True],
        ["withdrawn", False, False],
    ]
    assert list(rates.index) == [cycle.code, school.code]
    counted = rates.loc[cycle.code, ["asked", "withdrawn", "due", "returned", "on_due_day"]]
    assert counted.tolist() == [2, 1, 1, 1, 0]
    assert rates.loc[school.code, ["asked", "due", "returned", "share_pct"]].tolist() == [1, 1, 0, 0]


@pytest.mark.database
def test_ratings_read_part_by_part_add_up_to_those_read_at_once(app: Flask, world: World) -> None:
    a_return(app, world.police, "G N A R", by=POLICE_LEAD, submit=True)
    a_return(app, world.housing, "G G R A", by=HOUSING_LEAD, submit=True)
    with app.app_context():
        cycle = cycles.by_ref(world.cycle)
        assert cycle is not None
        levels = levels_of(cycles.content_of(cycle))
        parts = list(frames.parts(cycle, 1))
        assert [len(part) for part in parts] == [4, 4]
        for by in By:
            whole = measures.summary(frames.ratings(cycle), by, levels)
            added = measures.together([measures.counts(part, by, levels) for part in parts], by, levels)
            pd.testing.assert_frame_equal(added, whole, check_index_type=False)


def test_curves_say_how_many_of_those_due_were_in_week_by_week() -> None:
    until = {"2025": 400, "2026": -3}
    told = rates(TWO_YEARS, until)
    assert (told["2025"].on_due_day, told["2025"].week_before) == (3, 2)
    assert (told["2026"].on_due_day, told["2026"].week_before) == (None, 0)  # its due day is not over
    found = curves(TWO_YEARS, told, {"2025": "2025", "2026": "2026"}, until)
    said = dict((row[0], row[1:]) for row in found.rows)
    assert said["1 week before"] == ("2 of 5 (40.0 %)", "–")
    assert said["The due day"] == ("3 of 5 (60.0 %)", "–") and said["1 week after"][0] == "4 of 5 (80.0 %)"
    assert found.summary == "In by the end of the due day, 2025: 3 of 5 (60.0 %)."
    assert found.marks[7:10] == ("−1", "due", "+1") and len(found.traces) == 2


@pytest.mark.database
def test_the_years_page_says_who_was_asked_and_who_returned_by_when(
    app: Flask, world: World, browser: Browser
) -> None:
    a_return(app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        cycle = cycles.by_ref(world.cycle)
        assert cycle is not None
        cycle.due_on = clock.today() - timedelta(days=3)
    browser.sign_in(CHAIR)
    at = f"/analysis/cycles/{world.cycle}"
    page = browser.open(f"{at}/years")
    assert "Cycle TINY-2026 2 0 0 2 1 50.0 % 0 0.0 % 0 0.0 % 1 50.0 %" in page.text
    assert "In by the end of the due day" in page.text and "The due day 0 of 2 (0.0 %)" in page.text
    for name in ("returns", "returns-narrow"):
        browser.open(f"{at}/charts/{name}.svg")
        assert browser.response.text.startswith("<svg")
    browser.open(f"{at}/tables/returns.csv")
    text = browser.response.get_data(as_text=True).removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Due"], row["Returned"], row["% returned"], row["Late"]) == ("2", "1", "50.0", "1")
