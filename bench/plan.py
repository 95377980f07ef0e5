"""What the composite plan of 2,000 actions and 20,000 updates costs, beside a bare scan of the same rows.

    .venv/bin/python bench/plan.py [--actions 2000] [--updates 20000] [--requests 12] [--rounds 3]

Starts our server, with one worker of four threads, and asks it and the scan in turn (ours, scan, ours,
scan). Processor time is that of the server's processes. The scan is a SELECT of every column of the actions,
and where a page is made of them of every update, read by this process from the same database with nothing
but SQLite. Each page has to take as many queries as with a twentieth of the plan.
"""

import argparse
import re
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from bench.serving import Ask, Server, gunicorn, sign_in
from s11 import create_app
from s11.core.config import Settings
from s11.core.database import db
from tests.factories.plans import a_plan
from tests.factories.world import CHAIR, a_world
from tests.pages import PASSWORD, Browser

# With fewer actions the narrowed page would find none, and ask nothing further about them.
SMALLEST = 60
# Somebody may take away sixty files in ten minutes.
FILE, FILES_AT_MOST = re.compile(r"\.\w+$"), 5
ACTIONS, UPDATES = "SELECT * FROM action", "SELECT * FROM action_update"
PAGES = {
    "the plan, first page": ("/actions/", (ACTIONS,)),
    "narrowed by six": (
        "/actions/?status=open&source=review&priority=high&theme=Information+sharing&owner=alex&search=team",
        (ACTIONS,),
    ),
    "grouped by theme": ("/actions/?group=theme", (ACTIONS,)),
    "grouped by owner, page 9": ("/actions/?group=owner&page=9", (ACTIONS,)),
    "what changed in three months": ("/actions/since", (ACTIONS, UPDATES)),
    "what the plan lacks": ("/actions/gaps", (ACTIONS,)),
    "the plan as CSV": ("/actions/plan.csv", (ACTIONS,)),
    "the plan as Word": ("/actions/papers/plan.docx", (ACTIONS,)),
    "the plan as Excel": ("/actions/papers/plan.xlsx", (ACTIONS,)),
}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--actions", type=int, default=2000)
    asked.add_argument("--updates", type=int, default=20_000)
    asked.add_argument("--requests", type=int, default=12, help="how many a measurement sends")
    asked.add_argument("--rounds", type=int, default=3, help="how often both are asked in turn")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        app = create_app(Settings(data=Path(place), fast_passwords=True))
        with app.app_context():
            upgrade()
        a_world(app)
        small, said = max(told.actions // 20, SMALLEST), told.updates // 20
        a_plan(app, small, said, agencies=5)
        few = queries_of(app)
        a_plan(app, told.actions - small, told.updates - said)
        many = queries_of(app)
        print(f"{told.actions} actions, {told.updates} updates")
        with gunicorn("wsgi:app", {"S11_DATA": place, "S11_FAST_PASSWORDS": "true"}) as ours:
            compare(ours, Path(place) / "s11.sqlite3", few, many, told.requests, told.rounds)
            print(f"Most memory of a process: {ours.memory() // 1024} MB")
    return 0 if few == many else 1


def queries_of(app: Flask) -> dict[str, int]:
    """How many statements each page sends."""
    browser = Browser(app)
    browser.sign_in(CHAIR)
    with app.app_context():
        engine = db.engine
    told: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *words: told.append(words[2]))
    found = {}
    for name, (place, _) in PAGES.items():
        told.clear()
        browser.open(place)
        found[name] = len(told)
    return found


def scanned(database: Path, statements: tuple[str, ...]) -> float:
    """Processor milliseconds of reading these rows."""
    began = time.process_time()
    with sqlite3.connect(database) as read:
        for statement in statements:
            for _row in read.execute(statement):
                pass
    return (time.process_time() - began) * 1000


def compare(
    ours: Server, database: Path, few: dict[str, int], many: dict[str, int], requests: int, rounds: int
) -> None:
    """Each page, and the scan of what it is made of, in turn."""
    cookie = sign_in(ours.port, CHAIR, PASSWORD)
    heads = f"{'':30}{'ours':>10}{'scan':>10}{'ratio':>8}{'p95 ours':>12}"
    print(f"{heads}{'queries':>9}{'refused':>9}{'memory':>9}")
    for name, (place, statements) in PAGES.items():
        at_most = min(requests, FILES_AT_MOST) if FILE.search(place) else requests
        pairs = []
        for _ in range(rounds):
            mine = ours.measure(opening(place, cookie), users=2, requests=at_most)
            pairs.append((mine, scanned(database, statements)))
        cpu, scan = median(mine.cpu for mine, _ in pairs), median(scan for _, scan in pairs)
        p95 = median(mine.p95 for mine, _ in pairs) * 1000
        refused = sum(mine.faults for mine, _ in pairs)
        counted = str(many[name]) if few[name] == many[name] else f"{few[name]}-{many[name]}"
        print(
            f"{name:30}{cpu:>8.1f}ms{scan:>8.1f}ms{cpu / max(scan, 0.1):>8.1f}{p95:>10.0f}ms{counted:>9}"
            f"{refused:>9}{ours.memory() // 1024:>7}MB"
        )


def opening(place: str, cookie: str) -> Ask:
    return lambda user, count: ("GET", place, None, {"Cookie": cookie})


if __name__ == "__main__":
    sys.exit(main())
