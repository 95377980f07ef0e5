"""Whether what an action changed lasted, and how the criteria that test a recommendation were rated."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.actions import queries
from s11.actions.rules.lasting import is_low
from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.returns import queries as returns
from tests.actions.some import an_action
from tests.factories.world import MODERATOR, POLICE_LEAD, World, a_return
from tests.moderation.some import moderated, return_of

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("orders", "low"),
    [((1, 2, 3), {1}), ((1, 2, 3, 4), {1, 2}), ((1, 2), {1}), ((1, 2, 3, 4, 5), {1, 2}), ((1,), set())],
)
def test_the_lower_half_of_a_scale_is_low(orders: tuple[int, ...], low: set[int]) -> None:
    assert {order for order in orders if is_low(order, orders)} == low


def about(world: World, place: int) -> str:
    """A verified action of the police about one of their criteria."""
    with world.app.app_context():
        criterion = returns.edition_of(return_of(world.police)).criteria[place]
    ref = an_action(
        world, source="self_assessment", standard_key=criterion.standard_key, criterion_key=criterion.key
    )
    with world.app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        action.status, action.verified_at = "verified", clock.now() - timedelta(days=40)
    return ref


def test_a_verified_action_is_named_where_moderation_found_it_weak_since(app: Flask, world: World) -> None:
    red, green, amber = (about(world, place) for place in (1, 2, 3))
    a_return(app, world.police, "G G G A", by=POLICE_LEAD, submit=True)
    moderated(app, world.police, MODERATOR, "G R G A")
    with app.app_context():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        (found,) = queries.rated_low_since(board.id)
        assert (found.action_ref, found.number, found.level) == (red, "1.2", "Red")
        assert not {green, amber} & {found.action_ref}
        assert queries.rated_low_since(board.id, [-1]) == []


def test_the_ratings_given_to_a_criterion_are_counted_self_and_moderated(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G G A", by=POLICE_LEAD, submit=True)
    moderated(app, world.police, MODERATOR, "G R G A")
    with app.app_context():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        key = returns.edition_of(return_of(world.police)).criteria[1].key
        given = queries.ratings_given(board.id, [key])
        assert [(one.number, one.level, one.selves, one.moderated) for one in given] == [
            ("1.2", "Green", 1, 0),
            ("1.2", "Red", 0, 1),
        ]
