"""What opening a standard and saving one answer cost, beside the least such a page can cost.

    .venv/bin/python bench/answering.py [--requests 400] [--rounds 3]

Starts both servers, with one worker of four threads each, and asks them in turn (ours, minimal, ours,
minimal). Processor time is that of the server's processes; the ratio is what counts. The questionnaire is the
shipped one, all of it answered.
"""

import argparse
import json
import re
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from bench import minimal
from bench.serving import ROOT, Measured, Server, gunicorn, sign_in
from s11 import create_app
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import queries
from s11.returns.operations import AnswerChange, save_answers
from tests.factories.audit import an_audit_of
from tests.factories.world import POLICE_LEAD, a_world
from tests.pages import PASSWORD

BEFORE = ROOT / "seeds/questionnaires/section-11-2025.yaml"
QUESTIONNAIRE = ROOT / "seeds/questionnaires/section-11-2026.yaml"
STANDARD = "3"  # seven criteria
MOST_STANDARDS = 10
USERS = (8, 32)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
WORDS = "We do this, we know that it works, and this is what is still missing. " * 5


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--requests", type=int, default=400, help="how many a measurement sends")
    asked.add_argument("--rounds", type=int, default=3, help="how often both are asked in turn")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), fast_passwords=True)
        ref = prepared(settings)
        print(f"Completeness of {counted(settings, ref)}")
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


def prepared(settings: Settings) -> str:
    """An installation with one return whose every criterion is answered."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
    world = a_world(app)
    with app.app_context(), unit_of_work():
        load(read(BEFORE.read_text(), BEFORE.name))
    ref = an_audit_of(world, QUESTIONNAIRE.read_text())
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref)
        criteria = [c for standard in queries.standards_of(return_) for c in standard.criteria]
        changes = [AnswerChange(c.id, 0, level_id=c.scale.levels[0].id, commentary=WORDS) for c in criteria]
        save_answers(return_, changes, by=None)
    return ref


def counted(settings: Settings, ref: str) -> str:
    """How many queries it takes to know what is missing in a whole return."""
    app: Flask = create_app(settings)
    with app.app_context():
        return_ = queries.by_ref(ref)
        queries.gaps_of(return_)  # the questionnaire is read once a process
        statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        asked = sum(len(standard.criteria) for standard in queries.standards_of(return_))
        missing = queries.gaps_of(return_)
        return f"{asked} criteria: {len(missing)} missing, {len(statements)} queries"


def compare(ours: Server, least: Server, ref: str, requests: int, rounds: int) -> None:
    """Both jobs, asked of both servers in turn."""
    cookie = sign_in(ours.port, POLICE_LEAD, PASSWORD)
    place = f"/returns/{ref}/standards/{STANDARD}"
    jobs = {
        "open a standard of 7": (lambda user, count: ("GET", place, None, {"Cookie": cookie}), opening),
        "save one answer": (Saving(ours.port, ref, cookie), least_saving),
    }
    print(f"{'':22}{'users':>6}{'ours':>10}{'minimal':>10}{'ratio':>8}{'p95 ours':>12}{'refused':>9}")
    for job, (own, other) in jobs.items():
        for users in USERS:
            ours.measure(own, users=4, requests=40)
            least.measure(other, users=4, requests=40)
            pairs: list[tuple[Measured, Measured]] = [
                (
                    ours.measure(own, users=users, requests=requests),
                    least.measure(other, users=users, requests=requests),
                )
                for _ in range(rounds)
            ]
            mine, its = (median(pair[side].cpu for pair in pairs) for side in (0, 1))
            p95 = median(pair[0].p95 for pair in pairs) * 1000
            refused = sum(pair[0].faults for pair in pairs)
            print(
                f"{job:22}{users:>6}{mine:>8.2f}ms{its:>8.2f}ms{mine / its:>8.1f}{p95:>10.0f}ms{refused:>9}"
            )


def opening(user: int, count: int) -> tuple[str, str, None, dict[str, str]]:
    return "GET", "/", None, {}


def least_saving(user: int, count: int) -> tuple[str, str, str, dict[str, str]]:
    return "POST", "/", urlencode({"c1": f"{WORDS} {user} {count}"}), FORM


class Saving:
    """Each user writes one answer of their own, again and again, from the version they were told last."""

    def __init__(self, port: int, ref: str, cookie: str) -> None:
        self.places: list[tuple[str, str]] = []
        self.versions: list[str] = []
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        number = 0
        while number < MOST_STANDARDS:
            number += 1
            place = f"/returns/{ref}/standards/{number}"
            connection.request("GET", place, headers={"Cookie": cookie})
            answer = connection.getresponse()
            page = answer.read().decode()
            if answer.headers["Set-Cookie"]:  # the session now knows the token of its forms
                changed = answer.headers["Set-Cookie"].partition(";")[0]
                name = changed.partition("=")[0]
                kept = [one for one in cookie.split("; ") if not one.startswith(f"{name}=")]
                cookie = "; ".join([*kept, changed])
            for criterion, version in re.findall(r'name="v(\d+)" value="(\d+)"', page):
                self.places.append((place, criterion))
                self.versions.append(version)
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        self.headers = {**FORM, "Cookie": cookie, "Sec-Fetch-Site": "same-origin"}

    def __call__(self, user: int, count: int) -> tuple[str, str, str, dict[str, str]]:
        place, criterion = self.places[user]
        fields = {
            "csrf_token": self.token,
            f"v{criterion}": self.versions[user],
            f"r{criterion}": "green",
            f"c{criterion}": f"{WORDS}{count} {self.versions[user]}",
        }
        return "POST", place, urlencode(fields), self.headers

    def hear(self, user: int, content: bytes) -> None:
        self.versions[user] = str(json.loads(content)["answers"][self.places[user][1]]["version"])


if __name__ == "__main__":
    sys.exit(main())
