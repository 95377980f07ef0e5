"""Where somebody may add an action, and who is known there."""

from collections.abc import Callable

from flask_login import current_user

from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.people.rules import LEADS, OFFICE

# Where an action may be added: a key for the form, a label, the partnership and the organisation. Without
# an organisation it is the Board's own.
Place = tuple[str, str, Partnership, Organisation | None]


def place_of(partnership: Partnership, organisation: Organisation) -> Place:
    return f"{partnership.ref}.{organisation.ref}", organisation.name, partnership, organisation


def places_of_person() -> list[Place]:
    """Where this person may add an action."""
    found: dict[str, Place] = {}

    def take(place: Place) -> None:
        found.setdefault(place[0], place)

    for membership in current_user.current:
        if membership.partnership and membership.role in OFFICE:
            board = membership.partnership
            take((f"{board.ref}.", f"{board.name}: the Board’s own action", board, None))
            for organisation in organisations.seated(board.id):
                take(place_of(board, organisation))
        elif membership.organisation and membership.role in LEADS:
            for partnership in organisations.partnerships_of([membership.organisation.id]):
                take(place_of(partnership, membership.organisation))
    if len({board.id for _, _, board, _ in found.values()}) > 1:
        return [
            (key, f"{label} ({board.name})" if one else label, board, one)
            for key, label, board, one in found.values()
        ]
    return list(found.values())


def finder(partnership_ids: list[int]) -> Callable[[str], Organisation | None]:
    """What finds an organisation at the table of these partnerships by its name, letter case apart."""

    def find(name: str) -> Organisation | None:
        wanted = " ".join(name.split()).casefold()
        for partnership_id in partnership_ids:
            for one in organisations.seated(partnership_id):
                if wanted in (one.name.casefold(), one.short_name.casefold()):
                    return one
        return None

    return find
