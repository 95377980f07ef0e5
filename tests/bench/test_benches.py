"""The measurements run, and what they find wrong is found: a small round of each, without a limit on time."""

import subprocess
import sys
from pathlib import Path

import pytest

# They fork, and read what processes have used where Linux tells it.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="The benches measure on Linux.")
ROOT = Path(__file__).resolve().parents[2]


def run(script: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, f"bench/{script}", *options], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_nothing_acknowledged_is_lost_when_the_server_is_killed() -> None:
    said = run("losing_nothing.py", "--kills", "4")
    assert "4 kills" in said and "Lost: 0." in said and "Trail broken: no." in said


def test_the_desk_of_a_county_is_set_beside_the_least_it_can_cost() -> None:
    said = run("desk.py", "--organisations", "20", "--requests", "8", "--rounds", "1")
    assert "20 organisations: 20 asked; 10 returned, 50.0 %, 7 groups, 16 queries" in said
    assert "the desk, first page" in said and "the list as CSV" in said


def test_each_organisation_is_asked_once_however_often_the_work_is_killed() -> None:
    said = run("issuing.py", "--organisations", "60", "--kills", "3")
    assert "60 organisations asked in 2 batches of 50" in said and "at most 26 queries a batch" in said
    assert "kills: 60 returns of 60 organisations, 60 letters to 60, 0 left" in said


def test_a_standards_page_is_set_beside_the_least_it_can_cost() -> None:
    said = run("answering.py", "--requests", "32", "--rounds", "1")
    assert "67 criteria: 0 missing, 3 queries" in said
    assert "open a standard of 7" in said and "save one answer" in said


def test_everybody_gets_their_return_in_in_the_last_minutes() -> None:
    said = run("closing.py", "--submissions", "4", "--editors", "3", "--minutes", "0.05", "--workers", "1")
    assert " 0 failed" in said and "4 of 4 returns in, 4 submissions" in said


def test_pages_of_many_schools_ask_as_many_queries_as_those_of_few() -> None:
    said = run("schools.py", "--schools", "24", "--criteria", "20", "--tries", "1")
    assert "adviser's page, 24 schools of 20" in said and "a school beside others, 24 schools of 20" in said


def test_packs_are_written_in_each_format_with_what_it_costs() -> None:
    said = run("packs.py", "--agencies", "2", "--criteria", "4", "--schools", "3")
    for name in ("PDF", "Word", "PowerPoint", "Excel"):
        assert f"chair’s pack, 2 agencies of 4, {name}: " in said
        assert f"cluster pack, 3 schools of 4, {name}: " in said


def test_the_matrix_and_its_files_are_set_beside_a_scan_of_the_same_rows() -> None:
    said = run("matrix.py", "--schools", "12", "--criteria", "20", "--exported", "20", "--years", "2",
               "--requests", "2", "--rounds", "1")  # fmt: skip
    assert "matrix, 12 x 20 of 2 years" in said and "ratings as xlsx, 12 x 20" in said
    assert "Most memory of a process" in said


def test_figures_read_by_part_and_a_bare_scan_count_the_same_and_are_set_side_by_side() -> None:
    said = run("figures.py", "--sizes", "12x20", "30x20x2", "--tries", "1")
    assert "12 × 20" in said and "30 × 20 × 2 years" in said
    assert "A rating of 30 × 20 × 2 years costs" in said and "at rest)" in said


def test_a_large_plan_is_set_beside_a_scan_of_its_rows_and_takes_the_queries_of_a_small_one() -> None:
    said = run("plan.py", "--actions", "200", "--updates", "400", "--requests", "4", "--rounds", "1")
    assert "200 actions, 400 updates" in said and "what changed in three months" in said
    assert "Most memory of a process" in said
