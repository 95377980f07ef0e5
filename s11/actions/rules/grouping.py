"""The lines of a plan put together in groups, page by page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from s11.actions.rules.kinds import DONE
from s11.actions.rules.narrowing import PlanCounts
from s11.actions.rules.standing import is_open, is_overdue


class Line(NamedTuple):
    """As much of an action as groups are made of; one with several themes has several keys."""

    id: int
    status: str
    due_on: date | None
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """What of one group stands on a page: the ids of its actions in order, and the counts of all of it."""

    key: str
    ids: tuple[int, ...]
    counts: PlanCounts
    # Whether the group began on an earlier page.
    continued: bool = False


def count(lines: Iterable[Line], today: date) -> PlanCounts:
    """Open, overdue and done among these."""
    lines = list(lines)
    return PlanCounts(
        total=len(lines),
        open=sum(is_open(one.status) for one in lines),
        overdue=sum(is_overdue(one.status, one.due_on, today) for one in lines),
        complete=sum(one.status in DONE for one in lines),
    )


def parts(
    lines: Sequence[Line], *, order: Callable[[str], Any], today: date, page: int, size: int
) -> tuple[list[Part], int]:
    """The groups of one page, which counts from 1, and how many pages there are.

    Groups stand in `order` of their keys, what has no key last; lines keep the order they come in.
    """
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for key in line.keys:
            groups[key].append(line)
    pages = max(1, -(-sum(map(len, groups.values())) // size))
    first = (min(max(page, 1), pages) - 1) * size
    found, begins = [], 0
    for key in sorted(groups, key=lambda key: (not key, order(key), key)):
        members = groups[key]
        here = members[max(first - begins, 0) : max(first + size - begins, 0)]
        if here:
            ids = tuple(line.id for line in here)
            found.append(Part(key, ids, count(members, today), continued=begins < first))
        begins += len(members)
    return found, pages
