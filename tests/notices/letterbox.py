"""A real mail server for tests: it keeps what it is given, or refuses it as told."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask

from s11.core.database import db, unit_of_work
from s11.notices import operations
from s11.notices.models import Notice
from s11.notices.rules import Kind


class Letterbox:
    """Keeps every mail it takes. `refuses` are answers to a recipient, `after` to what was taken in full."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.refuses: dict[str, str] = {}
        self.after: dict[str, str] = {}
        self.connections = 0
        self.pause = 0.0
        self.hangs_up_after: int | None = None

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.pause)
        (to,) = envelope.rcpt_tos
        if to in self.after:
            return self.after[to]
        self.mails.append(envelope.content)
        if self.hangs_up_after is not None and len(self.mails) >= self.hangs_up_after:
            self.hangs_up_after = None
            server.transport.close()
        return "250 kept"

    @property
    def read(self) -> list[Message]:
        return [message_from_bytes(mail) for mail in self.mails]

    @property
    def went_to(self) -> list[str]:
        return [str(mail["To"]) for mail in self.read]


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_server(app: Flask, **more: Any) -> Iterator[Letterbox]:
    """A server that listens while the block lasts, and the application told to use it."""
    letterbox, port = Letterbox(), a_free_port()
    settings = app.config["S11"]
    settings.mail_server, settings.mail_port, settings.mail_tls = "127.0.0.1", port, False
    controller = Controller(letterbox, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield letterbox
    finally:
        controller.stop()


def put(app: Flask, to: str = "ann@council.example", **more: Any) -> int:
    """A mail in the outbox, by its number."""
    told = {"to_name": "Ann Bell", "subject": "Please sign", "body": "Dear Ann,\n\nPlease sign."} | more
    with app.app_context(), unit_of_work():
        notice = operations.queue(to_address=to, **told)
        return number_of(notice)


def number_of(notice: Notice) -> int:
    db.session.flush()
    return notice.id


def send(app: Flask) -> str:
    """What `flask notices send` says."""
    return str(app.test_cli_runner().invoke(args=["notices", "send"]).output)


NEWS = {"kind": Kind.NEWS, "subject": "Submitted: Police", "body": "Dear Ann Bell,\n\nPolice submitted."}
