"""What the pages print on which a lead sees who answers what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from s11.returns.models import Assignment, PersonalLink
from s11.returns.queries import Contributor
from s11.returns.rules import LinkEnd, StandardProgress
from s11.web.filters import day, moment


@dataclass(frozen=True)
class Holder:
    """Somebody who was given a standard, with what stands in the way of their answering it, if anything."""

    assignment: Assignment
    name: str
    hindrance: str


@dataclass(frozen=True)
class Shared:
    """A standard with everybody it was given to."""

    progress: StandardProgress
    holders: list[Holder]


def state_of(part: StandardProgress) -> str:
    """How far a standard has come, in words."""
    return f"{part.done} of {part.asked}" if part.kind == "doing" else part.label


def holder_of(assignment: Assignment, contributors: Sequence[Contributor]) -> Holder:
    """Who was given something, and whether they can answer it: not joined yet, or left."""
    found = next((one for one in contributors if one.person.id == assignment.person_id), None)
    if found is None:
        return Holder(assignment, assignment.person.name, "no longer a contributor")
    return Holder(assignment, found.name, "" if found.has_joined else "invited, has not joined yet")


def shared_out(
    progress: Sequence[StandardProgress], given: Sequence[Assignment], contributors: Sequence[Contributor]
) -> list[Shared]:
    """Every standard with its holders, in the order printed."""
    return [
        Shared(part, [holder_of(a, contributors) for a in given if a.standard_id == part.standard.id])
        for part in progress
    ]


@dataclass(frozen=True)
class LinkLine:
    """A personal link with what became of it, in words."""

    link: PersonalLink
    status: str
    kind: str
    facts: list[str]
    is_good: bool


def link_line(link: PersonalLink, end: LinkEnd | None) -> LinkLine:
    """How a link stands: the one word first, then what happened when."""
    facts = [f"Sent {moment(link.made_at)} by {link.made_by_name}"]
    facts += [f"Opened {moment(link.opened_at)}"] if link.opened_at else ["Not opened yet"]
    facts += [f"Last saved {moment(link.saved_at)}"] if link.saved_at else []
    last_day = day(link.expires_at - timedelta(seconds=1))
    if end is LinkEnd.WITHDRAWN:
        facts.append(f"Taken back {moment(link.withdrawn_at)}")
        return LinkLine(link, "Taken back", "todo", facts, is_good=False)
    if end is LinkEnd.EXPIRED:
        return LinkLine(link, "Ended", "todo", [*facts, f"Ended {last_day}"], is_good=False)
    facts.append(f"Works until {last_day}")
    status, kind = "Sent", "todo"
    if link.saved_at:
        status, kind = "Answered", "done"
    elif link.opened_at:
        status, kind = "Opened", "doing"
    return LinkLine(link, status, kind, facts, is_good=end is None)
