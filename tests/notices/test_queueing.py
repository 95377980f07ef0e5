"""Queueing one mail and queueing many come to the same outbox."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices.models import Notice
from s11.notices.operations import Draft, queue, queue_all
from s11.notices.rules import Kind
from s11.people import queries as people
from tests.factories.world import POLICE_LEAD, World

pytestmark = pytest.mark.database

LETTER = {"subject": "Please answer", "body": "Dear lead", "kind": Kind.LETTER, "template": "letter"}
MAILS: list[dict[str, Any]] = [
    {**LETTER, "to_address": POLICE_LEAD, "to_name": "Pat", "about": "abc", "once": "letter:1"},
    {**LETTER, "to_address": POLICE_LEAD.upper(), "to_name": "Pat", "once": "letter:2"},
    {**LETTER, "to_address": "nobody@else.example", "to_name": "No\r\n Body " * 30, "once": "letter:3"},
    {**LETTER, "to_address": POLICE_LEAD, "to_name": "Other words", "once": "letter:1"},
    {**LETTER, "to_address": POLICE_LEAD, "to_name": "Pat", "subject": "Two\nlines " * 40},
    {**LETTER, "to_address": POLICE_LEAD, "to_name": "Pat", "subject": "Two\nlines " * 40},
    {"to_address": "a@b.example", "to_name": "", "subject": "Sign in", "body": "Here"},
]
OWN = ("id", "ref")


def kept(app: Flask) -> list[dict[str, object]]:
    """Every mail of these tests as it lies in the outbox, less what each has of its own."""
    with app.app_context():
        query = select(Notice.__table__).where(Notice.subject != "").order_by(Notice.id)
        rows = db.session.execute(query).mappings().all()
        return [{name: value for name, value in row.items() if name not in OWN} for row in rows]


def emptied(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        for notice in db.session.scalars(select(Notice)):
            db.session.delete(notice)


def test_many_at_once_are_queued_as_one_by_one(app: Flask, world: World) -> None:
    emptied(app)
    with clock.pretend(clock.now()):
        with app.app_context(), unit_of_work():
            for mail in MAILS:
                queue(**mail)
        one_by_one = kept(app)
        emptied(app)
        with app.app_context(), unit_of_work():
            assert queue_all(Draft(**mail) for mail in MAILS) == 6
        assert kept(app) == one_by_one
    with app.app_context():
        police = people.by_address(POLICE_LEAD)
        assert police is not None
        whose = [police.id, police.id, None, police.id, police.id, None]
    assert [row["person_id"] for row in one_by_one] == whose
    assert one_by_one[3]["subject"] == " ".join(["Two lines"] * 40)[:200]


def test_what_is_queued_already_is_not_queued_again(app: Flask, world: World) -> None:
    emptied(app)
    with app.app_context(), unit_of_work():
        queue(**MAILS[0])  # still waits to be written when the others are looked up
        assert queue_all(Draft(**mail) for mail in MAILS[:4]) == 2
        assert queue_all(Draft(**mail) for mail in MAILS[:4]) == 0
    rows = kept(app)
    assert [row["once"] for row in rows] == ["letter:1", "letter:2", "letter:3"]
    assert rows[0]["to_name"] == "Pat"


def test_six_hundred_are_queued_in_three_statements(app: Flask, world: World) -> None:
    many = [
        Draft(
            POLICE_LEAD if number % 2 else f"lead{number}@county.example",  # every other one is known
            "Lead",
            "Subject",
            "Body",
            once=f"letter:{number}",
        )
        for number in range(600)
    ]
    statements: list[str] = []

    def count(*told: Any) -> None:
        statements.append(told[2])

    with app.app_context(), unit_of_work():
        db.session.connection()
        event.listen(db.engine, "before_cursor_execute", count)
        assert queue_all(many) == 600
        event.remove(db.engine, "before_cursor_execute", count)
        assert queue_all([]) == 0
    assert len(statements) == 3
