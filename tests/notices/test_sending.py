"""The outbox is sent by a command, each mail once."""

import asyncio
import socket
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select

from s11.core.database import db, unit_of_work
from s11.notices import operations, queries
from s11.notices.models import Notice
from tests.factories.world import World

pytestmark = pytest.mark.database


class Letterbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        await asyncio.sleep(0)
        self.mails.append(envelope.content)
        return "250 kept"


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def a_notice(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        operations.queue(
            to_address="ann@council.example", to_name="Ann Bell", subject="Please sign", body="Dear Ann,"
        )


def test_issuing_a_cycle_queues_a_letter_for_each_lead(world: World) -> None:
    with world.app.app_context():
        addresses = {notice.to_address for notice in queries.waiting()}
        assert {"lead@police.example", "lead@housing.example", "dsl@school.example"} <= addresses


def test_without_a_server_mail_is_printed_and_counts_as_sent(app: Flask) -> None:
    a_notice(app)
    result = app.test_cli_runner().invoke(args=["notices", "send"])
    assert "Subject: Please sign" in result.output and "1 sent, 0 could not be sent" in result.output
    assert "0 sent" in app.test_cli_runner().invoke(args=["notices", "send"]).output


def test_mail_is_sent_once_through_the_server(app: Flask) -> None:
    a_notice(app)
    letterbox = Letterbox()
    settings = app.config["S11"]
    settings.mail_server, settings.mail_port, settings.mail_tls = "127.0.0.1", a_free_port(), False
    server = Controller(letterbox, hostname="127.0.0.1", port=settings.mail_port)
    server.start()
    try:
        for _ in range(2):
            app.test_cli_runner().invoke(args=["notices", "send"])
    finally:
        server.stop()
    (mail,) = letterbox.mails
    assert message_from_bytes(mail)["To"] == "Ann Bell <ann@council.example>"


def test_a_server_that_is_away_loses_nothing(app: Flask) -> None:
    a_notice(app)
    app.config["S11"].mail_server, app.config["S11"].mail_port = "127.0.0.1", 9
    result = app.test_cli_runner().invoke(args=["notices", "send"])
    assert "0 sent, 1 could not be sent" in result.output
    with app.app_context():
        waiting = db.session.scalar(select(func.count()).select_from(Notice).where(Notice.sent_at.is_(None)))
        assert waiting == 1 and queries.waiting()[0].last_error
