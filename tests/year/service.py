"""The service over a year: its clock, the people at it, and the letterbox where its mail arrives."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser

from flask import Flask
from sqlalchemy import event, select

from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation
from s11.returns.models import Return
from tests.factories.world import MANAGER
from tests.notices.letterbox import Letterbox
from tests.pages import PASSWORD, Browser

YEAR = 2027


class Year:
    """The service with one cycle in it, and the letterbox where its mail arrives."""

    def __init__(self, app: Flask, letterbox: Letterbox) -> None:
        self.app, self.letterbox = app, letterbox
        self.cycle = ""
        self.read = 0
        self.returns: dict[int, str] = {}
        self.schools: dict[int, str] = {}

    @contextmanager
    def on(self, day: int, month: int, hour: int = 10) -> Iterator[None]:
        """Let it be this hour of a day of the year."""
        with clock.pretend(datetime(YEAR, month, day, hour, tzinfo=UTC)):
            yield

    def as_(self, address: str) -> Browser:
        """Somebody who has signed in."""
        browser = Browser(self.app)
        browser.open("/sign-in")
        browser.submit("/sign-in", status=303, email=address, password=PASSWORD)
        return browser

    def office(self) -> Browser:
        return self.as_(MANAGER)

    def run_the_clock(self) -> str:
        """What one line of cron does."""
        return str(self.app.test_cli_runner().invoke(args=["schedule", "run"]).output)

    def new_mail(self, about: str) -> list[tuple[str, str]]:
        """To whom mails with these words in the subject went since this was last asked, and what they say."""
        parser = BytesParser(policy=policy.default)
        mails = [parser.parsebytes(raw) for raw in self.letterbox.mails[self.read :]]
        self.read = len(self.letterbox.mails)
        return [
            (mail["To"].addresses[0].addr_spec, " ".join(mail.get_body(("plain",)).get_content().split()))
            for mail in mails
            if about in mail["Subject"]
        ]

    def look_up_returns(self) -> None:
        """Keep the refs of the returns and of the schools asked, by the place of the school."""
        with self.app.app_context():
            query = select(Return.ref, Organisation.name, Organisation.ref).join(Return.organisation)
            found = [(int(name[-3:]), ref, at) for ref, name, at in db.session.execute(query)]
        self.returns = {place: ref for place, ref, _ in found}
        self.schools = {place: at for place, _, at in found}

    def queries_of(self, work: Callable[[], object]) -> int:
        """How many queries some work takes."""
        asked: list[object] = []

        def note(*told: object) -> None:
            asked.append(told[2])

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            work()
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(asked)
