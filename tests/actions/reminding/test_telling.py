"""An owner hears at once of an action that is theirs now, or that came back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from s11.actions import operations, queries
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.home.pages import home_of
from s11.notices.models import Notice
from s11.people import queries as people
from s11.people.models import Person
from tests.actions.some import an_action
from tests.factories.world import MANAGER, POLICE_DEPUTY, POLICE_LEAD, World

pytestmark = pytest.mark.database


def who(address: str) -> Person:
    found = people.by_address(address)
    assert found is not None
    return found


def mails(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        query = select(Notice.to_address, Notice.template).where(Notice.template.like("action%"))
        return [tuple(row) for row in db.session.execute(query.order_by(Notice.id))]


def test_who_is_given_an_action_hears_of_it_and_who_takes_it_does_not(app: Flask, world: World) -> None:
    ref = an_action(world)
    with app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        role, why = "Deputy", "Asha Rahman has left."
        operations.hand_over(
            action, name="Des Deputy", role=role, reason=why, by=who(POLICE_LEAD), version=action.version
        )
        operations.hand_over(
            action, name="Pat Lead", role="Lead", reason="It is mine.", by=who(POLICE_LEAD),
            version=action.version,
        )  # fmt: skip
    assert mails(app) == [(POLICE_DEPUTY, "action_given")]


def test_what_the_board_returns_is_told_to_its_owner(app: Flask, world: World) -> None:
    ref = an_action(world, owner_name="Pat Lead")
    with app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        operations.update(
            action, status="complete", text="Every sergeant was trained in March.",
            seen_at="Training record of the force", by=who(POLICE_LEAD), version=action.version,
        )  # fmt: skip
    with app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        operations.give_back(
            action, missing="Numbers by shift.", due_on=clock.today() + timedelta(days=60), by=who(MANAGER),
            version=action.version,
        )  # fmt: skip
    assert mails(app) == [(POLICE_LEAD, "action_returned")]


def test_a_lead_is_asked_at_home_what_difference_an_action_made(app: Flask, world: World) -> None:
    ref = an_action(world, owner_name="Pat Lead")
    with app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        action.status, action.verified_at, action.ask_on = "verified", clock.now(), clock.today()
    with app.test_request_context():
        home = home_of(who(POLICE_LEAD))
        asked = [task for task in [home.first, *home.tasks] if task and task.href.endswith("/difference")]
        assert [task.title for task in asked] == ["Train every duty sergeant."]
