"""Adding an action and saying how it goes."""

from datetime import timedelta

import pytest

from s11.actions import operations, queries
from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.errors import Invalid, Stale
from s11.organisations import queries as organisations
from s11.people import queries as people
from s11.trail import queries as trail
from tests.actions.some import an_action
from tests.factories.world import POLICE_LEAD

pytestmark = pytest.mark.database


def test_an_action_goes_into_the_plan_with_its_first_date_and_its_known_owner(app, world):
    ref = an_action(world, owner_name="pat  lead", days=10)
    with app.app_context():
        action, owner = queries.by_ref(ref), people.by_address(POLICE_LEAD)
        assert action.owner_id == owner.id
        assert action.first_due_on == action.due_on == clock.today() + timedelta(days=10)
        assert trail.of("action", action.id)[0].tag == "action:plan:added"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("text", {"text": " "}),
        ("owner_name", {"owner_name": "Head of Safeguarding, TBC"}),
        ("owner_role", {"owner_role": ""}),
        ("due_on", {"days": -1}),
        ("due_on", {"days": None}),
        ("source", {"source": "rumour"}),
    ],
)
def test_an_action_without_text_person_or_date_is_refused_and_the_field_is_named(world, field, changes):
    with pytest.raises(Invalid) as refusal:
        an_action(world, **changes)
    assert refusal.value.field == field


def test_an_update_moves_the_date_with_a_reason_and_keeps_the_first_one(app, world):
    ref = an_action(world, days=10)
    later = clock.today() + timedelta(days=40)
    with app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        first = action.due_on
        operations.update(
            action, status="at_risk", text="The trainer left.", due_on=later, reason="New trainer from May.",
            by=people.by_address(POLICE_LEAD), version=1,
        )  # fmt: skip
    with app.app_context():
        action = queries.by_ref(ref)
        said = queries.updates(action.id)[0]
        assert (action.first_due_on, action.due_on, action.version) == (first, later, 2)
        assert (said.due_before, said.due_after, said.status) == (first, later, "at_risk")


def test_a_new_date_without_a_reason_is_refused(app, world):
    ref = an_action(world, days=10)
    with app.app_context(), pytest.raises(Invalid) as refusal, unit_of_work():
        operations.update(
            queries.by_ref(ref), status="on_track", text="Going well.",
            due_on=clock.today() + timedelta(days=40), by=None, version=1,
        )  # fmt: skip
    assert refusal.value.field == "reason"


def test_of_two_people_saving_at_once_the_second_is_told(app, world):
    ref = an_action(world)
    with app.app_context(), unit_of_work():
        operations.update(queries.by_ref(ref), status="on_track", text="First.", by=None, version=1)
    with app.app_context(), pytest.raises(Stale), unit_of_work():
        operations.update(queries.by_ref(ref), status="at_risk", text="Second.", by=None, version=1)
    with app.app_context():
        assert [one.text for one in queries.updates(queries.by_ref(ref).id)] == ["First."]


def test_a_plan_made_earlier_is_brought_in_with_the_day_it_was_agreed(app, world):
    ref = an_action(world, days=-30, agreed_at=clock.now() - timedelta(days=90))
    with app.app_context():
        board = organisations.partnership_by_code(world.partnership)
        action = queries.by_ref(ref)
        assert queries.counts_of(action.organisation_id, today=clock.today()).sentence == "1 open, 1 overdue"
        assert queries.unfinished(board.id, [action.organisation_id]) == [action]
