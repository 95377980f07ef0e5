"""Does anything a page called "saved" get lost when the server is killed while people save?

    .venv/bin/python bench/losing_nothing.py [--kills 200] [--database postgresql+psycopg://…]

Two people, with several windows each, put unique words into the same answers through the real interface. Each
begins from what their window last saw and puts both texts together where somebody was quicker. Meanwhile
the server is killed with SIGKILL in the midst of it, at a random moment, and started again. At the end every
word whose save was acknowledged has to stand in its answer, the versions of each answer have to be without a
gap, and the trail's chain has to be whole. Without a database named it makes an SQLite one in a temporary
folder; a database named has to be empty, and is filled.
"""

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import select, text
from werkzeug.serving import make_server

from s11 import create_app
from s11.core.config import Settings
from s11.core.database import db
from s11.returns.models import Answer, AnswerVersion
from tests.factories.world import POLICE_DEPUTY, POLICE_LEAD, World, a_world
from tests.pages import PASSWORD

WINDOWS = 3  # of each of the two people
MOST_SAVES, LONGEST_AFTER = 6, 0.06  # a server lives for so many saves at most, and so many seconds after


@dataclass
class Tally:
    """What came of it: words acknowledged by criterion, saves that got no answer, and clashes."""

    words: dict[str, list[str]] = field(default_factory=dict)
    unanswered: int = 0
    clashes: int = 0
    acknowledged: int = 0
    signed_in: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=200, help="how often the server is killed")
    asked.add_argument("--database", default="", help="an empty database, as a SQLAlchemy address")
    asked.add_argument("--seed", type=int, default=26)
    told = asked.parse_args()
    random.seed(told.seed)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=told.database, fast_passwords=True)
        ref = prepared(settings)
        tally, began = Tally(), time.monotonic()
        kills = run(settings, ref, told.kills, tally)
        return judged(settings, tally, kills, time.monotonic() - began)


def prepared(settings: Settings) -> str:
    """An invented partnership in the database, made in a process of its own: this one holds no connection."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        app = create_app(settings)
        with app.app_context():
            upgrade()
        world: World = a_world(app)
        os.write(writing, world.police.encode())
        os._exit(0)
    os.wait()
    return os.read(reading, 100).decode()


def run(settings: Settings, ref: str, kills: int, tally: Tally) -> int:
    """Let people save and kill the server under them, so many times."""
    app, port, over = create_app(settings), free_port(), threading.Event()
    with server(app, port):
        windows = [
            threading.Thread(target=window, args=(port, who, ref, number, tally, over), daemon=True)
            for number, who in enumerate([POLICE_LEAD, POLICE_DEPUTY] * WINDOWS)
        ]
        for one in windows:
            one.start()
        until(lambda: tally.signed_in == len(windows))  # from here on the server may go at any moment
    for _ in range(kills):
        with server(app, port):
            enough = tally.acknowledged + random.randint(1, MOST_SAVES)
            until(lambda enough=enough: tally.acknowledged >= enough)
            time.sleep(random.uniform(0, LONGEST_AFTER))
    with server(app, port):
        over.set()
        for one in windows:
            one.join(timeout=60)
    return kills


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("nobody gets on: is something wrong with the server?")
        time.sleep(0.002)


@contextmanager
def server(app: Flask, port: int) -> Iterator[None]:
    """The application behind a real server in a process of its own, which ends with SIGKILL."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        make_server("127.0.0.1", port, app, threaded=True).serve_forever()
    try:
        until(lambda: answers(port))
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def window(port: int, who: str, ref: str, number: int, tally: Tally, over: threading.Event) -> None:
    """One window: sign in, open a standard, and go on adding words until it is over."""
    browser = Browser(port)
    browser.sign_in(who)
    page = browser.ask("GET", f"/returns/{ref}/standards/1")[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    held = {criterion: {"version": version, "text": ""} for criterion, version in criteria_of(page)}
    count = 0
    with tally.lock:
        tally.signed_in += 1
    # Nobody writes before everybody has the empty page: what a page holds is what its window began from.
    until(lambda: tally.signed_in == WINDOWS * 2)
    while not over.is_set():
        count += 1
        criterion = random.choice(list(held))
        word = f"w{number}x{count}"
        state = held[criterion]
        state["text"] = f"{state['text']} {word}".strip()
        while not over.is_set():
            fields = {
                "csrf_token": token,
                f"v{criterion}": state["version"],
                f"r{criterion}": "",
                f"c{criterion}": state["text"],
            }
            status, said = browser.save(f"/returns/{ref}/standards/1", fields)
            if said is None:
                with tally.lock:
                    tally.unanswered += 1
                time.sleep(0.02)
                continue
            now = said["answers"][criterion]
            state["version"] = now["version"]
            if status == 412:
                theirs = now["boxes"][f"c{criterion}"]
                # It may be there already: a save whose answer was lost is not a save that was lost.
                state["text"] = theirs if word in theirs.split() else f"{theirs} {word}"
                with tally.lock:
                    tally.clashes += 1
                continue
            state["text"] = now["boxes"][f"c{criterion}"]
            with tally.lock:
                tally.words.setdefault(criterion, []).append(word)
                tally.acknowledged += 1
            break


def criteria_of(page: str) -> list[tuple[str, str]]:
    return re.findall(r'name="v(\d+)" value="(\d+)"', page)


class Browser:
    """Just enough of one: cookies, and connections that may break."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}

    def ask(self, method: str, path: str, body: str = "", accept: str = "text/html") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": accept,
            "Sec-Fetch-Site": "same-origin",
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, content

    def sign_in(self, who: str) -> None:
        page = self.ask("GET", "/sign-in")[1]
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        fields = {"csrf_token": token, "email": who, "password": PASSWORD}
        status, _ = self.ask("POST", "/sign-in", urlencode(fields))
        assert status == 303, status

    def save(self, path: str, fields: dict[str, str]) -> tuple[int, dict | None]:
        """The status and what was said; None where no answer came, or none about answers."""
        try:
            status, content = self.ask("POST", path, urlencode(fields), accept="application/json")
            said = json.loads(content)
        except (OSError, http.client.HTTPException, ValueError):
            return 0, None
        return (status, said) if "answers" in said else (status, None)


def verified() -> str:
    """What the trail's own check finds wrong, in its words; empty where nothing is."""
    done = current_app.test_cli_runner().invoke(args=["trail", "verify"])
    return "" if done.exit_code == 0 else done.output


def judged(settings: Settings, tally: Tally, kills: int, seconds: float) -> int:
    """Look into the database: print what was found, and 1 where anything acknowledged is missing."""
    app = create_app(settings)
    acknowledged = sum(len(words) for words in tally.words.values())
    with app.app_context():
        lost, gaps, versions = [], 0, 0
        for criterion, words in tally.words.items():
            answer = db.session.scalars(select(Answer).where(Answer.criterion_id == int(criterion))).one()
            standing = answer.commentary.split()
            lost += [word for word in words if standing.count(word) != 1]  # nor twice
            numbers = db.session.scalars(
                select(AnswerVersion.version)
                .where(AnswerVersion.answer_id == answer.id)
                .order_by(AnswerVersion.version)
            ).all()
            versions += len(numbers)
            gaps += numbers != list(range(1, answer.version + 1))
        found = verified()
        dialect = db.engine.dialect.name
        whole = dialect != "sqlite" or db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    print(
        f"{dialect}: {kills} kills in {seconds:.0f} s; {acknowledged:,} saves acknowledged, "
        f"{tally.unanswered:,} without an answer, {tally.clashes:,} clashes put together, "
        f"{versions:,} versions."
    )
    print(f"Lost: {len(lost)}. Answers with a gap in their versions: {gaps}. Trail broken: {found or 'no'}.")
    print(f"Database whole: {'yes' if whole else 'NO'}.")
    return 0 if acknowledged and not (lost or gaps or found) and whole else 1


if __name__ == "__main__":
    sys.exit(main())
