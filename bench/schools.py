"""How long an adviser's page and a school's comparison take with 600 schools, and how many queries.

    .venv/bin/python bench/schools.py [--schools 600] [--criteria 60] [--tries 5]

Processor milliseconds a page, beside those of the help page: the least a page of the application costs.
The number of queries has to be the same for 10 schools and for all.
"""

import argparse
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from s11 import create_app
from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.organisations.models import Organisation, Seat
from s11.organisations.queries import partnership_by_code
from s11.people.rules import Role
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.questionnaires.queries import content
from s11.returns.models import Submission
from s11.returns.rules import Stage
from tests.factories.questionnaires import tiny
from tests.factories.world import EDUCATION_ADVISER, a_cycle, a_person, a_world
from tests.pages import PASSWORD

PHASES = ("primary", "primary", "primary", "secondary", "special", "nursery")


def prepare(app: Flask, schools: int, criteria: int, name: str) -> tuple[str, str]:
    """A closed cycle with so many returns; gives the cycle's ref and that of one school's return."""
    code, chance = f"BENCH-{name}", random.Random(name)
    with app.app_context(), unit_of_work():
        board = partnership_by_code("northshire")
        edition = load(read(tiny(10, criteria // 10, code=code, framework="S175"), "bench.yaml")).edition
        asked = [
            Organisation(
                name=f"School {name} {n:03}", short_name=f"{name} {n:03}", kind="school",
                phase=PHASES[n % len(PHASES)], school_type=f"Type {n % 5}", district=f"District {n % 7}",
            )
            for n in range(schools)
        ]  # fmt: skip
        db.session.add_all(asked)
        db.session.flush()
        db.session.add_all(Seat(partnership_id=board.id, organisation_id=one.id) for one in asked)
        a_person(f"Lead {name}", f"lead-{name}@bench.example", Role.LEAD, asked[0])
        cycle, returns = a_cycle(board, code, code, asked, days=-1)
        many = len(content(edition).criteria)
        for return_ in returns:
            return_.stage, return_.submitted_at = Stage.SUBMITTED, clock.now() - timedelta(days=2)
            packed = bytes(chance.choice((0, 0, 0, 1, 1, 2, 254)) for _ in range(many))
            db.session.add(
                Submission(
                    return_id=return_.id, round=1, sealed="{}", checksum="", ratings=packed,
                    not_applicable_reasons={}, evidence_counts={}, submitted_at=return_.submitted_at,
                    submitted_by_name="",
                )
            )  # fmt: skip
        cycles.by_ref(cycle.ref).closed_at = clock.now()
        return cycle.ref, returns[0].ref


def measure(app: Flask, email: str, path: str, tries: int) -> tuple[float, int]:
    """The middle of the processor milliseconds of a page, and its queries."""
    client, counted, taken = app.test_client(), [], []
    page = client.get("/sign-in").get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    told = {"email": email, "password": PASSWORD, "csrf_token": token}
    client.post("/sign-in", data=told, headers={"Sec-Fetch-Site": "same-origin"})
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *told: counted.append(1))
    assert client.get(path).status_code == 200, path
    for _ in range(tries):
        counted.clear()
        began = time.process_time()
        assert client.get(path).status_code == 200
        taken.append((time.process_time() - began) * 1000)
    return median(taken), len(counted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--schools", type=int, default=600)
    parser.add_argument("--criteria", type=int, default=60)
    parser.add_argument("--tries", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), fast_passwords=True))
        with app.app_context():
            upgrade()
        a_world(app)
        few = prepare(app, 10, options.criteria, "few")
        many = prepare(app, options.schools, options.criteria, "many")
        least, _ = measure(app, EDUCATION_ADVISER, "/help", options.tries)
        print(f"the least page: {least:.0f} ms of processor")
        pages = {
            "adviser's page": (EDUCATION_ADVISER, EDUCATION_ADVISER, "/schools/cycles/{0}?group=Primary"),
            "a group's list": (EDUCATION_ADVISER, EDUCATION_ADVISER, "/schools/cycles/{0}/list?standard=2"),
            "a school beside others": (
                "lead-few@bench.example",
                "lead-many@bench.example",
                "/schools/returns/{1}/beside",
            ),
        }
        for name, (of_few, of_many, path) in pages.items():
            _, queries_few = measure(app, of_few, path.format(*few), 1)
            spent, queries = measure(app, of_many, path.format(*many), options.tries)
            print(
                f"{name}, {options.schools} schools of {options.criteria}: {spent:.0f} ms, "
                f"{spent / least:.0f} times the least; {queries} queries, {queries_few} with 10 schools"
            )
            assert queries == queries_few, f"{name} asks more queries of more schools"


if __name__ == "__main__":
    main()
