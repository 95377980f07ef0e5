"""What asking 600 organisations costs, and whether each is asked once when the work is killed in between.

    .venv/bin/python bench/issuing.py [--organisations 600] [--kills 20]

A cycle is issued to all of them without a stop: the queries of a batch, and how long a batch holds everybody
else up who wants to save. Then another one, while the process that asks is killed with SIGKILL at a random
moment and begun anew, so many times. At the end each organisation has to have one return and one letter.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, func, select

from s11 import create_app
from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.cycles.operations import begin_issue, plan
from s11.cycles.operations.issuing import ToAsk
from s11.notices.models import Notice
from s11.organisations.models import Organisation
from s11.organisations.queries import partnership_by_code
from s11.questionnaires.queries import edition_by_code
from s11.returns.models import Return
from s11.returns.operations import carry_on
from s11.returns.scheduled import finish_issues
from tests.factories.many import many_schools
from tests.factories.world import World, a_world

WHOLE, KILLED = "WHOLE", "KILLED"
# The longest a process lives before it is killed, as a share of the time the whole takes: some get through
# a few batches, some are killed in their first.
LONGEST = 0.25


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--organisations", type=int, default=600)
    asked.add_argument("--kills", type=int, default=20, help="how often the process that asks is killed")
    asked.add_argument("--seed", type=int, default=26)
    told = asked.parse_args()
    random.seed(told.seed)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), fast_passwords=True))
        apart(lambda: prepared(app, told.organisations))
        apart(lambda: begun(app, WHOLE))
        seconds = said(json.loads(apart(lambda: measured(app))))
        apart(lambda: begun(app, KILLED))
        stopped = sum(killed(app, random.uniform(0, seconds * LONGEST)) for _ in range(told.kills))
        apart(finishing(app))
        return judged(app, told.organisations, stopped)


def apart(work: Callable[[], str]) -> str:
    """Do something in a process of its own, and give what it says: this one holds no connection to share."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, work().encode())
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as heard:
        answer = heard.read()
    _, ended = os.waitpid(child, 0)
    if ended:
        raise SystemExit("a process of the measurement failed: see above")
    return answer


def prepared(app: Flask, count: int) -> str:
    """An invented partnership with so many schools, each with somebody to write to."""
    with app.app_context():
        upgrade()
    world: World = a_world(app)
    many_schools(world, count)
    return ""


def begun(app: Flask, code: str) -> str:
    """A cycle that is to ask all of those schools, and has asked none."""
    with app.app_context(), unit_of_work():
        board, edition = partnership_by_code("northshire"), edition_by_code("SCHOOL-2026")
        assert board is not None and edition is not None
        today = clock.today()
        cycle = plan(board, edition, code=code, title=code, opens_on=today, due_on=today)
        schools = db.session.scalars(select(Organisation).where(Organisation.phase == "secondary"))
        begin_issue(cycle, [ToAsk(school) for school in schools])
    return ""


def measured(app: Flask) -> str:
    """Ask all of them: the queries and the seconds of each batch, and its seconds of processor."""
    queries: list[str] = []
    batches: list[tuple[int, int, float, float]] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: queries.append(told[2]))
        (issue_id,) = cycles.unfinished_issues()
        while True:
            queries.clear()
            began, used = time.perf_counter(), time.process_time()
            with unit_of_work():
                issue = cycles.issue_by_id(issue_id)
                assert issue is not None
                taken = carry_on(issue)
            if not taken:
                return json.dumps(batches)
            batches.append((taken, len(queries), time.perf_counter() - began, time.process_time() - used))


def said(batches: list[tuple[int, int, float, float]]) -> float:
    """Print what it cost; gives the seconds of the whole."""
    taken, queries, seconds, used = zip(*batches, strict=True)
    print(
        f"{sum(taken)} organisations asked in {len(batches)} batches of {max(taken)}, {sum(seconds):.1f} s: "
        f"at most {max(queries)} queries a batch, {max(seconds) * 1000:.0f} ms the longest, "
        f"{sum(used) * 1000 / sum(taken):.1f} ms of processor an organisation"
    )
    return sum(seconds)


def finishing(app: Flask) -> Callable[[], str]:
    """What the clock does with an issue that was stopped."""

    def finish() -> str:
        with app.app_context():
            return finish_issues()

    return finish


def killed(app: Flask, after: float) -> bool:
    """Let a process ask, and kill it after so many seconds; whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            finishing(app)()
        finally:
            os._exit(0)
    time.sleep(after)
    ended, _ = os.waitpid(child, os.WNOHANG)
    if ended:
        return False
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def judged(app: Flask, count: int, stopped: int) -> int:
    """Whether each has one return and one letter in both cycles; 0 if so."""
    good = True
    with app.app_context():
        for code in (WHOLE, KILLED):
            (cycle,) = cycles.by_code(code)
            made = select(func.count(Return.id), func.count(Return.organisation_id.distinct()))
            sent = select(func.count(Notice.id), func.count(Notice.organisation_id.distinct()))
            returns, schools = db.session.execute(made.where(Return.cycle_id == cycle.id)).one()
            letters, written = db.session.execute(sent.where(Notice.about == cycle.ref)).one()
            left = len(cycles.waiting_ids(cycle.id))
            kills = f", {stopped} kills" if code == KILLED else ""
            print(
                f"{code.lower()}{kills}: {returns} returns of {schools} organisations, "
                f"{letters} letters to {written}, {left} left"
            )
            good &= returns == schools == letters == written == count and not left
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
