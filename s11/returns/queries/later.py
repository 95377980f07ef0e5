"""What later rooms know of a return, asked through functions they give at start.

Rooms see only those above them, and moderation and actions come after returns. So `create_app`, which knows
every room, says who tells; where nobody does, nothing is there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

from s11.people.models import Person
from s11.returns.models import Return
from s11.returns.sealing import SealedRating

EXTENSION = "s11-told-later"


@dataclass(frozen=True)
class ActionLine:
    """An action beside the criterion it came from. `earlier`: it was promised in a year before this."""

    ref: str
    text: str
    owner: str
    due_on: date | None
    standing: str
    kind: str  # colours the standing: see the task list component
    is_open: bool
    earlier: bool
    is_overdue: bool = False


@dataclass(frozen=True)
class SecondView:
    """What the Board made of one answer of an earlier return: its rating (None: not applicable) and why."""

    rating: SealedRating | None
    not_applicable: bool
    reason: str
    words: tuple[str, ...] = ()  # what was said and agreed at the challenge day, to the agency
    told: tuple[str, ...] = ()  # the same, to anybody else


@dataclass(frozen=True)
class FromTheBoard:
    """Something the Board gives an organisation to read: what it is, where, and a word about it."""

    title: str
    href: str
    note: str


# By the key of the criterion; what belongs to a standard as a whole stands under `of_standard` of its key.
Actions = Callable[[Return], dict[str, list[ActionLine]]]
SecondViews = Callable[[int, int], dict[str, SecondView]]  # from a return's id and its round
Released = Callable[[Return, Person], list[FromTheBoard]]


def of_standard(key: str) -> str:
    """Under what is found what belongs to a standard as a whole: no key of a criterion holds a space."""
    return f"standard {key}"


def told_by(app: Flask, *, actions: Actions, second_views: SecondViews, released: Released) -> None:
    """Let later rooms tell what they know."""
    app.extensions[EXTENSION] = {"actions": actions, "second_views": second_views, "released": released}


def actions_beside(return_: Return) -> dict[str, list[ActionLine]]:
    """An organisation's actions by criterion (or `of_standard`): what this return recorded, and earlier ones
    that are still open."""
    teller: Actions | None = current_app.extensions.get(EXTENSION, {}).get("actions")
    return teller(return_) if teller is not None else {}


def second_views_of(return_id: int, round_: int) -> dict[str, SecondView]:
    """The moderated ratings of a submission, once moderation of it is finished, and by `of_standard` what was
    said and agreed at the challenge day."""
    teller: SecondViews | None = current_app.extensions.get(EXTENSION, {}).get("second_views")
    return teller(return_id, round_) if teller is not None else {}


def from_the_board(return_: Return, person: Person) -> list[FromTheBoard]:
    """What the Board said of a return and released, as far as this person of its organisation reads it."""
    teller: Released | None = current_app.extensions.get(EXTENSION, {}).get("released")
    return teller(return_, person) if teller is not None else []
