"""What the deadline desk of 600 organisations costs, beside the least a page can cost.

    .venv/bin/python bench/desk.py [--organisations 600] [--requests 100] [--rounds 3]

Starts both servers, with one worker of four threads each, and asks them in turn (ours, minimal, ours,
minimal). Processor time is that of the server's processes. The questionnaire is the shipped one, the
organisations stand at every stage, and every answer given is there.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade
from sqlalchemy import event

from bench import minimal
from bench.serving import ROOT, Ask, Server, gunicorn, sign_in
from s11 import create_app
from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.cycles.operations import plan
from s11.desk.narrowing import Narrowing
from s11.desk.pages import chase_of, desk_of, lines_of
from s11.organisations import queries as organisations
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from tests.factories.counties import a_county
from tests.factories.world import MANAGER, a_world
from tests.pages import PASSWORD

BEFORE = ROOT / "seeds/questionnaires/section-11-2025.yaml"
QUESTIONNAIRE = ROOT / "seeds/questionnaires/section-11-2026.yaml"
USERS = 4


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--organisations", type=int, default=600)
    asked.add_argument("--requests", type=int, default=100, help="how many a measurement sends")
    asked.add_argument("--rounds", type=int, default=3, help="how often both are asked in turn")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), fast_passwords=True)
        ref = prepared(settings, told.organisations)
        print(f"{told.organisations} organisations: {counted(settings, ref)}")
        minimal_database = str(Path(folder) / "minimal.sqlite3")
        minimal.prepare(minimal_database)
        own = {"S11_DATA": folder, "S11_FAST_PASSWORDS": "true"}
        with (
            gunicorn("wsgi:app", own) as ours,
            gunicorn("bench.minimal:app", {"MINIMAL_DATABASE": minimal_database}) as least,
        ):
            compare(ours, least, ref, told.requests, told.rounds)
            most, its = ours.memory() // 1024, least.memory() // 1024
            print(f"Most memory of a process: ours {most} MB, minimal {its} MB")
    return 0


def prepared(settings: Settings, count: int) -> str:
    """An installation with one cycle of so many organisations."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
    world = a_world(app)
    with app.app_context(), unit_of_work():
        load(read(BEFORE.read_text(), BEFORE.name))
        edition = load(read(QUESTIONNAIRE.read_text(), QUESTIONNAIRE.name)).edition
        board, today = organisations.partnership_by_code(world.partnership), clock.today()
        cycle = plan(board, edition, code="COUNTY", title="County", opens_on=today, due_on=today)
        ref = cycle.ref
    a_county(app, ref, count)
    return ref


def counted(settings: Settings, ref: str) -> str:
    """What the desk finds, and in how many queries."""
    app = create_app(settings)
    with app.app_context():
        cycle = cycles.by_ref(ref)
        lines_of(cycle)  # the questionnaire is read once a process
        statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        desk = desk_of(lines_of(cycle), Narrowing(), 1, {})
        chase_of(cycle, desk.standing.returned)
        return f"{desk.standing.sentence}, {len(desk.groups)} groups, {len(statements)} queries"


def compare(ours: Server, least: Server, ref: str, requests: int, rounds: int) -> None:
    """Each page, asked of both servers in turn."""
    cookie = sign_in(ours.port, MANAGER, PASSWORD)
    pages = {
        "the desk, first page": f"/cycles/{ref}",
        "narrowed to who is missing": f"/cycles/{ref}?show=missing&sort=activity",
        "today": "/cycles/today",
        "the list as CSV": f"/cycles/{ref}/list.csv",
    }
    print(f"{'':28}{'ours':>10}{'minimal':>10}{'ratio':>8}{'p95 ours':>12}{'refused':>9}")
    for name, place in pages.items():
        at_most = min(requests, 12) if place.endswith(".csv") else requests  # sixty files in ten minutes
        pairs = []
        for _ in range(rounds):
            mine = ours.measure(opening(place, cookie), users=USERS, requests=at_most)
            its = least.measure(opening("/", ""), users=USERS, requests=at_most)
            pairs.append((mine, its))
        cpu, other = (median(pair[side].cpu for pair in pairs) for side in (0, 1))
        p95 = median(pair[0].p95 for pair in pairs) * 1000
        refused = sum(pair[0].faults for pair in pairs)
        print(f"{name:28}{cpu:>8.1f}ms{other:>8.1f}ms{cpu / other:>8.1f}{p95:>10.0f}ms{refused:>9}")


def opening(place: str, cookie: str) -> Ask:
    return lambda user, count: ("GET", place, None, {"Cookie": cookie} if cookie else {})


if __name__ == "__main__":
    sys.exit(main())
