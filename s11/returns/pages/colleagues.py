"""What the pages print on which a lead sees who answers what, and a contributor their own part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from s11.core import clock
from s11.people.models import Person
from s11.returns import queries, rules
from s11.returns.link_rules import LinkEnd
from s11.returns.models import Assignment, PersonalLink, Return
from s11.returns.operations import thing_of
from s11.returns.queries import Contributor
from s11.returns.rules import StandardProgress
from s11.returns.shares import PartStanding, Thing, only, standing_of_part
from s11.web.filters import day, moment


@dataclass(frozen=True)
class Share:
    """Something that was given to somebody, with the day and the note."""

    assignment: Assignment
    thing: Thing

    @property
    def is_told(self) -> bool:
        """Whether a day or a note was given with it."""
        return bool(self.assignment.due_on or self.assignment.note)

    @property
    def asked_for(self) -> tuple[str, str]:
        """The day and the note, to put together what was given with the same."""
        return str(self.assignment.due_on or ""), self.assignment.note


@dataclass(frozen=True)
class Given(Share):
    """The same with how far it has come, and when they saved in it last."""

    progress: StandardProgress
    standing: PartStanding
    last_saved: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its contributor."""
        return self.progress.kind != "done" and self.assignment.finished_at is None


def given_lines(return_: Return, given: Sequence[Assignment]) -> list[Given]:
    """What was given, in the order printed, in a fixed number of queries."""
    asked = {standard.id: standard for standard in queries.standards_of(return_)}
    facts, values = queries.answer_facts(return_.id), queries.values_in(return_)
    saves = queries.last_saves(return_.id) if given else {}
    found = []
    for one in given:
        thing = thing_of(return_, one)
        part = asked.get(one.standard_id)
        if part is not None and thing.criterion:
            part = only(part, {thing.criterion.id})
        (progress,) = rules.progress([part or only(thing.standard, ())], facts, values)
        found.append(
            Given(
                one,
                thing,
                progress,
                standing_in(progress, one),
                last_in(saves.get(one.person_id, {}), thing),
            )
        )
    places = [standard.id for standard in queries.edition_of(return_).standards]
    return sorted(
        found,
        key=lambda line: (
            places.index(line.thing.standard.id),
            line.thing.criterion.position if line.thing.criterion else -1,
        ),
    )


def standing_in(progress: StandardProgress, one: Assignment) -> PartStanding:
    if not progress.asked and not progress.lacking:
        return PartStanding("Not asked now", "todo")
    return standing_of_part(
        progress, finished=one.finished_at is not None, due_on=one.due_on, today=clock.today()
    )


def last_in(saves: dict[tuple[int, int], datetime], thing: Thing) -> datetime | None:
    """When somebody saved last in what they were given."""
    asked = thing.asked
    places = [(field.id, asked.id) for field in asked.fields]
    for criterion in asked.criteria:
        places += [(0, criterion.id), *((field.id, criterion.id) for field in criterion.fields)]
    return max((saves[place] for place in places if place in saves), default=None)


@dataclass(frozen=True)
class Colleague:
    """A contributor with everything they were given, for a lead who has ten seconds."""

    person: Person
    name: str
    hindrance: str
    given: list[Given]

    @property
    def standing(self) -> PartStanding:
        """How their whole part stands."""
        parts = [line.progress for line in self.given]
        whole = StandardProgress(
            parts[0].standard,
            done=sum(part.done for part in parts),
            asked=sum(part.asked for part in parts),
            lacking=sum(part.lacking for part in parts),
        )
        finished = all(line.assignment.finished_at is not None for line in self.given)
        late = [line.assignment.due_on for line in self.given if line.standing.is_late]
        due_on = min((one for one in late if one), default=None)
        return standing_of_part(whole, finished=finished, due_on=due_on, today=clock.today())

    @property
    def open(self) -> list[Given]:
        """What still waits for them."""
        return [line for line in self.given if line.is_open]

    @property
    def due_on(self) -> date | None:
        """The next day on which something of theirs is due."""
        return min((one.assignment.due_on for one in self.open if one.assignment.due_on), default=None)

    @property
    def last_saved(self) -> datetime | None:
        return max((line.last_saved for line in self.given if line.last_saved), default=None)


def colleagues_of(lines: Sequence[Given], contributors: Sequence[Contributor]) -> list[Colleague]:
    """Everybody who was given something, by name."""
    theirs: dict[int, list[Given]] = {}
    for line in lines:
        theirs.setdefault(line.assignment.person_id, []).append(line)
    found = []
    for given in theirs.values():
        holder = holder_of(given[0].assignment, contributors)
        found.append(Colleague(given[0].assignment.person, holder.name, holder.hindrance, given))
    return sorted(found, key=lambda one: (one.name.casefold(), one.person.id))


@dataclass(frozen=True)
class Holder:
    """Somebody who was given something, with what stands in the way of their answering it, if anything."""

    assignment: Assignment
    name: str
    hindrance: str
    only: str = ""  # the single criteria with how each stands, where it was not the whole standard


@dataclass(frozen=True)
class Shared:
    """A standard with everybody it was given to, whole or in part."""

    progress: StandardProgress
    holders: list[Holder]

    @property
    def is_given_whole(self) -> bool:
        return any(not holder.only for holder in self.holders)


def state_of(part: StandardProgress) -> str:
    """How far a standard has come, in words."""
    return f"{part.done} of {part.asked}" if part.kind == "doing" else part.label


def holder_of(assignment: Assignment, contributors: Sequence[Contributor], number: str = "") -> Holder:
    """Who was given something, and whether they can answer it: not joined yet, or left."""
    found = next((one for one in contributors if one.person.id == assignment.person_id), None)
    if found is None:
        return Holder(assignment, assignment.person.name, "no longer a contributor", number)
    hindrance = "" if found.has_joined else "invited, has not joined yet"
    return Holder(assignment, found.name, hindrance, number)


def shared_out(
    progress: Sequence[StandardProgress], lines: Sequence[Given], contributors: Sequence[Contributor]
) -> list[Shared]:
    """Every standard with its holders, in the order printed."""
    return [
        Shared(
            part, holders([one for one in lines if one.thing.standard.id == part.standard.id], contributors)
        )
        for part in progress
    ]


def holders(lines: Sequence[Given], contributors: Sequence[Contributor]) -> list[Holder]:
    """Who was given a standard; single criteria given with the same day and note stand in one line."""
    found: dict[tuple[object, ...], list[Given]] = {}
    for line in lines:
        one = line.assignment
        found.setdefault((one.person_id, one.criterion_id is None, one.due_on, one.note), []).append(line)
    return [holder_of(same[0].assignment, contributors, only_of(same)) for same in found.values()]


def only_of(lines: Sequence[Given]) -> str:
    """Single criteria in words: "5.4 answered, 5.5 not started"."""
    return ", ".join(
        f"{line.thing.number} {line.standing.label.lower()}" for line in lines if line.thing.criterion
    )


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
