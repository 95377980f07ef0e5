"""Driving every route as everybody: a real request a cell, and what the matrix says beside it."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask import url_for
from werkzeug.test import TestResponse

from s11.core.database import db, unit_of_work
from s11.home.matrix import Row, row_named
from s11.trail.rules import REFUSED
from tests.pages import PASSWORD, Page
from tests.security.matrix.canary import leaks, text_of
from tests.security.matrix.requests import REQUESTS, Ask, prepare
from tests.security.matrix.world import ACTORS, Place, World

# What may change when somebody is refused, or only looks: the trail says that it happened, and when
# somebody was last seen.
MAY_CHANGE = "tag LIKE '%:refused'"
# Hidden by the page itself, which was opened by right: a return not in yet, a file not shown to the Board.
ABOUT_A_PART = frozenset(
    {
        "GET returns.read",
        "GET returns.file later",
        "GET returns.take_submitted_evidence",
        "GET returns.difference",
        "GET copies.pdf",
        "GET copies.word",
        "GET analysis.answers",
    }
)
NOT_COMPARED = frozenset({"trail_head", "guess"})
ANOTHER_EACH_TIME = re.compile(r"(_at|^at|ref|hash|key|sha256|size|sealed|checksum|body|organisations)$")
SECRET = re.compile(rb'(name="csrf_token"[^>]*value="|csrf-token" content="|data-longest=")[^"]*')
SENT_FROM = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes
    kind: str = "text/html"

    @property
    def is_success(self) -> bool:
        return self.status < 400 and not self.location.startswith("/sign-in")


class Driver:
    """Sends requests to one world, looks what they changed, and puts it back as it was."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.app = world, world.app
        self.file = Path(self.app.config["S11"].data) / "s11.sqlite3"
        self.kept = folder / "kept.sqlite3"
        self.cookies: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        for place, email in enumerate(sorted({email for who in ACTORS.values() for email, _ in who})):
            self.sign_in(email, f"198.51.100.{place + 1}")
        self.unknown: dict[tuple[str, str], Answer] = {}
        self.watch = sqlite3.connect(self.file, isolation_level=None, check_same_thread=False)
        self.reading = {name: self.select_of(name) for name in self.tables()}
        with closing(sqlite3.connect(self.kept)) as copy:
            self.watch.backup(copy)
        self.at_rest = self.dump()
        self.seen = self.version()

    def close(self) -> None:
        self.watch.close()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def sign_in(self, email: str, address: str) -> None:
        """Sign somebody in as they would, and keep their cookie and their form token."""
        client = self.app.test_client()
        where = {"REMOTE_ADDR": address}
        token = token_of(client.get("/sign-in", environ_base=where))
        if email:
            data = {"email": email, "password": PASSWORD, "csrf_token": token}
            answer = client.post("/sign-in", data=data, headers=SENT_FROM, environ_base=where)
            assert answer.status_code == 303, f"{email} could not sign in: {answer.status_code}"
            token = token_of(client.get("/account", environ_base=where))
        cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        self.cookies[email], self.tokens[email] = cookie.value, token

    # What is in the database

    def version(self) -> int:
        """Another number whenever somebody else has written."""
        number: int = self.watch.execute("PRAGMA data_version").fetchone()[0]
        return number

    def dump(self) -> dict[str, str]:
        """Every table as a hash of its rows, less what is not compared."""
        return {name: self.hash_of(select) for name, select in self.reading.items()}

    def tables(self) -> list[str]:
        found = self.watch.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [name for (name,) in found if name not in NOT_COMPARED]

    def select_of(self, table: str) -> str:
        """How the rows of a table are read, less what is not compared."""
        columns = [column[1] for column in self.watch.execute(f'PRAGMA table_info("{table}")')]
        kept = ", ".join(f'"{name}"' for name in columns if (table, name) != ("sign_in", "seen_at"))
        only = f" WHERE NOT {MAY_CHANGE}" if table == "trail_entry" else ""
        return f'SELECT {kept} FROM "{table}"{only} ORDER BY rowid'

    def hash_of(self, select: str) -> str:
        return hashlib.sha256(repr(self.watch.execute(select).fetchall()).encode()).hexdigest()

    def rows_of(self, table: str) -> list[tuple[object, ...]]:
        """The rows of a table, less what is another at each request: moments, refs, keys and hashes."""
        columns = [column[1] for column in self.watch.execute(f'PRAGMA table_info("{table}")')]
        # A field that asks for a file holds the ref of one, under the name of every other value.
        held = [name for name in columns if (table, name) != ("field_answer", "value")]
        kept = ", ".join(f'"{name}"' for name in held if not ANOTHER_EACH_TIME.search(name))
        return self.watch.execute(f'SELECT {kept or 1} FROM "{table}" ORDER BY rowid').fetchall()

    def changed(self) -> list[str]:
        """The tables that are not as they were at the beginning."""
        if self.version() == self.seen:
            return []
        now = self.dump()
        return [name for name, hash_ in now.items() if hash_ != self.at_rest.get(name)]

    def refusals(self) -> int:
        """How many entries of the trail say that somebody was refused."""
        count: int = self.watch.execute(
            "SELECT count(*) FROM trail_entry WHERE tag = ?", (REFUSED,)
        ).fetchone()[0]
        return count

    def restore(self) -> None:
        """Put the database back as it was at the beginning."""
        if self.version() == self.seen:
            return
        with closing(sqlite3.connect(self.kept)) as copy, closing(sqlite3.connect(self.file)) as target:
            target.execute("PRAGMA synchronous=OFF")
            copy.backup(target)
        self.seen = self.version()

    # Asking

    def send(self, route: str, ask: Ask, who: str, *, method: str = "", **more: object) -> Answer:
        """Send a request as a browser of this person would."""
        verb = method or route.split()[0]
        data = None
        if verb not in ("GET", "HEAD", "OPTIONS"):
            data = {**(ask.form or {}), "csrf_token": self.tokens[who]}
        return self.open(self.path(route, ask), who, method=verb, data=data, **more)

    def path(self, route: str, ask: Ask) -> str:
        """The address of a request."""
        with self.app.test_request_context():
            return url_for(route.split()[1], **ask.address)

    def open(
        self,
        path: str,
        who: str,
        *,
        method: str = "GET",
        more_headers: dict[str, str] | None = None,
        **more: object,
    ) -> Answer:
        """Open an address in somebody's browser."""
        self.app.extensions["s11-limits"].storage.reset()  # how often is tried in tests/web/test_limits.py
        client = self.app.test_client()
        client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self.cookies[who])
        answer = client.open(path, method=method, headers={**SENT_FROM, **(more_headers or {})}, **more)  # type: ignore[arg-type]
        return Answer(
            answer.status_code, answer.headers.get("Location", ""), answer.get_data(), answer.mimetype
        )

    def prepared(self, ask: Ask, place: Place) -> None:
        if ask.before is not None:
            with self.app.app_context(), unit_of_work():
                prepare(ask, place)

    # Comparing

    def faults(self, row: Row) -> list[str]:
        """Every cell of a row, at this world's stage, that is not as the matrix says."""
        return [fault for route in row.routes for fault in self.faults_of(row, route)]

    def faults_of(self, row: Row, route: str) -> Iterator[str]:
        for column, actors in ACTORS.items():
            for email, target in actors:
                fault = self.fault(row, route, column, email, self.world.places[target])
                if fault:
                    who = f"{column} ({email or 'nobody'}, on {target})"
                    yield f"{route} as {who} at {self.world.stage}: {fault}"

    def fault(self, row: Row, route: str, column: str, email: str, place: Place) -> str | None:
        """How the answer to one request differs from what the matrix says, or None."""
        ask = REQUESTS[route](place, email)
        self.prepared(ask, place)
        before = self.dump() if ask.before else self.at_rest
        answer = self.send(route, ask, email)
        changed = self.version() != self.seen and [
            name for name, hash_ in self.dump().items() if hash_ != before.get(name)
        ]
        shown = leaks(text_of(answer.body, answer.kind), email, self.world.stage) if email else []
        if shown:
            fault: str | None = f"was shown {shown}"
        elif row.allows(column, self.world.stage):
            fault = self.fault_of_allowed(route, ask, answer, bool(changed))
        elif changed:
            fault = f"may not, and changed {changed} (answered {answer.status})"
        else:
            fault = self.fault_of_denied(row, route, column, email, place, ask, answer)
        self.restore()
        return fault

    def fault_of_allowed(self, route: str, ask: Ask, answer: Answer, changed: bool) -> str | None:
        if not answer.is_success and not (ask.gone and answer.status == 410):
            return f"may, and was answered {answer.status}"
        if route.startswith("POST") and ask.changes and not changed:
            return f"may, was answered {answer.status}, and nothing was changed"
        return None

    def fault_of_denied(
        self, row: Row, route: str, column: str, email: str, place: Place, ask: Ask, answer: Answer
    ) -> str | None:
        if not email:
            wanted = 302 if route.startswith("GET") else 401
            is_right = answer.status == wanted and (wanted == 401 or "/sign-in" in answer.location)
            return None if is_right else f"is not signed in, and was answered {answer.status} not {wanted}"
        if not self.sees(row, column):
            if answer.status != 404:
                return f"may not know of it, and was answered {answer.status}"
            if route not in ABOUT_A_PART and self.refusals() != 1:
                return f"was refused, and the trail holds {self.refusals()} entries about it"
            return self.fault_of_hidden(route, email, place, ask, answer)
        if row.allows_ever(column):
            # The page says itself that it is too early or too late, or there is nothing left to do.
            is_right = answer.status == 409 or (answer.status in (302, 303) and route.startswith("POST"))
            return None if is_right else f"is at the wrong stage, and was answered {answer.status}"
        if answer.status != ask.refuses:
            return f"sees it and may not, and was answered {answer.status} not {ask.refuses}"
        if answer.status == 403 and self.refusals() != 1:
            return f"was refused, and the trail holds {self.refusals()} entries about it"
        return None

    def sees(self, row: Row, column: str) -> bool:
        """Whether the matrix lets somebody know of what this act is about."""
        return bool(row.seen) and row_named(row.seen).allows(column, self.world.stage)

    def fault_of_hidden(self, route: str, email: str, place: Place, ask: Ask, answer: Answer) -> str | None:
        """What is hidden answers to the byte like what does not exist."""
        other = REQUESTS[route](place.unknown(), email)
        if other.address == ask.address:
            return None  # the address names nothing that could be hidden
        # Nothing is there, so it is the same whoever's things were asked for: sent once.
        unknown = self.unknown.get((route, email)) or self.send(route, other, email)
        self.unknown[route, email] = unknown
        if unknown.status != answer.status or plain(unknown.body) != plain(answer.body):
            return "is hidden, and answers otherwise than what does not exist"
        return None


def plain(body: bytes) -> bytes:
    """A page without the form token and the seconds left, which are others each time."""
    return SECRET.sub(b"", body)


def token_of(response: TestResponse) -> str:
    """The form token of a page."""
    for form in Page(response.get_data(as_text=True)).forms:
        for name, value in form.fields:
            if name == "csrf_token":
                return value
    raise AssertionError(f"{response.request.path} has no form to take a token from")
