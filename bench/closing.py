"""The last minutes before a deadline: hundreds sign and submit while hundreds are still writing.

    .venv/bin/python bench/closing.py [--submissions 600] [--editors 300] [--minutes 10] [--workers 2]

Each organisation has finished its return, all criteria of the shipped questionnaire, and its lead has signed.
In the minutes given, their directors sign in, read the return and sign it as the last, over the pages people
use; the nearer the end, the more of them, as on the last day of a real round. Meanwhile others write: each
saves about every twenty seconds. Every request has to succeed, and all returns have to be in at the end, each
submitted once.
"""

import argparse
import json
import math
import random
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade
from sqlalchemy import func, select

from bench.serving import ROOT, gunicorn, token_in
from s11 import create_app
from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.cycles.operations import plan
from s11.organisations import operations as organisations
from s11.people import queries as people
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import queries
from s11.returns.models import Return, Submission
from s11.returns.operations import AnswerChange, issue, save_answers, sign
from s11.returns.rules import Stage
from tests.factories.world import a_person
from tests.pages import PASSWORD

QUESTIONNAIRES = [ROOT / f"seeds/questionnaires/section-11-{year}.yaml" for year in (2025, 2026)]
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
WORDS = "We do this, we know that it works, and this is what is still missing. " * 4
WINDOWS_OF_ONE = 3  # colleagues who write in the same return
BETWEEN_SAVES = 20.0  # seconds
WARMING = 20
# Whoever writes came before the last minutes began: within this share of them, at most so many seconds.
ARRIVING_SHARE, ARRIVING_MOST = 0.2, 60.0
# The server closes a connection on which nothing came for two seconds; a browser then opens another.
IDLE = 1.0
# How much of the time given the rush lasts: the share of it in which the rate grows by e.
RUSH = 0.4


@dataclass
class Tally:
    """What was asked and how it went: seconds by what was asked, and what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        except Exception as fault:  # a measurement counts what goes wrong, whatever it is
            with self.lock:
                self.faults.append(f"{what}: {type(fault).__name__} {fault}")
            raise Stopped from fault
        finally:
            with self.lock:
                self.taken[what].append(time.perf_counter() - began)


class Stopped(Exception):
    """Somebody's request failed, so they go no further; it is counted already."""


class Window:
    """A browser window: one connection, its cookies, and the last page."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.tally, self.page, self.last_asked = tally, "", time.monotonic()

    def ask(
        self, what: str, method: str, place: str, fields: dict[str, str] | None = None, **more: str
    ) -> int:
        """Send one request, and take what came for the page one is on."""
        with self.tally.timed(what):
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            sent = {**FORM, "Cookie": cookies, **more}
            if time.monotonic() - self.last_asked > IDLE:
                self.connection.close()
            self.connection.request(method, place, urlencode(fields) if fields else None, sent)
            answer = self.connection.getresponse()
            self.page = answer.read().decode("utf-8", "replace")
            self.last_asked = time.monotonic()
            for changed in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = changed.partition(";")[0].partition("=")
                self.cookies[name] = value
            if answer.status >= 400:
                raise ValueError(f"{method} {place} answered {answer.status}")
            return answer.status

    def sign_in(self, email: str) -> None:
        self.ask("open the sign-in page", "GET", "/sign-in")
        fields = {"csrf_token": token_in(self.page), "email": email, "password": PASSWORD}
        self.ask("sign in", "POST", "/sign-in", fields)


@dataclass(frozen=True)
class Ready:
    """What was prepared: the returns to be submitted and those still written, by ref."""

    finished: list[str]
    written: list[str]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--submissions", type=int, default=600)
    asked.add_argument("--editors", type=int, default=300)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--workers", type=int, default=2, help="processes of the server, four threads each")
    asked.add_argument("--database", default="", help="an empty database, as a SQLAlchemy address")
    asked.add_argument("--seed", type=int, default=26)
    told = asked.parse_args()
    random.seed(told.seed)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=told.database, fast_passwords=True)
        ready = prepared(settings, told.submissions, math.ceil(told.editors / WINDOWS_OF_ONE))
        own = {"S11_DATA": folder, "S11_DATABASE_URL": told.database, "S11_FAST_PASSWORDS": "true"}
        tally = Tally()
        with gunicorn("wsgi:app", own, workers=told.workers) as server:
            run(server.port, ready, tally, seconds=told.minutes * 60, editors=told.editors)
            memory = server.memory() // 1024
        return judged(settings, tally, ready, memory)


def prepared(settings: Settings, finished: int, written: int) -> Ready:
    """A partnership whose organisations have finished, all but the last signature, and some that have not."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
        with unit_of_work():
            board = organisations.found(code="bench", name="Bench Partnership")
            for path in QUESTIONNAIRES:
                load(read(path.read_text(), path.name))
            edition = questionnaires.edition_by_code("S11-2026")
            assert edition is not None
            bodies = [
                organisations.add(board, name=f"Agency {number}", kind="police")
                for number in range(finished + written)
            ]
            today = clock.today()
            cycle = plan(board, edition, code="LAST", title="The last day", opens_on=today, due_on=today)
            returns = issue(cycle, bodies, tell=False)
            refs = [one.ref for one in returns]
            for number, body in enumerate(bodies):
                a_person(f"Lead {number}", f"lead{number}@bench.example", Role.LEAD, body)
                signing = f"director{number}@bench.example"
                a_person(f"Director {number}", signing, Role.SIGNATORY, body, signs_as="director")
        for number, ref in enumerate(refs[:finished]):
            with unit_of_work():
                complete(ref, number)
    return Ready(refs[:finished], refs[finished:])


def complete(ref: str, number: int) -> None:
    """Answer everything, and give the lead's signature."""
    return_, lead = queries.by_ref(ref), people.by_address(f"lead{number}@bench.example")
    assert return_ is not None and lead is not None
    criteria = [c for standard in queries.standards_of(return_) for c in standard.criteria]
    words = f"{WORDS}{number}"
    changes = [AnswerChange(c.id, 0, level_id=c.scale.levels[0].id, commentary=words) for c in criteria]
    save_answers(return_, changes, by=lead)
    sign(return_, "lead", by=lead, role="Head of safeguarding")


def run(port: int, ready: Ready, tally: Tally, *, seconds: float, editors: int) -> None:
    """Let them come: those who sign at their moment, the others writing from the beginning to the end."""
    for _ in range(WARMING):  # the first page a process makes reads every template
        Window(port, Tally()).ask("", "GET", "/sign-in")
    arriving = min(ARRIVING_MOST, seconds * ARRIVING_SHARE)
    began, over = time.monotonic() + arriving, threading.Event()
    writers = [
        threading.Thread(target=write, args=(port, tally, ready, number, over, arriving), daemon=True)
        for number in range(editors)
    ]
    signers = [
        threading.Thread(target=submit, args=(port, tally, ref, number, began + moment), daemon=True)
        for number, (ref, moment) in enumerate(
            zip(ready.finished, arrivals(len(ready.finished), seconds), strict=True)
        )
    ]
    for thread in [*writers, *signers]:
        thread.start()
    for thread in signers:
        thread.join()
    over.set()
    for thread in writers:
        thread.join(timeout=60)


def arrivals(count: int, seconds: float) -> list[float]:
    """The moments at which people begin to sign: the nearer the end, the closer together."""
    rush = seconds * RUSH
    most = math.exp(seconds / rush)
    return sorted(rush * math.log(1 + random.random() * (most - 1)) for _ in range(count))


def submit(port: int, tally: Tally, ref: str, number: int, moment: float) -> None:
    """One director: sign in, read the return, sign it, look at the receipt."""
    time.sleep(max(0.0, moment - time.monotonic()))
    window = Window(port, tally)
    with suppress(Stopped):
        window.sign_in(f"director{number}@bench.example")
        window.ask("read before signing", "GET", f"/returns/{ref}/check")
        fields = hidden_fields(window.page, f"/returns/{ref}/sign/director")
        window.ask("sign and submit", "POST", f"/returns/{ref}/sign/director", fields | {"role": "Director"})
        window.ask("read the receipt", "GET", f"/returns/{ref}/receipt")


def hidden_fields(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts to an address."""
    form = page[page.index(f'action="{action}"') :].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def write(port: int, tally: Tally, ready: Ready, number: int, over: threading.Event, arriving: float) -> None:
    """One window in which somebody writes: one answer of a standard, saved again and again as they type."""
    place, mine = divmod(number, WINDOWS_OF_ONE)
    ref, window = ready.written[place], Window(port, tally)
    over.wait(random.random() * arriving)
    with suppress(Stopped):
        window.sign_in(f"lead{len(ready.finished) + place}@bench.example")
        address = f"/returns/{ref}/standards/{mine + 1}"
        window.ask("open a standard", "GET", address)
        token = token_in(window.page)
        found = re.search(r'name="v(\d+)" value="(\d+)"', window.page)
        assert found is not None
        criterion, version = found[1], found[2]
        while not over.wait(random.uniform(0.5, 1.5) * BETWEEN_SAVES):
            words = f"{WORDS}{number} {version}"
            fields = {"csrf_token": token, f"v{criterion}": version, f"r{criterion}": "green"}
            window.ask(
                "save an answer",
                "POST",
                address,
                fields | {f"c{criterion}": words},
                Accept="application/json",
            )
            version = str(json.loads(window.page)["answers"][criterion]["version"])


def judged(settings: Settings, tally: Tally, ready: Ready, memory: int) -> int:
    """What came of it, printed; 1 where a request failed or a return is not in."""
    app = create_app(settings)
    with app.app_context():
        stages = (Return.stage.in_([Stage.SUBMITTED]), Return.ref.in_(ready.finished))
        there = db.session.scalar(select(func.count()).select_from(Return).where(*stages))
        sealed = db.session.scalar(select(func.count()).select_from(Submission))
    print(f"{'':24}{'requests':>9}{'middle':>10}{'p95':>10}{'longest':>10}")
    for what, taken in tally.taken.items():
        p95 = quantiles(taken, n=20)[18] if len(taken) > 1 else taken[0]
        middle, longest = median(taken) * 1000, max(taken) * 1000
        print(f"{what:24}{len(taken):>9}{middle:>8.0f}ms{p95 * 1000:>8.0f}ms{longest:>8.0f}ms")
    every = [one for taken in tally.taken.values() for one in taken]
    print(
        f"{len(every)} requests, {len(tally.faults)} failed, p95 {quantiles(every, n=20)[18] * 1000:.0f} ms; "
        f"{there} of {len(ready.finished)} returns in, {sealed} submissions; most memory {memory} MB"
    )
    for fault in tally.faults[:10]:
        print(f"  {fault}")
    return 0 if not tally.faults and there == sealed == len(ready.finished) else 1


if __name__ == "__main__":
    sys.exit(main())
