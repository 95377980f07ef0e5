"""Two runs at the same moment, and runs that are killed: real processes, one database, one mail server."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from s11 import create_app
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices import operations, queries
from s11.notices.models import Notice
from s11.notices.rules import CLAIM_LASTS, State, state_of
from tests.conftest import SERVER, settings
from tests.notices.letterbox import Letterbox, a_server

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """An application with a database that other processes can open."""
    app = create_app(settings(tmp_path, ""))
    with app.app_context():
        upgrade()
    return app


def queue_many(app: Flask, count: int) -> list[str]:
    addresses = [f"lead{place}@school.example" for place in range(count)]
    with app.app_context(), unit_of_work():
        for address in addresses:
            operations.queue(to_address=address, to_name="A Lead", subject="Due", body="Dear lead,\n\nDue.")
    return addresses


def a_run(app: Flask) -> subprocess.Popen[bytes]:
    """`flask notices send` in a process of its own."""
    own = app.config["S11"]
    told = {
        "S11_DATA": str(own.data),
        "S11_SECRET_KEY": own.secret_key.get_secret_value(),
        "S11_BASE_URL": own.base_url,
        "S11_MAIL_SERVER": own.mail_server,
        "S11_MAIL_PORT": str(own.mail_port),
        "S11_MAIL_TLS": "false",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "notices", "send"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | told, **quiet)  # type: ignore[call-overload, no-any-return]


def ended_well(run: subprocess.Popen[bytes]) -> None:
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors.decode()


def taken(letterbox: Letterbox) -> Counter[str]:
    return Counter(to.partition("<")[2].rstrip(">") for to in letterbox.went_to)


@pytest.mark.skipif(bool(SERVER), reason="the processes have a SQLite database of their own")
def test_two_runs_at_once_send_three_hundred_mails_once_each(own_app: Flask) -> None:
    addresses = queue_many(own_app, 300)
    with a_server(own_app) as letterbox:
        runs = [a_run(own_app), a_run(own_app)]
        for run in runs:
            ended_well(run)
    assert taken(letterbox) == Counter(addresses)
    assert letterbox.connections == 2
    with own_app.app_context():
        assert queries.numbers() == (0, 0, 0)
        assert db.session.scalars(select(Notice.tries).distinct()).all() == [1]


@pytest.mark.skipif(bool(SERVER), reason="the processes have a SQLite database of their own")
def test_a_run_that_is_killed_sends_nothing_twice_and_loses_nothing_in_silence(own_app: Flask) -> None:
    addresses = queue_many(own_app, 60)
    with a_server(own_app) as letterbox:
        letterbox.pause = 0.02
        for enough in (10, 30):
            run = a_run(own_app)
            until = time.monotonic() + 60
            while len(letterbox.mails) < enough and time.monotonic() < until:
                time.sleep(0.005)
            run.send_signal(signal.SIGKILL)
            run.wait()
        letterbox.pause = 0
        with own_app.app_context(), unit_of_work():
            for notice in db.session.scalars(select(Notice).where(Notice.claimed_at.is_not(None))):
                notice.claimed_at = clock.now() - 2 * CLAIM_LASTS
        ended_well(a_run(own_app))
        got = taken(letterbox)
    with own_app.app_context():
        states = {n.to_address: state_of(n, clock.now()) for n in db.session.scalars(select(Notice))}
    unsure = {address for address, state in states.items() if state == State.UNSURE}
    assert max(got.values()) == 1, "somebody got it twice"
    assert set(addresses) - set(got) <= unsure, "somebody got nothing, and nobody is told"
    assert len(unsure) <= 2 and set(states.values()) <= {State.SENT, State.UNSURE}
