"""Actions beside the questions of a return."""

from collections import defaultdict
from datetime import date

from s11.actions import queries
from s11.actions.models import Action
from s11.actions.pages.words import KINDS
from s11.actions.rules import (
    is_open,
    standing,
)
from s11.core import clock
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.queries import ActionLine, of_standard


def beside(return_: Return) -> dict[str, list[ActionLine]]:
    """An organisation's actions by the criterion of a return they belong to, or else by its standard."""
    edition, today = returns.edition_of(return_), clock.today()
    # Of the parts of a divided question the first asks about it: once is enough.
    follows = {key: c.key for c in reversed(edition.criteria) for key in c.change_from}
    criteria, standards = edition.by_key, {standard.key for standard in edition.standards}
    found: dict[str, list[ActionLine]] = defaultdict(list)
    for action in queries.beside(return_):
        key = action.criterion_key
        if key not in criteria:
            key = follows.get(key, "")
        if key:
            found[key].append(_line(action, return_, today))
        elif action.standard_key in standards:
            found[of_standard(action.standard_key)].append(_line(action, return_, today))
    return found


def _line(action: Action, return_: Return, today: date) -> ActionLine:
    stands = standing(action.status, action.due_on, today)
    return ActionLine(
        ref=action.ref,
        text=action.text,
        owner=action.led_by,
        due_on=action.due_on,
        standing=stands.label,
        kind=KINDS[stands.kind],
        is_open=is_open(action.status),
        earlier=action.cycle_id != return_.cycle_id,
        is_overdue=stands.days_overdue > 0,
    )
