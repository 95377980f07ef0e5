"""What a request of the matrix is: its address, the fields of its form, what has to be true before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from s11.core import clock
from s11.core.database import db
from tests.security.matrix.world import Place


@dataclass(frozen=True)
class Ask:
    """What is sent: the parts of the address, the fields of the form, and what has to be true before.

    `changes` is False where a right request leaves the database as it is. `refuses` is the status with which
    the page itself refuses what stands in the form, where the address names nothing that could be hidden.
    """

    address: dict[str, str] = field(default_factory=dict)
    form: dict[str, object] | None = None
    before: Callable[[Place], None] | None = None
    changes: bool = True
    refuses: int = 403
    # Open to all, and about a link nobody here has, answered 410; or a door that is not set up, 404.
    gone: bool = False


Request = Callable[[Place, str], Ask]


def to(**parts: str) -> Request:
    """A page whose address is made of these things of the place."""

    def ask(place: Place, actor: str) -> Ask:
        return Ask({name: part_of(place, what) for name, what in parts.items()})

    return ask


def part_of(place: Place, what: str) -> str:
    """A word as it is ("=lead"), or a thing of the place by its name ("cycle", "more.helper")."""
    if what.startswith("more."):
        return place.more[what.removeprefix("more.")]
    return what.removeprefix("=") if what.startswith("=") else str(getattr(place, what))


def form(_before: Callable[[Place], None] | None = None, _changes: bool = True, **parts: str) -> Callable:
    """A form sent to such an address; its fields are what `fields(place)` gives."""

    def decorate(fields: Callable[[Place], dict[str, object]]) -> Request:
        def ask(place: Place, actor: str) -> Ask:
            address = {name: part_of(place, what) for name, what in parts.items()}
            return Ask(address, fields(place), _before, _changes)

        return ask

    return decorate


def nothing(place: Place) -> dict[str, object]:
    return {}


def day_in(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def prepare(ask: Ask, place: Place) -> None:
    """Make true what has to be before the request is sent."""
    if ask.before is not None:
        ask.before(place)
        db.session.flush()
