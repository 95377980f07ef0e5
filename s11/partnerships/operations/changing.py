"""Changing a subject of the settings, each change with what was before in the trail."""

from collections.abc import Mapping, Sequence
from typing import Any

from s11.core.database import db
from s11.core.errors import Stale
from s11.organisations.models import Partnership
from s11.partnerships.rules import COLUMNS, Subject, mark_of
from s11.people.models import Person
from s11.trail.operations import record

SOMEBODY_ELSE = (
    "Somebody else changed these settings while you had this page open, so yours were not saved. What you "
    "typed is still here: compare it with what stands now, and save again if yours is right."
)


def hold(partnership: Partnership) -> None:
    """Read a partnership anew and keep others from changing it until this piece of work is over."""
    db.session.flush()
    db.session.refresh(partnership, with_for_update=True)


def held(partnership: Partnership, subject: Subject) -> dict[str, Any]:
    """What stands for a subject now."""
    return {name: getattr(partnership, name) for name in COLUMNS[subject]}


def change(
    partnership: Partnership, subject: Subject, values: Mapping[str, Any], *, began: str, by: Person
) -> bool:
    """Set what belongs to a subject; False where nothing changes.

    `began` is the mark of the values the form was made from. Raises Stale where others stand there now.
    """
    hold(partnership)
    before = held(partnership, subject)
    if mark_of(before) != began:
        raise Stale(SOMEBODY_ELSE)
    after = {name: values[name] for name in before}
    if after == before:
        return False
    for name, value in after.items():
        setattr(partnership, name, value)
    note("partnership:settings:changed", partnership, by=by, before=before, after=after, subject=subject)
    return True


def set_chain(
    partnership: Partnership,
    framework: str,
    chain: Sequence[dict[str, object]],
    *,
    stands: Sequence[dict[str, object]],
    began: str,
    by: Person,
) -> bool:
    """Set who signs after whom in a new edition of a framework; an empty chain leaves it to the edition.

    `stands`: who signs in the newest edition; the same without a chain of one's own is no change.
    """
    hold(partnership)
    before = partnership.sign_off_chains.get(framework, [])
    if mark_of({"chain": before}) != began:
        raise Stale(SOMEBODY_ELSE)
    if list(chain) == before or (not before and list(chain) == list(stands)):
        return False
    others = {code: kept for code, kept in partnership.sign_off_chains.items() if code != framework}
    partnership.sign_off_chains = {**others, framework: list(chain)} if chain else others
    note(
        "partnership:signing:changed",
        partnership,
        by=by,
        before={"chain": before},
        after={"chain": list(chain)},
        framework=framework,
    )
    return True


def note(
    tag: str,
    partnership: Partnership,
    *,
    by: Person,
    before: dict[str, Any],
    after: dict[str, Any],
    **told: str,
) -> None:
    """Keep in the trail what was set before and after."""
    record(
        tag,
        partnership.id,
        by=by,
        partnership_id=partnership.id,
        before=before,
        after={**after, **{name: str(value) for name, value in told.items()}},
    )
