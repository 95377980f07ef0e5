"""What every change to moderation begins with, and the entry it leaves."""

from collections.abc import Iterable
from typing import Any

from s11.core.errors import DomainError
from s11.moderation import queries
from s11.moderation.rules import OPEN, Verdict, own_verdicts
from s11.people.models import Person
from s11.questionnaires.rules import EditionContent
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.models import Return
from s11.returns.rules import Stage
from s11.trail.operations import record


def own_of(return_: Return) -> dict[int, Verdict]:
    """The agency's own ratings as submitted, by criterion id."""
    packed = queries.own_ratings(return_.id, return_.round)
    return own_verdicts(return_queries.edition_of(return_), packed) if packed else {}


def own_of_open(return_: Return) -> dict[int, Verdict]:
    """The agency's ratings of a return that is open to moderation; refuses one that is not.

    Waits for whoever else is at this return, and sees what they left.
    """
    returns.hold(return_)
    own = own_of(return_)
    if Stage(return_.stage) not in OPEN or not own:
        raise DomainError("Only a submitted return can be moderated, and only until it is closed.")
    return own


def check_nobody_is_rating(return_: Return) -> None:
    """Refuse agreed ratings while somebody still rates by themselves."""
    names = queries.still_rating(return_)
    if names:
        raise DomainError(
            f"{listed(names)} {'has' if len(names) == 1 else 'have'} not finished rating this return. "
            "The agreed ratings come after that."
        )


def listed(names: Iterable[str]) -> str:
    """Ann, Bob and Cem."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def said(edition: EditionContent, verdict: Verdict) -> str:
    return "not_applicable" if verdict.not_applicable else edition.levels[verdict.level_id or 0].code


def note(tag: str, return_: Return, *, by: Person | None, **told: dict[str, Any] | None) -> None:
    """Leave an entry about the moderation of a return; `before` and `after` as `trail.record` has them."""
    record(
        tag,
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        **told,
    )
