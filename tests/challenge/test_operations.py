"""Planning a day and recording what came of it."""

from datetime import timedelta

import pytest

from s11.actions import queries as actions
from s11.actions.rules import ActionDraft
from s11.challenge import operations, queries
from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.organisations import queries as organisations
from tests.challenge.some import a_day

pytestmark = pytest.mark.database


def draft(**changes):
    details = {
        "text": "Sample twenty records.", "owner_name": "Asha Rahman", "owner_role": "Superintendent",
        "due_on": clock.today() + timedelta(days=60),
    }  # fmt: skip
    return ActionDraft(**{**details, **changes})


def test_sessions_follow_one_another(app, world):
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with app.app_context():
        assert [one.starts_at for one in queries.sessions(queries.by_ref(ref).id)] == ["09:30", "09:50"]


def test_those_after_a_removed_session_move_up(app, world):
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        operations.remove_session(queries.sessions(day.id)[0], day)
    with app.app_context():
        left = queries.sessions(queries.by_ref(ref).id)
        assert [(one.organisation.name, one.starts_at) for one in left] == [("Harbour Housing", "09:30")]


def test_filling_the_agenda_pairs_everybody_with_somebody_else(app, world):
    ref = a_day(world)
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        operations.fill_agenda(day, queries.asked(day.cycle_id), minutes=30, starts_at="10:00")
        who = [
            (one.organisation.short_name, one.questioner.short_name, one.starts_at)
            for one in queries.sessions(day.id)
        ]
        assert who == [("Housing", "Police", "10:00"), ("Police", "Housing", "10:30")]


@pytest.mark.parametrize(
    ("name", "questioner", "sentence"),
    [
        ("Northshire Police", "Northshire Police", "does not question itself"),
        ("Hill Primary School", None, "was not asked"),
    ],
)
def test_a_session_that_cannot_be_is_refused(app, world, name, questioner, sentence):
    ref = a_day(world)
    with app.app_context(), pytest.raises(Invalid, match=sentence), unit_of_work():
        operations.add_session(
            queries.by_ref(ref),
            organisation=organisations.by_name(name),
            questioner=organisations.by_name(questioner) if questioner else None,
        )


def test_an_organisation_has_one_session_a_day(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context(), pytest.raises(Invalid, match="has its session already"), unit_of_work():
        operations.add_session(queries.by_ref(ref), organisation=organisations.by_name("Northshire Police"))


def test_a_day_does_not_run_past_midnight(app, world):
    ref = a_day(world)
    with app.app_context(), pytest.raises(DomainError, match="midnight"), unit_of_work():
        operations.add_session(
            queries.by_ref(ref), organisation=organisations.by_name("Northshire Police"), starts_at="23:50"
        )


def test_an_outcome_puts_its_action_into_the_plan(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        police = organisations.by_name("Northshire Police")
        outcome = operations.record_outcome(
            day, organisation=police, standard_key="standard-1", challenge="Who speaks to the child?",
            action=draft(), by=None,
        )  # fmt: skip
        action = actions.of_organisation(police.id)[0]
        assert outcome.action is action
        assert (action.source, action.source_title, action.standard_key) == (
            "challenge", "Challenge day", "standard-1",
        )  # fmt: skip
        assert action.recommendation == "Who speaks to the child?"


def test_an_outcome_whose_action_lacks_a_person_is_refused_whole(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context(), pytest.raises(Invalid) as refusal, unit_of_work():
        operations.record_outcome(
            queries.by_ref(ref), organisation=organisations.by_name("Northshire Police"),
            challenge="Why?", action=draft(owner_name="Superintendent"), by=None,
        )  # fmt: skip
    assert refusal.value.field == "action_owner_name"
    with app.app_context():
        assert queries.outcomes(queries.by_ref(ref).id) == []


def test_a_rating_of_another_scale_cannot_be_agreed(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context(), pytest.raises(Invalid, match="scale"), unit_of_work():
        operations.record_outcome(
            queries.by_ref(ref), organisation=organisations.by_name("Northshire Police"),
            challenge="Why?", agreed_level_id=9999, by=None,
        )  # fmt: skip
