"""Driving every route as everybody: a real request a cell, and what the matrix says beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from werkzeug.test import TestResponse

from s11.core.database import db, unit_of_work
from s11.home.matrix import Row, row_named
from tests.pages import PASSWORD, Page
from tests.security.matrix.canary import leaks, text_of
from tests.security.matrix.requests import REQUESTS, Ask, prepare
from tests.security.matrix.watching import Watch
from tests.security.matrix.world import ACTORS, Place, World

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
        "GET analysis.organisation",
    }
)
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


# What was answered about things that do not exist: by room, method and person, and by route once.
Unknown = dict[tuple[str, ...], Answer]


class Driver:
    """Sends requests to one world, looks what they changed, and puts it back as it was.

    `unknown` holds what was answered about things that do not exist; drivers of several stages share it.
    """

    def __init__(self, world: World, folder: Path, unknown: Unknown | None = None) -> None:
        self.world, self.app = world, world.app
        self.addresses = self.app.url_map.bind("localhost")
        self.cookies: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        for place, email in enumerate(sorted({email for who in ACTORS.values() for email, _ in who})):
            self.sign_in(email, f"198.51.100.{place + 1}")
        self.unknown = {} if unknown is None else unknown
        self.nowhere = {place.name: place.unknown() for place in world.places.values()}
        self.watch = Watch(Path(self.app.config["S11"].data) / "s11.sqlite3", folder / "kept.sqlite3")
        self.is_prepared: tuple[object, str] | None = None
        self.tried: set[tuple[str, str, str]] = set()

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

    def changed(self) -> list[str]:
        """The tables that are not as they were."""
        return self.watch.changed()

    def restore(self) -> None:
        """Put the world back as it was at the beginning."""
        self.watch.restore()
        self.is_prepared = None
        self.tried.clear()

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
        return self.addresses.build(route.split()[1], ask.address)

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

    def prepare(self, route: str, ask: Ask, who: str, place: Place) -> None:
        """Make true what has to be true before; it is so still if the last request needed the same.

        Earlier refusals are forgotten if this page has refused this person: that is noted once a minute.
        """
        page = (who, route.split()[1], ask.address.get("ref", ""))
        if page in self.tried:
            self.restore()
        self.make_ready(ask, place)
        self.tried.add(page)

    def make_ready(self, ask: Ask, place: Place) -> None:
        needed = (ask.before, place.name) if ask.before else None
        if needed == self.is_prepared and self.watch.is_as_it_was():
            return
        self.restore()
        if ask.before is not None:
            with self.app.app_context(), unit_of_work():
                prepare(ask, place)
            self.watch.settle()
        self.is_prepared = needed

    # Comparing

    def faults(self, row: Row) -> list[str]:
        """Every cell of a row, at this world's stage, that is not as the matrix says."""
        return [fault for route in row.routes for fault in self.faults_of(row, route)]

    def faults_of(self, row: Row, route: str) -> Iterator[str]:
        everybody = [
            (target, row.allows(column, self.world.stage), column, email)
            for column, actors in ACTORS.items()
            for email, target in actors
        ]
        # Place by place, and whoever may not before whoever may: so the world is seldom made ready anew.
        for target, _, column, email in sorted(everybody, key=lambda one: one[:2]):
            fault = self.fault(row, route, column, email, self.world.places[target])
            if fault:
                who = f"{column} ({email or 'nobody'}, on {target})"
                yield f"{route} as {who} at {self.world.stage}: {fault}"

    def fault(self, row: Row, route: str, column: str, email: str, place: Place) -> str | None:
        """How the answer to one request differs from what the matrix says, or None."""
        ask = REQUESTS[route](place, email)
        self.prepare(route, ask, email, place)
        self.refused = self.watch.refusals()
        answer = self.send(route, ask, email)
        changed = self.changed()
        shown = leaks(text_of(answer.body, answer.kind), email, self.world.stage) if email else []
        if shown:
            return f"was shown {shown}"
        if row.allows(column, self.world.stage):
            return self.fault_of_allowed(route, ask, answer, bool(changed))
        if changed:
            return f"may not, and changed {changed} (answered {answer.status})"
        return self.fault_of_denied(row, route, column, email, place, ask, answer)

    def fault_of_allowed(self, route: str, ask: Ask, answer: Answer, changed: bool) -> str | None:
        if not answer.is_success and not (ask.gone and answer.status in (404, 410)):
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

    def refusals(self) -> int:
        """How many entries of the trail say that this request was refused."""
        return self.watch.refusals() - self.refused

    def sees(self, row: Row, column: str) -> bool:
        """Whether the matrix lets somebody know of what this act is about."""
        return bool(row.seen) and row_named(row.seen).allows(column, self.world.stage)

    def fault_of_hidden(self, route: str, email: str, place: Place, ask: Ask, answer: Answer) -> str | None:
        """What is hidden answers to the byte like what does not exist."""
        other = REQUESTS[route](self.nowhere[place.name], email)
        if other.address == ask.address:
            return None  # the address names nothing that could be hidden
        # Nothing is there, so a room answers each person alike, whoever's things were asked for and at every
        # stage. That a route answers as its room does is asked once, of whoever comes first.
        of_room = (*route.split(".")[0].split(), email)
        known = self.unknown.get(of_room)
        if known is not None and (route,) in self.unknown and alike(known, answer):
            return None
        unknown = self.unknown[of_room] = self.unknown[(route,)] = self.send(route, other, email)
        return None if alike(unknown, answer) else "is hidden, and answers otherwise than what does not exist"


def alike(one: Answer, other: Answer) -> bool:
    """Whether nobody can tell two answers apart."""
    return one.status == other.status and plain(one.body) == plain(other.body)


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
