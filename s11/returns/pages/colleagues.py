"""What the pages print on which a lead sees who answers what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from s11.people.models import Membership, Person
from s11.returns.models import Assignment, PersonalLink
from s11.returns.rules import LinkEnd, StandardProgress
from s11.web.filters import day, moment


@dataclass(frozen=True)
class Holder:
    """Somebody who was given a standard, with what stands in the way of their answering it, if anything."""

    assignment: Assignment
    hindrance: str

    @property
    def person(self) -> Person:
        return self.assignment.person


@dataclass(frozen=True)
class Shared:
    """A standard with everybody it was given to."""

    progress: StandardProgress
    holders: list[Holder]


def state_of(part: StandardProgress) -> str:
    """How far a standard has come, in words."""
    return f"{part.done} of {part.asked}" if part.kind == "doing" else part.label


def hindrance(person_id: int, contributors: Sequence[tuple[Membership, Person]]) -> str:
    """Why somebody cannot answer what they were given: not joined yet, or left; empty when they can."""
    held = [membership for membership, person in contributors if person.id == person_id]
    if not held:
        return "no longer a contributor"
    return "" if any(membership.in_force for membership in held) else "invited, has not joined yet"


def shared_out(
    progress: Sequence[StandardProgress],
    given: Sequence[Assignment],
    contributors: Sequence[tuple[Membership, Person]],
) -> list[Shared]:
    """Every standard with its holders, in the order printed."""
    by_standard: Mapping[int, list[Holder]] = {
        part.standard.id: [
            Holder(assignment, hindrance(assignment.person_id, contributors))
            for assignment in given
            if assignment.standard_id == part.standard.id
        ]
        for part in progress
    }
    return [Shared(part, by_standard[part.standard.id]) for part in progress]


@dataclass(frozen=True)
class LinkLine:
    """A personal link with what became of it, in words."""

    link: PersonalLink
    status: str
    kind: str
    facts: list[str]


def link_line(link: PersonalLink, end: LinkEnd | None) -> LinkLine:
    """How a link stands: the one word first, then what happened when."""
    facts = [f"Sent {moment(link.made_at)} by {link.made_by_name}"]
    facts += [f"Opened {moment(link.opened_at)}"] if link.opened_at else ["Not opened yet"]
    facts += [f"Last saved {moment(link.saved_at)}"] if link.saved_at else []
    last_day = day(link.expires_at - timedelta(seconds=1))
    if end is LinkEnd.WITHDRAWN:
        return LinkLine(link, "Taken back", "todo", [*facts, f"Taken back {moment(link.withdrawn_at)}"])
    if end is LinkEnd.EXPIRED:
        return LinkLine(link, "Ended", "todo", [*facts, f"Ended {last_day}"])
    facts.append(f"Works until {last_day}")
    if link.saved_at:
        return LinkLine(link, "Answered", "done", facts)
    return (
        LinkLine(link, "Opened", "doing", facts) if link.opened_at else LinkLine(link, "Sent", "todo", facts)
    )
