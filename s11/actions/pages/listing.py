"""The page of the plan: its views, its groups and the lines in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from s11.actions import permissions, queries
from s11.actions.models import Action
from s11.actions.pages.plan import PlanRow, row_of
from s11.actions.pages.words import titled
from s11.actions.rules import (
    ALL,
    MECHANISM_LABELS,
    OWN,
    QUICK_VIEWS,
    Arrangement,
    Group,
    Mechanism,
    PlanCounts,
    PlanFilter,
    parts,
)
from s11.people.models import Person

# The titles of standards by key, in the order of their numbers.
Standards = Mapping[str, str]
# What stands over actions that have nothing to be grouped by.
WITHOUT = {
    Group.SOURCE: "No source",
    Group.THEME: "No theme",
    Group.MECHANISM: "No mechanism chosen",
    Group.ORGANISATION: "No organisation",
    Group.STANDARD: "About no standard",
    Group.OWNER: "No owner yet",
    Group.MONTH: "No date yet",
}


@dataclass(frozen=True)
class Tab:
    """A view that is asked for often: what it is called, its address and how many actions it finds."""

    label: str
    address: dict[str, str]
    count: int
    current: bool


@dataclass(frozen=True)
class TickRow:
    """A line of the plan, and whether this person may say how it goes."""

    row: PlanRow
    may_update: bool


@dataclass(frozen=True)
class PlanGroup:
    """Lines under the title of their group, with the counts of all of it; one without title is the whole."""

    title: str
    rows: list[TickRow]
    counts: PlanCounts
    continued: bool = False


@dataclass(frozen=True)
class PlanPage:
    """One page of the plan."""

    groups: list[PlanGroup]
    counts: PlanCounts
    found: int
    page: int
    pages: int

    @property
    def may_tick(self) -> bool:
        return any(line.may_update for group in self.groups for line in group.rows)


def tabs_of(person: Person, wanted: PlanFilter, today: date) -> list[Tab]:
    """The views asked for most, with how many actions each finds."""
    counted = zip(QUICK_VIEWS, queries.quick_counts(person, today=today), strict=True)
    return [
        Tab(
            _own_of(person) if view.wanted.organisation == OWN else view.label,
            view.wanted.address,
            count,
            view.wanted == wanted,
        )
        for view, count in counted
    ]


def in_all(tabs: list[Tab]) -> int:
    """How many actions there are that this person sees."""
    return next(tab.count for tab in tabs if tab.address == ALL.wanted.address)


def plan_page(
    person: Person,
    wanted: PlanFilter,
    arranged: Arrangement,
    *,
    page: int,
    standards: Standards,
    today: date,
) -> PlanPage:
    """One page of what a filter finds, in the order and the groups asked for."""
    counts = queries.counts(person, wanted, today=today)
    found = queries.how_many(person, wanted, today=today)

    def lines(actions: list[Action]) -> list[TickRow]:
        return [TickRow(row_of(one, today), permissions.can_update(person, one)) for one in actions]

    if arranged.group is None:
        pages = max(1, -(-found // queries.PAGE))
        page = min(max(page, 1), pages)
        listed = queries.listed(person, wanted, arranged, today=today, page=page)
        return PlanPage([PlanGroup("", lines(listed), counts)], counts, found, page, pages)
    here, pages = parts(
        queries.lines(person, wanted, arranged.sort, arranged.group, today=today),
        order=_order(arranged.group, standards),
        today=today,
        page=page,
        size=queries.PAGE,
    )
    actions = queries.by_ids({id_ for part in here for id_ in part.ids})
    groups = [
        PlanGroup(
            title_of(arranged.group, part.key, standards),
            lines([actions[id_] for id_ in part.ids]),
            part.counts,
            part.continued,
        )
        for part in here
    ]
    return PlanPage(groups, counts, found, min(max(page, 1), pages), pages)


def title_of(group: Group, key: str, standards: Standards) -> str:
    """What stands over a group."""
    if not key:
        return WITHOUT[group]
    if group == Group.SOURCE:
        kind, _, title = key.partition(":")
        return titled(kind, title)
    if group == Group.MECHANISM:
        return MECHANISM_LABELS[Mechanism(key)]
    if group == Group.STANDARD:
        return standards.get(key, key)
    if group == Group.MONTH:
        year, month = divmod(int(key), 12)
        return f"{date(year, month + 1, 1):%B %Y}"
    return key


def _order(group: Group, standards: Standards) -> Callable[[str], Any]:
    """The order groups stand in: months and standards as they are counted, everything else by its title."""
    if group == Group.MONTH:
        return lambda key: int(key or 0)
    if group == Group.STANDARD:
        places = {key: place for place, key in enumerate(standards)}
        return lambda key: places.get(key, len(places))
    return lambda key: title_of(group, key, standards).casefold()


def standards_in_order(person: Person) -> dict[str, str]:
    """The standards actions this person sees are about: "1 Leadership" by its key, 2 before 10."""
    found = queries.standards_in_plan(person)
    in_order = sorted(found.items(), key=lambda one: (_counted(one[1][0]), one[1][1], one[0]))
    return {key: f"{number} {title}" for key, (number, title) in in_order}


def _counted(number: str) -> list[tuple[int, str]]:
    """A key that puts 2 before 10, and numbers before words."""
    return [(int(part), "") if part.isdecimal() else (10**6, part) for part in number.split(".")]


def _own_of(person: Person) -> str:
    """What somebody's own part of the plan is called: their organisation's, or the Board's."""
    ids = person.organisation_ids
    if ids:
        return "My organisations" if len(ids) > 1 else "My organisation"
    words = next((held.partnership.board_word for held in person.current if held.partnership), "the Board")
    return f"{words[:1].upper()}{words[1:]}’s own"
