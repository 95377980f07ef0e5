"""The commands that print figures."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.factories.world import POLICE_LEAD, World, a_return
from tests.golden.published import CYCLE, a_cycle_of

pytestmark = pytest.mark.database

COLUMNS = "cycle,organisation,kind,standard,criterion,rating,label,value,counts,not_applicable_reason"


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["analysis", *words])


def test_ratings_come_as_csv_on_standard_output_and_nothing_else_does(app: Flask, world: World) -> None:
    a_return(app, world.police, "G N A R", by=POLICE_LEAD, submit=True)
    result = run(app, "ratings", "--cycle", "TINY-2026", "--format", "csv")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        COLUMNS,
        "TINY-2026,Northshire Police,police,1,1.1,green,Green,3,true,",
        "TINY-2026,Northshire Police,police,1,1.2,not_applicable,Not applicable,,false,We do not do this.",
    ]


def test_how_it_was_counted_and_who_is_not_in_goes_beside_it(app: Flask, world: World) -> None:
    a_return(app, world.police, "G N A R", by=POLICE_LEAD, submit=True)
    said = run(app, "summary", "--cycle", "TINY-2026", "--by", "total").stderr
    assert "not applicable and blank are left out" in said
    assert "Returns in: 1 of 2." in said and "Not in: Harbour Housing (not started)" in said


def test_a_summary_has_counts_best_first_and_both_kinds_of_share(app: Flask, world: World) -> None:
    a_return(app, world.police, "G N A R", by=POLICE_LEAD, submit=True)
    result = run(app, "summary", "--cycle", "TINY-2026", "--by", "standard")
    assert result.stdout.splitlines() == [
        "cycle,by,key,title,returns,asked,green,amber,red,not_applicable,blank,denominator,"
        "green_pct,amber_pct,red_pct,green_pct_of_all,amber_pct_of_all,red_pct_of_all",
        "TINY-2026,standard,1,Standard 1,1,2,1,0,0,1,0,1,100.0,0.0,0.0,50.0,0.0,0.0",
        "TINY-2026,standard,2,Standard 2,1,2,0,1,1,0,0,2,0.0,50.0,50.0,0.0,50.0,50.0",
    ]


def test_a_cycle_without_returns_gives_a_heading_and_no_fault(app: Flask, world: World) -> None:
    for words in (["ratings"], ["summary", "--by", "total"], ["summary", "--by", "standard"]):
        for basis in ("self", "moderated"):
            result = run(app, *words, "--cycle", "TINY-2026", "--basis", basis)
            assert result.exit_code == 0 and result.stdout.startswith("cycle,")


def test_an_unknown_cycle_is_refused_in_a_sentence(app: Flask, world: World) -> None:
    result = run(app, "ratings", "--cycle", "NOPE")
    assert result.exit_code != 0 and "No cycle has the code “NOPE”." in result.stderr
    assert result.stdout == ""


def test_a_code_that_two_partnerships_use_asks_which(app: Flask) -> None:
    a_cycle_of(app, {"Police of Aller": ("police", "G G G G G G")}, partnership="aller")
    a_cycle_of(app, {"=Fire of Brent": ("fire", "A A A A A A")}, partnership="brent")
    result = run(app, "ratings", "--cycle", CYCLE)
    assert result.exit_code != 0 and "--partnership with one of: aller, brent" in result.stderr
    chosen = run(app, "ratings", "--cycle", CYCLE, "--partnership", "brent")
    rows = list(csv.DictReader(io.StringIO(chosen.stdout)))
    assert {row["rating"] for row in rows} == {"amber"}
    assert {row["organisation"] for row in rows} == {"'=Fire of Brent"}
    assert run(app, "ratings", "--cycle", CYCLE, "--partnership", "nowhere").exit_code != 0


def test_a_summary_by_theme_says_that_it_does_not_add_up(app: Flask, world: World) -> None:
    a_return(app, world.police, "G N A R", by=POLICE_LEAD, submit=True)
    done = run(app, "summary", "--cycle", "TINY-2026", "--by", "theme")
    assert done.exit_code == 0 and "do not add up to the total" in done.stderr
    lines = run(app, "summary", "--cycle", "TINY-2026", "--by", "trust").stdout.splitlines()
    assert lines[1].startswith("TINY-2026,trust,,In no trust,1,4,1,1,1,1,0,3")


@pytest.mark.parametrize("words", [["--by", "weather"], ["--by", "total", "--basis", "gut"], []])
def test_an_option_that_is_none_is_refused(app: Flask, world: World, words: list[str]) -> None:
    result = run(app, "summary", "--cycle", "TINY-2026", *words)
    assert result.exit_code == 2 and "Error: " in result.stderr


def test_figures_can_go_into_a_file(app: Flask, world: World, tmp_path: Path) -> None:
    target = tmp_path / "ratings.csv"
    assert run(app, "ratings", "--cycle", "TINY-2026", "--output", str(target)).stdout == ""
    assert target.read_text() == COLUMNS + "\n"
    refused = run(app, "ratings", "--cycle", "TINY-2026", "--output", str(tmp_path / "no" / "where.csv"))
    assert refused.exit_code != 0 and "could not be written" in refused.stderr


def test_neither_pandas_nor_matplotlib_is_loaded_until_figures_are_wanted() -> None:
    code = "import sys, s11; print(sorted({'pandas', 'numpy', 'matplotlib'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"
