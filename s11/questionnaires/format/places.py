"""Finding the parts of a file as it was written, whatever their shape."""

from typing import Any

from s11.questionnaires.format.faults import Place

Complaint = tuple[Place, str]
Item = tuple[Place, dict[str, Any]]

__all__ = ["Complaint", "Item", "Place", "items", "plain"]


def items(data: dict[str, Any], *where: str, place: Place = ()) -> list[Item]:
    """The mappings in a list, or in the lists of a list; anything of another shape is left out."""
    here = data.get(where[0])
    found = [((*place, where[0], at), item) for at, item in enumerate(here if isinstance(here, list) else [])]
    held = [(at, item) for at, item in found if isinstance(item, dict)]
    if len(where) == 1:
        return held
    return [below for at, item in held for below in items(item, *where[1:], place=at)]


def plain(value: Any) -> str:
    """A code or number as it was written, or nothing."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
