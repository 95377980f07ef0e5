"""Who gives the second rating: somebody of the Board, and never for their own."""

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.moderation.permissions import can_moderate, can_see_moderation
from s11.organisations.models import Organisation
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns import queries as returns
from s11.returns.rules import Stage
from tests.factories.world import (
    CHAIR,
    DSL,
    HOUSING_LEAD,
    MANAGER,
    MODERATOR,
    OUTSIDER,
    POLICE_LEAD,
    World,
    a_person,
    a_return,
)

pytestmark = pytest.mark.database


def asks(app: Flask, ref: str, email: str) -> tuple[bool, bool]:
    """Whether this person may moderate, and may see moderation."""
    with app.app_context():
        person, return_ = people.by_address(email), returns.by_ref(ref)
        assert person is not None and return_ is not None
        return can_moderate(person, return_), can_see_moderation(person, return_)


@pytest.mark.parametrize(
    ("email", "allowed"),
    [
        (MANAGER, (True, True)),
        (CHAIR, (True, True)),
        (MODERATOR, (True, True)),
        (POLICE_LEAD, (False, False)),
        (HOUSING_LEAD, (False, False)),
        (DSL, (False, False)),
        (OUTSIDER, (False, False)),
    ],
)
def test_a_submitted_return_is_for_the_board_alone(
    app: Flask, world: World, email: str, allowed: tuple[bool, bool]
) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    assert asks(app, world.police, email) == allowed


def test_nothing_is_there_to_moderate_before_a_return_is_in(app: Flask, world: World) -> None:
    assert asks(app, world.police, MODERATOR) == (False, False)


def test_nobody_moderates_their_own_organisation(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        moderator, return_ = people.by_address(MODERATOR), returns.by_ref(world.police)
        assert moderator is not None and return_ is not None
        people_operations.give_role(moderator, Role.VIEWER, at=return_.organisation)
    assert asks(app, world.police, MODERATOR) == (False, False)


def test_nor_a_school_of_their_own_trust(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        from s11.core.database import db

        return_, moderator = returns.by_ref(world.police), people.by_address(MODERATOR)
        assert return_ is not None and moderator is not None
        trust = Organisation(name="Hill Trust", short_name="Hill", kind="trust")
        db.session.add(trust)
        db.session.flush()
        return_.organisation.parent_id = trust.id
        people_operations.give_role(moderator, Role.LEAD, at=trust)
    assert asks(app, world.police, MODERATOR) == (False, False)


def test_an_adviser_moderates_their_own_framework_only(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        for ref in (world.police, world.school):
            return_ = returns.by_ref(ref)
            assert return_ is not None
            return_.submitted_at = return_.created_at
            return_.stage = Stage.SUBMITTED
        a_person("Ada Viser", "adviser@board.example", Role.EDUCATION_ADVISER, return_.cycle.partnership)
    assert asks(app, world.school, "adviser@board.example") == (True, True)
    assert asks(app, world.police, "adviser@board.example") == (False, False)


def test_an_inspector_reads_and_changes_nothing(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        a_person("Ian Spector", "inspector@ofsted.example", Role.INSPECTOR, return_.cycle.partnership)
    assert asks(app, world.police, "inspector@ofsted.example") == (False, True)


def test_the_agency_sees_moderation_once_it_is_finished(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        return_.stage = Stage.MODERATED
    assert asks(app, world.police, POLICE_LEAD) == (False, True)
    assert asks(app, world.police, HOUSING_LEAD) == (False, False)
    assert asks(app, world.police, MODERATOR) == (True, True)
