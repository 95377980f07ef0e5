"""Actions to test with."""

from datetime import timedelta

from s11.actions import operations
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
