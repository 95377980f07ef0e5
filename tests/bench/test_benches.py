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
    assert "20 organisations: 20 asked; 10 returned, 50.0 %, 7 groups, 20 queries" in said
    assert "the desk, first page" in said and "the list as CSV" in said


def test_a_standards_page_is_set_beside_the_least_it_can_cost() -> None:
    said = run("answering.py", "--requests", "32", "--rounds", "1")
    assert "67 criteria: 0 missing, 3 queries" in said
    assert "open a standard of 7" in said and "save one answer" in said
