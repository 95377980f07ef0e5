"""What a file would do, line by line: made by `comparing`, shown on the preview, and done by `applying`."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind
from s11.register.rules import CONTACT_ROLE_LABELS, ContactRole


class Group(StrEnum):
    """What a line would do."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    CLOSED = "closed"
    MISSING = "missing"
    REOPENED = "reopened"
    UNCHANGED = "unchanged"
    LEFT = "left"


GROUP_LABELS: dict[Group, str] = {
    Group.ADDED: "To be added",
    Group.CHANGED: "To be changed",
    Group.MOVED: "To move to another trust",
    Group.CLOSED: "To be closed",
    Group.MISSING: "Missing from the file, to be closed",
    Group.REOPENED: "To be opened again",
    Group.LEFT: "Rows left out",
    Group.UNCHANGED: "Unchanged",
}
DOES_SOMETHING = (Group.ADDED, Group.CHANGED, Group.MOVED, Group.CLOSED, Group.MISSING, Group.REOPENED)


@dataclass(frozen=True)
class Change:
    """One fact, as it is and as the file has it. One that was put right by hand is kept unless ticked."""

    fact: str
    label: str
    old: str
    new: str
    value: Any
    by_hand: bool = False
    # Whom a contact takes the place of, by id.
    replaces: int | None = None


@dataclass(frozen=True)
class Line:
    """One organisation of the plan. `key` names it in forms; it stays the same while the file does."""

    key: str
    group: Group
    name: str
    number: int | None = None
    organisation_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    contacts: tuple[Mapping[str, str], ...] = ()
    closed_on: str = ""
    notes: tuple[str, ...] = ()
    # Where it is asked now and would close.
    asked: tuple[str, ...] = ()
    # Unless somebody says otherwise.
    ticked: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether it is ticked as a whole, not fact by fact."""
        return self.group not in (Group.CHANGED, Group.MOVED)

    @property
    def boxes(self) -> dict[str, bool]:
        """The boxes of the line, and how they stand unless somebody says otherwise."""
        if self.group not in DOES_SOMETHING:
            return {}
        own = {self.key: self.ticked} if self.is_whole else {}
        return own | {f"{self.key}.{change.fact}": not change.by_hand for change in self.changes}

    @property
    def mark(self) -> str:
        """What was seen of the line, so that nothing is done that was not."""
        told: list[Any] = [self.group, self.name, self.organisation_id, self.closed_on, dict(self.facts)]
        told += [[change.fact, change.old, change.new] for change in self.changes]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Plan:
    """Everything a file would do. `ticks` are the boxes somebody set otherwise than they stood."""

    lines: tuple[Line, ...]
    ticks: Mapping[str, bool] = field(default_factory=dict)
    # Closed in the file, and never here.
    strangers: int = 0
    # Whom the file speaks for, in words: "schools and colleges of Hartmere".
    speaks_for: str = ""
    complete: bool = False

    def of(self, group: str) -> list[Line]:
        return [line for line in self.lines if line.group == group]

    def is_ticked(self, box: str, otherwise: bool) -> bool:
        return self.ticks.get(box, otherwise)

    def taken(self, line: Line) -> list[Change]:
        """The changes of a line that are ticked."""
        if line.is_whole and not self.does(line):
            return []
        return [one for one in line.changes if self.is_ticked(f"{line.key}.{one.fact}", not one.by_hand)]

    def does(self, line: Line) -> bool:
        """Whether anything of a line would be done."""
        if line.group not in DOES_SOMETHING:
            return False
        if line.is_whole:
            return self.is_ticked(line.key, line.ticked)
        return bool(self.taken(line))

    def counts(self) -> dict[Group, int]:
        """How many lines each group has."""
        counted = Counter(line.group for line in self.lines)
        return {group: counted[group] for group in GROUP_LABELS}

    def to_do(self) -> dict[Group, int]:
        """How many lines of each group would be done, as ticked."""
        counted = Counter(line.group for line in self.lines if self.does(line))
        return {group: counted[group] for group in DOES_SOMETHING if counted[group]}

    def changed_since(self, seen: Mapping[str, str]) -> list[Line]:
        """The lines that would be done and are not as they were when they were looked at."""
        return [line for line in self.lines if self.does(line) and seen.get(line.key) != line.mark]

    def seen(self) -> dict[str, str]:
        return {line.key: line.mark for line in self.lines if line.group in DOES_SOMETHING}


def said(fact: str, value: Any) -> str:
    """A fact in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if fact == "kind":
        return KIND_LABELS[Kind(value)]
    return PHASE_LABELS.get(value, str(value)) if fact == "phase" else str(value)


def contact_said(contact: Mapping[str, str]) -> str:
    """A contact in a line: "Mrs Ada Cole, ada@school.example, 01234 567890"."""
    return ", ".join(filter(None, (contact.get("name"), contact.get("email"), contact.get("telephone"))))


def contact_label(role: str) -> str:
    return CONTACT_ROLE_LABELS[ContactRole(role)]


def sentence_of(numbers: Mapping[Group, int] | Sequence[tuple[Group, int]]) -> str:
    """Numbers as a sentence: "3 added, 12 changed and 1 closed"."""
    words = {
        Group.ADDED: "added", Group.CHANGED: "changed", Group.MOVED: "moved to another trust",
        Group.CLOSED: "closed", Group.MISSING: "closed because the file does not have them",
        Group.REOPENED: "opened again",
    }  # fmt: skip
    parts = [f"{count:,} {words[group]}" for group, count in dict(numbers).items() if count]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
