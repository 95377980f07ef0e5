"""Rows in, published figures out: through the database and the command."""

import csv
import io
import os
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.golden.published import AGENCIES, CYCLE, a_cycle_of

pytestmark = pytest.mark.database

REAL = Path(os.environ.get("S11_REAL") or Path(__file__).parents[2] / "../shared/real")
LETTERS = {"Green": "G", "Amber": "A", "Red": "R", "Grey": "N"}
PUBLISHED = {
    "returns": "12", "asked": "72", "green": "66", "amber": "3", "red": "0",
    "not_applicable": "3", "blank": "0",
    "denominator": "69", "green_pct": "95.7", "amber_pct": "4.3", "red_pct": "0.0",
    "green_pct_of_all": "91.7",
}  # fmt: skip


def command(app: Flask, *words: str) -> Result:
    result = app.test_cli_runner().invoke(args=["analysis", *words])
    assert result.exit_code == 0, result.output
    return result


def lines(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def check_published(app: Flask) -> None:
    (total,) = lines(command(app, "summary", "--cycle", CYCLE, "--by", "total"))
    assert {name: total[name] for name in PUBLISHED} == PUBLISHED


def test_66_of_69_is_95_7_percent_and_66_of_72_is_91_7(app: Flask) -> None:
    a_cycle_of(app, AGENCIES)
    check_published(app)


def test_the_ratings_printed_one_by_one_add_up_to_the_same(app: Flask) -> None:
    a_cycle_of(app, AGENCIES)
    said = [line["rating"] for line in lines(command(app, "ratings", "--cycle", CYCLE))]
    assert [said.count(code) for code in ("green", "amber", "red", "not_applicable", "")] == [66, 3, 0, 3, 0]


def test_the_criterion_two_agencies_left_out_is_counted_of_ten(app: Flask) -> None:
    a_cycle_of(app, AGENCIES)
    by_number = {
        line["key"]: line for line in lines(command(app, "summary", "--cycle", CYCLE, "--by", "criterion"))
    }
    assert by_number["1.5"]["denominator"] == "10" and by_number["1.5"]["green"] == "9"
    assert by_number["1.5"]["green_pct"] == "90.0" and by_number["1.5"]["green_pct_of_all"] == "75.0"


def test_each_agency_has_a_line_of_its_own(app: Flask) -> None:
    a_cycle_of(app, AGENCIES)
    by_name = {
        line["key"]: line for line in lines(command(app, "summary", "--cycle", CYCLE, "--by", "organisation"))
    }
    assert list(by_name) == sorted(AGENCIES)
    assert by_name["Dunmere Homes"]["green_pct"] == "80.0"
    assert by_name["Ingleby Young Voices"]["denominator"] == "5"


def test_kinds_add_up_to_the_total(app: Flask) -> None:
    a_cycle_of(app, AGENCIES)
    kinds = lines(command(app, "summary", "--cycle", CYCLE, "--by", "kind"))
    assert sum(int(line["green"]) for line in kinds) == 66
    assert {line["key"]: line["title"] for line in kinds}["icb"] == "Integrated care board"


@pytest.mark.real
def test_the_published_matrix_itself_gives_the_published_figures(app: Flask) -> None:
    source = REAL / "results" / "eight-standards-matrix.csv"
    if not source.exists():
        pytest.skip(f"{source} is not here")
    with source.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    agencies = {
        row["agency"]: ("other", " ".join(LETTERS[row[f"1.{n}"]] for n in range(1, 7))) for row in rows
    }
    a_cycle_of(app, agencies)
    check_published(app)
