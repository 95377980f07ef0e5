"""Actions to test with."""

from datetime import timedelta

from s11.actions import operations, queries
from s11.actions.rules import pasted_recommendations
from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from tests.factories.world import World


def an_action(
    world: World, *, of: str = "Northshire Police", days: int | None = 30, **changes: object
) -> str:
    """The ref of an action of an organisation that is due in so many days."""
    details: dict[str, object] = {
        "source": "review",
        "text": "Train every duty sergeant.",
        "owner_name": "Asha Rahman",
        "owner_role": "Head of Protecting Vulnerable People",
        "due_on": None if days is None else clock.today() + timedelta(days=days),
    }
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        action = operations.add(board, organisations.by_name(of), **{**details, **changes}, by=None)  # type: ignore[arg-type]
        return action.ref


PASTED = "1. Ask who lives there.\n2. Share it.\n2. Meet sooner."


def a_review(world: World) -> str:
    """The ref of a review of three recommendations that says it makes four; number 2 stands twice."""
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        source = operations.add_source(
            board,
            kind="review",
            title="Child Harbour",
            summary="What nobody else reads.",
            how_many=4,
            by=None,
        )
        operations.add_recommendations(source, pasted_recommendations(PASTED), by=None)
        return source.ref


def answering(world: World, review: str, *places: int, of: str = "Northshire Police") -> str:
    """The ref of an action of an organisation that answers these recommendations of a review."""
    with world.app.app_context(), unit_of_work():
        source = queries.source_by_ref(review)
        assert source is not None
        recommended = queries.recommendations_of(source.id)
        action = operations.add(
            source.partnership,
            organisations.by_name(of),
            source="review",
            plan_source=source,
            answers=[recommended[place] for place in places],
            text=f"{of} trains everybody.",
            owner_name="Asha Rahman",
            owner_role="Head of service",
            due_on=clock.today() + timedelta(days=30),
        )
        return action.ref
