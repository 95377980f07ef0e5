"""What the matrix, the years and the exports of ratings cost, beside a bare scan of the same rows.

    .venv/bin/python bench/matrix.py [--schools 500] [--criteria 60] [--years 5] [--requests 8] [--rounds 3]

Starts our server and the minimal one, with one worker of four threads each, and asks them in turn. Processor
time is that of the server's processes. The scan is a SELECT of every rating of the years, one row each, from
a table that holds nothing else, read by this process.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade

from bench import minimal
from bench.serving import Ask, Server, gunicorn, sign_in
from s11 import create_app
from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db, put_all, unit_of_work
from s11.cycles import queries as cycles
from s11.organisations.models import Organisation, Seat
from s11.organisations.queries import partnership_by_code
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.questionnaires.queries import content
from s11.returns.models import Submission
from s11.returns.rules import Stage
from tests.factories.questionnaires import tiny
from tests.factories.world import MANAGER, a_cycle, a_world
from tests.pages import PASSWORD

EXPORTED = 120  # criteria
SPLIT = {60: (10, 6), 68: (17, 4), 120: (12, 10)}  # into standards of so many criteria
CHANCES = (0, 0, 0, 0, 1, 1, 2, 254, 255)


def prepare(
    app: Flask, code: str, organisations: int, criteria: int, years: int = 1, kind: str = "school"
) -> str:
    """So many closed years of one framework; gives the ref of the latest cycle."""
    chance = random.Random(code)
    standards, each = SPLIT.get(criteria, (10, max(1, criteria // 10)))
    with app.app_context(), unit_of_work():
        board = partnership_by_code("northshire")
        asked = [
            Organisation(
                name=f"{code} {n:03}", short_name=f"{code[:3]} {n:03}", kind=kind, district=f"D{n % 7}"
            )
            for n in range(organisations)
        ]
        db.session.add_all(asked)
        db.session.flush()
        db.session.add_all(Seat(partnership_id=board.id, organisation_id=one.id) for one in asked)
        for year in range(years):
            name = f"{code}-{year + 1}"
            file = tiny(standards, each, code=name, framework=code)
            edition = load(read(file, "bench.yaml")).edition
            many = len(content(edition).criteria)
            cycle, returns = a_cycle(board, name, name, asked, days=year - years)
            now = clock.now()
            for return_ in returns:
                return_.stage, return_.submitted_at = Stage.SUBMITTED, now - timedelta(days=2)
            put_all(
                Submission,
                [
                    {
                        "return_id": return_.id, "round": 1, "sealed": "{}", "checksum": "",
                        "ratings": bytes(chance.choices(CHANCES, k=many)), "not_applicable_reasons": {},
                        "evidence_counts": {}, "submitted_at": return_.submitted_at, "submitted_by_name": "",
                    }
                    for return_ in returns
                ],
            )  # fmt: skip
            cycles.by_ref(cycle.ref).closed_at = now
        return cycle.ref


def scanned(folder: Path, rows: int, tries: int) -> float:
    """Processor milliseconds of reading so many ratings, one row each, by nothing but SQLite."""
    path = folder / f"scan-{rows}.sqlite3"
    chance = random.Random(rows)
    with sqlite3.connect(path) as made:
        made.execute(
            "CREATE TABLE rating (id INTEGER PRIMARY KEY, return_id INT, criterion_id INT, level INT)"
        )
        made.executemany(
            "INSERT INTO rating (return_id, criterion_id, level) VALUES (?, ?, ?)",
            ((n // 60, n % 60, chance.choice(CHANCES)) for n in range(rows)),
        )
    taken = []
    with sqlite3.connect(path) as read_:
        for _ in range(tries):
            began = time.process_time()
            for _row in read_.execute("SELECT return_id, criterion_id, level FROM rating"):
                pass
            taken.append((time.process_time() - began) * 1000)
    return median(taken)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--schools", type=int, default=500)
    asked.add_argument("--criteria", type=int, default=60)
    asked.add_argument("--exported", type=int, default=EXPORTED)
    asked.add_argument("--years", type=int, default=5)
    asked.add_argument("--requests", type=int, default=8, help="how many a measurement sends")
    asked.add_argument("--rounds", type=int, default=3, help="how often both are asked in turn")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        app = create_app(Settings(data=folder, fast_passwords=True))
        with app.app_context():
            upgrade()
        a_world(app)
        agencies = prepare(app, "AGENCIES", 26, 68, kind="housing")
        schools = prepare(app, "SCHOOLS", told.schools, told.criteria, told.years)
        exported = prepare(app, "EXPORT", told.schools, told.exported)
        small, large = 26 * 68, told.schools * told.criteria * told.years
        scans = {rows: scanned(folder, rows, 9) for rows in (small, large, told.schools * told.exported)}
        minimal_database = str(folder / "minimal.sqlite3")
        minimal.prepare(minimal_database)
        with (
            gunicorn("wsgi:app", {"S11_DATA": place, "S11_FAST_PASSWORDS": "true"}) as ours,
            gunicorn("bench.minimal:app", {"MINIMAL_DATABASE": minimal_database}) as least,
        ):
            many = f"{told.schools} x {told.criteria}"
            out = f"{told.schools} x {told.exported}"
            pages = [
                ("matrix, 26 x 68", f"/analysis/cycles/{agencies}/matrix", small),
                ("criteria, 26 x 68", f"/analysis/cycles/{agencies}/matrix?by=criteria", small),
                ("overview, 26 x 68", f"/analysis/cycles/{agencies}", small),
                (f"matrix, {many} of {told.years} years", f"/analysis/cycles/{schools}/matrix", large),
                (f"sorted, {many}", f"/analysis/cycles/{schools}/matrix?sort=total", large),
                (f"criteria, {many}, a page of 100", f"/analysis/cycles/{schools}/matrix?by=criteria", large),
                (f"years, {many} x {told.years}", f"/analysis/cycles/{schools}/years", large),
                (f"matrix.csv, {many}", f"/analysis/cycles/{schools}/matrix.csv", large),
            ]
            compare(ours, least, pages, scans, told.requests, told.rounds)
            files = [
                (
                    f"ratings as {kind}, {out}",
                    f"/analysis/cycles/{exported}/tables/ratings.{kind}",
                    told.schools * told.exported,
                )
                for kind in ("csv", "xlsx")
            ]
            compare(ours, least, files, scans, min(told.requests, 4), 1)
            most, its = ours.memory() // 1024, least.memory() // 1024
            print(f"Most memory of a process: ours {most} MB, minimal {its} MB")
    return 0


def compare(
    ours: Server,
    least: Server,
    pages: Sequence[tuple[str, str, int]],
    scans: dict[int, float],
    requests: int,
    rounds: int,
) -> None:
    """Each page, asked of both servers in turn, and the scan of the rows it is made of."""
    cookie = sign_in(ours.port, MANAGER, PASSWORD)
    print(
        f"{'':38}{'ours':>10}{'scan':>10}{'ratio':>8}{'minimal':>10}{'ratio':>8}{'refused':>9}{'memory':>9}"
    )
    for name, place, rows in pages:
        ours.measure(opening(place, cookie), users=1, requests=2)  # the questionnaire is read once a process
        pairs = []
        for _ in range(rounds):
            mine = ours.measure(opening(place, cookie), users=2, requests=requests)
            pairs.append((mine, least.measure(opening("/", ""), users=2, requests=max(requests, 20))))
        cpu, other = (median(pair[side].cpu for pair in pairs) for side in (0, 1))
        refused = sum(pair[0].faults for pair in pairs)
        scan = scans[rows]
        print(
            f"{name:38}{cpu:>8.1f}ms{scan:>8.1f}ms{cpu / max(scan, 0.1):>8.1f}{other:>8.1f}ms"
            f"{cpu / max(other, 0.1):>8.1f}{refused:>9}{ours.memory() // 1024:>7}MB"
        )


def opening(place: str, cookie: str) -> Ask:
    return lambda user, count: ("GET", place, None, {"Cookie": cookie} if cookie else {})


if __name__ == "__main__":
    sys.exit(main())
