"""What the preview of a file prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from s11.register.files.plan import (
    DOES_SOMETHING,
    GROUP_LABELS,
    Change,
    Group,
    Line,
    Plan,
    contact_label,
    said,
)
from s11.register.files.rules import FACTS
from s11.web.filters import day

PAGE = 50
# What is told of an organisation that would be added.
TOLD = ("kind", "phase", "parent", "district", "urn", "ofsted_urn", "postcode")


@dataclass(frozen=True)
class Box:
    """A box to tick: its name in the form, and how it stands."""

    name: str
    ticked: bool


@dataclass(frozen=True)
class ShownChange:
    change: Change
    box: Box


@dataclass(frozen=True)
class ShownLine:
    """A line with its boxes: one for the whole, or one for each fact."""

    line: Line
    box: Box | None
    changes: tuple[ShownChange, ...]
    # What is known of one that would be added, or when one would close.
    words: tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    group: Group
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class Preview:
    """One page of one group of a plan."""

    plan: Plan
    group: Group
    tabs: tuple[Tab, ...]
    lines: tuple[ShownLine, ...]
    page: int
    pages: int
    to_do: Mapping[Group, int]
    # How many lines, and facts, stand unticked.
    unticked: int

    @property
    def shown(self) -> list[str]:
        """The boxes of this page."""
        whole = [one.box.name for one in self.lines if one.box]
        return whole + [change.box.name for one in self.lines for change in one.changes]

    @property
    def does_nothing(self) -> bool:
        """Whether the file says what the register says."""
        return not any(line.group in DOES_SOMETHING for line in self.plan.lines)


def preview(plan: Plan, wanted: str, page: int) -> Preview:
    """The group asked for, or else the first that holds something."""
    counts = plan.counts()
    held = [group for group in GROUP_LABELS if counts[group]]
    group = next((one for one in held if one == wanted), held[0] if held else Group.UNCHANGED)
    lines = plan.of(group)
    pages = max(1, -(-len(lines) // PAGE))
    page = max(1, min(page, pages))
    here = lines[(page - 1) * PAGE : page * PAGE]
    boxes = [(name, otherwise) for line in plan.lines for name, otherwise in line.boxes.items()]
    return Preview(
        plan,
        group,
        tuple(Tab(one, GROUP_LABELS[one], counts[one], one == group) for one in held),
        tuple(shown(plan, line) for line in here),
        page,
        pages,
        plan.to_do(),
        sum(not plan.is_ticked(name, otherwise) for name, otherwise in boxes),
    )


def shown(plan: Plan, line: Line) -> ShownLine:
    boxes = line.boxes
    whole = Box(line.key, plan.is_ticked(line.key, boxes[line.key])) if line.key in boxes else None
    changes = [(change, f"{line.key}.{change.fact}") for change in line.changes]
    return ShownLine(
        line,
        whole,
        tuple(ShownChange(change, Box(name, plan.is_ticked(name, boxes[name]))) for change, name in changes),
        tuple(words_of(line)),
    )


def words_of(line: Line) -> list[str]:
    """What would be entered of a new organisation, or on which day one would close."""
    if line.closed_on:
        return [f"Closes on {day(date.fromisoformat(line.closed_on))}"]
    if line.group != Group.ADDED:
        return []
    facts = [f"{FACTS[fact]}: {said(fact, line.facts[fact])}" for fact in TOLD if fact in line.facts]
    return facts + [f"{contact_label(contact['role'])}: {contact['name']}" for contact in line.contacts]


def stage_of(file_rows: int, choices: Mapping[str, object], layout: str) -> str:
    """What a waiting file needs next: "authority", "columns" or nothing but to be looked at."""
    if choices.get("in_file") and not choices.get("authorities"):
        return "authority"
    return "columns" if not file_rows and layout == "plain" and not choices.get("placed") else "preview"
