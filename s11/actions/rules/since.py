"""What changed in the plan between two days.

What an action was on a day is found by going back from what it is now: through the words said since, and
the dates they moved.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from s11.actions.rules.kinds import Saying, Status
from s11.actions.rules.standing import is_overdue


class Changed(StrEnum):
    """What may have become of an action."""

    ADDED = "added"
    COMPLETED = "completed"
    VERIFIED = "verified"
    RETURNED = "returned"
    CLOSED = "closed"
    SUPERSEDED = "superseded"
    REOPENED = "reopened"
    MOVED = "moved"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"


# What is told by the kind of an entry in the history.
BY_KIND = {
    Saying.VERIFIED: Changed.VERIFIED,
    Saying.RETURNED: Changed.RETURNED,
    Saying.CLOSED: Changed.CLOSED,
    Saying.SUPERSEDED: Changed.SUPERSEDED,
    Saying.REOPENED: Changed.REOPENED,
}


class Present(NamedTuple):
    """An action as it is now."""

    id: int
    status: str
    due_on: date | None
    created_at: datetime


class Word(NamedTuple):
    """An entry in the history of an action."""

    action_id: int
    kind: str
    at: datetime
    by: str
    status: str
    text: str
    due_before: date | None
    due_after: date | None


@dataclass(frozen=True)
class Span:
    """From the beginning of the first day to the end of the last, as days and as moments."""

    first: date
    last: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Change:
    """What became of one action, and the word that says so; the date as it was, where it moved."""

    action_id: int
    due_on: date | None
    word: Word | None = None
    due_before: date | None = None
    times_moved: int = 0


@dataclass(frozen=True)
class Changes:
    """What changed, each action at most once under each heading; and how many open ones nobody spoke of."""

    by_kind: Mapping[Changed, list[Change]] = field(default_factory=dict)
    silent: int = 0


def changes(
    actions: Sequence[Present], words: Iterable[Word], before: Mapping[int, Word], span: Span
) -> Changes:
    """What changed within a span.

    `words` are all that were said since it began, oldest first, and also those after its end; `before` is
    the last word on each action from before it began. Headings keep the order of `actions`.
    """
    said: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        said[word.action_id].append(word)
    found: dict[Changed, list[Change]] = {kind: [] for kind in Changed}
    silent = 0
    for action in actions:
        if action.created_at >= span.ends:
            continue
        one = _History(action, said[action.id], before.get(action.id), span)
        for kind, change in one.changes():
            found[kind].append(change)
        silent += one.is_open_and_silent
    return Changes(found, silent)


class _History:
    """One action over the span."""

    def __init__(self, action: Present, said: list[Word], before: Word | None, span: Span) -> None:
        self.action, self.before, self.span = action, before, span
        self.inside = [word for word in said if word.at < span.ends]
        self.after = said[len(self.inside) :]
        if said:
            self.status_then = before.status if before else str(Status.NOT_STARTED)
        else:
            self.status_then = action.status
        self.status = self._status()
        self.due_on = _due_before(self.after, action.due_on)
        self.moves = [word for word in self.inside if word.due_after is not None]

    def _status(self) -> str:
        if not self.after:
            return self.action.status
        return self.inside[-1].status if self.inside else self.status_then

    @property
    def is_open_and_silent(self) -> bool:
        is_open = self.status in (Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK)
        return is_open and not self.inside and self.action.created_at < self.span.begins

    def changes(self) -> list[tuple[Changed, Change]]:
        found = {}
        if self.action.created_at >= self.span.begins:
            found[Changed.ADDED] = self._change(None)
        status = self.status_then
        for word in self.inside:
            if word.kind in BY_KIND:
                found[BY_KIND[Saying(word.kind)]] = self._change(word)
            elif word.status == Status.COMPLETE and status != Status.COMPLETE:
                found[Changed.COMPLETED] = self._change(word)
            status = word.status
        if self.moves and self.moves[0].due_before != self.moves[-1].due_after:
            found[Changed.MOVED] = Change(
                self.action.id,
                self.moves[-1].due_after,
                self.moves[-1],
                due_before=self.moves[0].due_before,
                times_moved=len(self.moves),
            )
        latest = self.inside[-1] if self.inside else self.before
        if self.status == Status.AT_RISK:
            found[Changed.AT_RISK] = self._change(latest)
        if is_overdue(self.status, self.due_on, self.span.last) and not self._was_overdue:
            found[Changed.OVERDUE] = self._change(latest)
        return list(found.items())

    @property
    def _was_overdue(self) -> bool:
        due_then = _due_before([*self.inside, *self.after], self.action.due_on)
        existed = self.action.created_at < self.span.begins
        return existed and is_overdue(self.status_then, due_then, self.span.first)

    def _change(self, word: Word | None) -> Change:
        return Change(self.action.id, self.due_on, word)


def _due_before(later: Sequence[Word], now: date | None) -> date | None:
    """The date an action had before these words were said."""
    moved = next((word for word in later if word.due_after is not None), None)
    return moved.due_before if moved else now
