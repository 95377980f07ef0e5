"""What figures cost: ratings read, added up and made a matrix, beside a bare scan of the same rows.

    .venv/bin/python bench/figures.py [--sizes 26x68 500x60x5 24000x60] [--tries 5]

A size is returns × criteria × years. Each is measured in a process of its own, ours and the scan in turn
(ours, scan, ours, scan). The scan adds up the levels of a table with one row a rating, in SQLite, and does
nothing else. Processor time, the middle of so many tries; the most memory the process has held, with the
whole application loaded. Reading is from the database, each time anew.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade
from sqlalchemy import insert

from bench.serving import ROOT
from s11 import create_app
from s11.analysis.lazy import frames, measures
from s11.analysis.rules import By, levels_of
from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.core.refs import new_ref
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.cycles.operations import plan
from s11.organisations import operations as organisations
from s11.organisations.models import Organisation
from s11.organisations.rules import Kind
from s11.questionnaires.format import read
from s11.questionnaires.operations import freeze, load
from s11.questionnaires.rules import EditionContent
from s11.returns.models import Return, Submission
from s11.returns.packing import BLANK, NOT_APPLICABLE
from s11.returns.rules import Stage
from tests.factories.questionnaires import tiny

SIZES = ("26x68", "500x60x5", "24000x60")
BATCH = 2_000
PHASES = ("primary", "primary", "primary", "secondary", "special", "nursery")
GIVEN = (0, 0, 0, 0, 0, 1, 1, 2, NOT_APPLICABLE, BLANK)  # green, amber, red, and what does not count
NOT_APPLICABLE_AT = "Not run here."
BYS = (By.TOTAL, By.STANDARD)
REACH = 10  # per cent by which a return of the largest may cost more than one of 500


@dataclass(frozen=True)
class Size:
    """So many returns of so many criteria in each of so many years."""

    returns: int
    criteria: int
    years: int = 1

    @classmethod
    def of(cls, words: str) -> "Size":
        return cls(*(int(part) for part in words.split("x")))

    def __str__(self) -> str:
        years = f" × {self.years} years" if self.years > 1 else ""
        return f"{self.returns:,} × {self.criteria}{years}"

    @property
    def rows(self) -> int:
        return self.returns * self.criteria * self.years


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds of reading, of a summary, of a matrix and of the scan; megabytes at most."""

    reading: float
    summary: float
    matrix: float
    scan: float
    at_rest: float
    most: float

    @property
    def whole(self) -> float:
        return self.reading + self.summary + self.matrix


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", nargs="+", default=SIZES)
    asked.add_argument("--tries", type=int, default=5)
    asked.add_argument("--measure", nargs=2, metavar=("FOLDER", "SIZE"), help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.measure:
        folder, words = told.measure
        print(json.dumps(asdict(measured(Path(folder), Size.of(words), told.tries))))
        return 0
    head = (
        ("read", 9),
        ("summary", 9),
        ("matrix", 9),
        ("scan", 8),
        ("ratio", 7),
        ("a return", 11),
        ("memory", 10),
    )
    print(f"{'returns × criteria':24}{''.join(f'{name:>{wide}}' for name, wide in head)}")
    costs = {}
    for size in map(Size.of, told.sizes):
        with tempfile.TemporaryDirectory() as folder:
            prepare(Path(folder), size)
            costs[size] = apart(folder, size, told.tries)
        print(line(size, costs[size]))
    print(growth(costs))
    return 0


def apart(folder: str, size: Size, tries: int) -> Cost:
    """The cost measured in a process of its own, so that its memory is its own too."""
    words = f"{size.returns}x{size.criteria}x{size.years}"
    command = [sys.executable, __file__, "--tries", str(tries), "--measure", folder, words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def line(size: Size, cost: Cost) -> str:
    each = 1000 * cost.whole / (size.returns * size.years)
    return (
        f"{size!s:24}{cost.reading:>7.0f}ms{cost.summary:>7.0f}ms{cost.matrix:>7.0f}ms{cost.scan:>6.1f}ms"
        f"{cost.whole / cost.scan:>7.1f}{each:>8.1f} µs{cost.most:>7.0f} MB ({cost.at_rest:.0f} at rest)"
    )


def growth(costs: dict[Size, Cost]) -> str:
    """What a return of the largest size costs, against one of 500 or the next to it."""
    if len(costs) < 2:
        return ""
    *_, before, largest = sorted(costs, key=lambda size: size.rows)
    one, other = (
        (costs[size].whole / (size.rows / size.criteria)) / size.criteria for size in (before, largest)
    )
    goal = f"goal: at most {100 + REACH} %"
    return f"A rating of {largest} costs {100 * other / one:.0f} % of one of {before} ({goal})."


def prepare(folder: Path, size: Size) -> None:
    """An installation with a closed cycle for each year, and beside it a table with one row a rating."""
    app = create_app(Settings(data=folder, fast_passwords=True))
    chance = random.Random(str(size))
    with app.app_context():
        upgrade()
    plain = sqlite3.connect(folder / "plain.sqlite3")
    plain.execute("CREATE TABLE rating (return_id INTEGER, criterion INTEGER, level INTEGER)")
    with app.app_context(), unit_of_work():
        board = organisations.found(code="bench", name="Bench Partnership")
        text = tiny(10, size.criteria // 10, code="BENCH", framework="S175")
        edition = load(read(with_more(text, size.criteria % 10), "bench.yaml")).edition
        freeze(edition, by=None)
        schools = put_schools(size.returns)
        for year in range(size.years):
            due = clock.today() - timedelta(days=365 * (size.years - year))
            cycle = plan(
                board, edition, code=f"BENCH-{year}", title=f"Year {year}",
                opens_on=due - timedelta(days=40), due_on=due,
            )  # fmt: skip
            cycle.issued_at = cycle.closed_at = clock.now()
            db.session.flush()
            put_returns(cycle, schools, size.criteria, chance, plain, first=year * size.returns + 1)
    plain.commit()
    plain.close()


def with_more(text: str, more: int) -> str:
    """Further criteria at the end of the last standard."""
    return text + "".join(
        f'  - number: "10.{100 + n}"\n    key: more-{n}\n    text: Further criterion {n} is met.\n'
        for n in range(more)
    )


def put_schools(count: int) -> range:
    rows = [
        dict(id=1000 + n, ref=new_ref(), name=f"School {n:05}", short_name=f"School {n:05}", kind=Kind.SCHOOL,
             phase=PHASES[n % len(PHASES)], district=f"District {n % 152}")
        for n in range(count)
    ]  # fmt: skip
    for part in parts_of(rows):
        db.session.execute(insert(Organisation), part)
    return range(1000, 1000 + count)


def put_returns(
    cycle: Cycle,
    schools: range,
    criteria: int,
    chance: random.Random,
    plain: sqlite3.Connection,
    *,
    first: int,
) -> None:
    """A submitted return of each school: evidence for every third answer, a reason where it says so."""
    at = clock.now() - timedelta(days=2)
    numbers = [f"{n // (criteria // 10) + 1}.{n % (criteria // 10) + 1}" for n in range(criteria // 10 * 10)]
    for part in parts_of(list(enumerate(schools, start=first))):
        invitations, returns, submissions, rows = [], [], [], []
        for id_, school in part:
            ratings = bytes(chance.choices(GIVEN, k=criteria))
            away = {
                n: NOT_APPLICABLE_AT
                for n, byte in zip(numbers, ratings, strict=False)
                if byte == NOT_APPLICABLE
            }
            proved = {n: 1 + chance.randrange(3) for n in numbers[chance.randrange(3) :: 3]}
            invitations.append(dict(id=id_, cycle_id=cycle.id, organisation_id=school))
            returns.append(
                dict(id=id_, ref=new_ref(), invitation_id=id_, cycle_id=cycle.id, organisation_id=school,
                     stage=Stage.SUBMITTED, answered=criteria, created_at=at, submitted_at=at)
            )  # fmt: skip
            submissions.append(
                dict(ref=new_ref(), return_id=id_, round=1, sealed="{}", checksum="", ratings=ratings,
                     not_applicable_reasons=away, evidence_counts=proved, submitted_at=at,
                     submitted_by_name="")
            )  # fmt: skip
            rows += [(id_, n, byte) for n, byte in enumerate(ratings)]
        for table, made in ((Invitation, invitations), (Return, returns), (Submission, submissions)):
            db.session.execute(insert(table), made)
        plain.executemany("INSERT INTO rating VALUES (?, ?, ?)", rows)


def parts_of(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def measured(folder: Path, size: Size, tries: int) -> Cost:
    """Ours and the scan in turn; both have to count the same."""
    app = create_app(Settings(data=folder, fast_passwords=True))
    plain = sqlite3.connect(folder / "plain.sqlite3")
    with app.app_context():
        asked = [cycles.by_code(f"BENCH-{year}")[0] for year in range(size.years)]
        edition = cycles.content_of(asked[0])
        at_rest = held()
        pairs = [(ours(asked, edition), scanned(plain)) for _ in range(tries + 1)]
        for (_, best), (_, scanned_best) in pairs:
            assert best == scanned_best, "both ways count the same"
        spent = [own for (own, _), _ in pairs[1:]]  # the first of each warms up
        parts = (median(one[at] for one in spent) for at in range(3))
        return Cost(*parts, median(scan for _, (scan, _) in pairs[1:]), at_rest, held())


def ours(asked: list[Cycle], edition: EditionContent) -> tuple[tuple[float, float, float], int]:
    """Milliseconds of reading, of summaries by total and standard, and of matrices, of all years; and how
    many ratings are at the best level. What is read part by part is added up part by part."""
    levels, reading, adding, crossing, best = levels_of(edition), 0.0, 0.0, 0.0, 0
    for cycle in asked:
        parts, counted = frames.parts(cycle), {by: [] for by in BYS}
        while True:
            spent, frame = timed(next, parts, None)
            reading += spent
            if frame is None:
                break
            for by in BYS:
                spent, table = timed(measures.counts, frame, by, levels)
                adding += spent
                counted[by].append(table)
            crossing += timed(measures.matrix, frame, levels)[0]
        for by in BYS:
            spent, table = timed(measures.together, counted[by], by, levels)
            adding += spent
            best += int(table.loc["total", "best"]) if by is By.TOTAL else 0
    return (reading, adding, crossing), best


def scanned(plain: sqlite3.Connection) -> tuple[float, int]:
    """The bare scan of the same ratings: how many are at the best level."""
    return timed(lambda: plain.execute("SELECT SUM(level = 0) FROM rating").fetchone()[0])


def timed(do: Callable[..., Any], *told: Any) -> tuple[float, Any]:
    """Processor milliseconds of one call, and what it gave."""
    began = time.process_time()
    done = do(*told)
    return 1000 * (time.process_time() - began), done


def held() -> float:
    """The most memory this process has held, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    sys.exit(main())
