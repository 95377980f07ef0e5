"""Does the time an answer takes tell whether an address is known? Ratios of medians, within one run.

    .venv/bin/python bench/signing_in.py [--tries 200]

Real password hashing, a database of its own in a temporary folder, and no limit in the way: what is
counted against guessing is emptied between tries, since it answers everybody alike once it is full.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import delete

from s11 import create_app
from s11.access.models import Guess
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.people import operations as people

KNOWN, INACTIVE, UNKNOWN = "known@bench.example", "gone@bench.example", "unknown@bench.example"
WITHIN = 0.10


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tries", type=int, default=200, help="how often each is tried")
    tries = asked.parse_args().tries
    with tempfile.TemporaryDirectory() as folder:
        app = prepared(Path(folder))
        worst = 0.0
        for name, path, fields in (
            ("sign in", "/sign-in", {"password": "this is not the password"}),
            ("new password", "/forgotten", {}),
        ):
            times = measured(app, path, fields, tries)
            usual = median(times[KNOWN])
            print(f"{name}: known {usual * 1000:.1f} ms (median of {tries})")
            for address in (UNKNOWN, INACTIVE):
                ratio = median(times[address]) / usual
                worst = max(worst, abs(ratio - 1))
                print(f"  {address.split('@')[0]:8} {ratio:.3f}")
    print(f"Furthest from 1: {worst:.1%}. {'Within' if worst <= WITHIN else 'Beyond'} {WITHIN:.0%}.")
    return 0


def prepared(folder: Path) -> Flask:
    """An application with somebody known and somebody who may no longer sign in."""
    app = create_app(Settings(data=folder, base_url="http://localhost"))
    with app.app_context():
        upgrade()
        with unit_of_work():
            people.add(name="Known", email=KNOWN, password="four quiet unrelated words")
            gone = people.add(name="Gone", email=INACTIVE, password="four quiet unrelated words")
            gone.active = False
    return app


def measured(app: Flask, path: str, fields: dict[str, str], tries: int) -> dict[str, list[float]]:
    """Seconds each try took, by address; the addresses take turns, so that drift falls on all alike."""
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: [], INACTIVE: []}
    for number in range(tries + 5):
        for address, taken in times.items():
            client = app.test_client()
            data = {**fields, "email": address, "csrf_token": token(client, path)}
            forget_guesses(app)
            began = perf_counter()
            answer = client.post(path, data=data, headers={"Sec-Fetch-Site": "same-origin"})
            seconds = perf_counter() - began
            assert answer.status_code in (200, 422), answer.status
            if number >= 5:  # the first few load what is loaded once
                taken.append(seconds)
    return times


def token(client: FlaskClient, path: str) -> str:
    page = client.get(path).get_data(as_text=True)
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def forget_guesses(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(delete(Guess))


if __name__ == "__main__":
    sys.exit(main())
