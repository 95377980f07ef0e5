"""`flask people add`: the first people, and the roles that belong to no organisation."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.people import queries
from tests.factories.world import World

pytestmark = pytest.mark.database


def add(app: Flask, *words: str) -> tuple[int, str]:
    command = [
        "people",
        "add",
        "new@host.example",
        "--name",
        "Nina New",
        "--password",
        "seven purple kettles",
    ]
    result = app.test_cli_runner().invoke(args=[*command, *words])
    return result.exit_code, result.output


def test_a_system_administrator_belongs_to_no_place(app: Flask, world: World) -> None:
    code, said = add(app, "--role", "system_administrator")
    assert code == 0 and "is now system_administrator at this installation" in said
    with app.app_context():
        person = queries.by_address("new@host.example")
        assert person is not None
        assert [m.role for m in person.current] == ["system_administrator"]
        assert person.partnership_ids == [] and person.organisation_ids == []


def test_an_inspector_needs_a_last_day(app: Flask, world: World) -> None:
    at = ("--role", "inspector", "--at", "northshire")
    assert "Give the last day" in add(app, *at)[1]
    assert "“soon” is no day" in add(app, *at, "--until", "soon")[1]
    day = clock.today() + timedelta(days=30)
    code, _ = add(app, *at, "--until", day.isoformat())
    assert code == 0
    with app.app_context():
        person = queries.by_address("new@host.example")
        assert person is not None and person.memberships[0].until == day


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--role", "trust_lead", "--at", "Police"), "is held at a multi-academy trust"),
        (("--role", "lead"), "No organisation has the name “”"),
        (("--role", "chair", "--at", "nowhere"), "No partnership has the code “nowhere”"),
        (("--role", "system_administrator", "--at", "northshire"), "at no partnership or organisation"),
    ],
)
def test_a_role_is_held_where_it_belongs(
    app: Flask, world: World, words: tuple[str, ...], sentence: str
) -> None:
    code, said = add(app, *words)
    assert code == 1 and sentence in said
    with app.app_context():
        assert queries.by_address("new@host.example") is None


def test_a_trust_lead_is_held_at_the_trust(app: Flask, world: World) -> None:
    assert add(app, "--role", "trust_lead", "--at", "Harbour Trust")[0] == 0
    with app.app_context():
        person = queries.by_address("new@host.example")
        assert person is not None and len(person.organisation_ids) == 2
