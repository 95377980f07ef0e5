"""The deadline desk of one cycle: who needs what, the list as narrowed, and the page of it that is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from s11.desk.narrowing import SORTS, Narrowing
from s11.desk.pages.groups import NeedGroup, activity_of, groups_of, late_group
from s11.desk.pages.lines import Line, Named, waits_for
from s11.desk.pages.standing import Standing

PER_PAGE = 100
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """A line as it is printed: with the names that belong to it."""

    line: Line
    leads: list[tuple[str, str]]
    waits_for: list[str]
    did: str
    did_when: str


@dataclass(frozen=True)
class Filter:
    """One way to narrow the list: what it is called, and what there is to choose from."""

    name: str
    label: str
    choices: Choices


@dataclass(frozen=True)
class Desk:
    """Everything the desk of a cycle shows."""

    standing: Standing
    groups: list[NeedGroup]
    late: NeedGroup | None
    filters: list[Filter]
    sorts: Choices
    found: int
    rows: list[Row]
    page: int
    pages: int

    @property
    def to_do(self) -> list[NeedGroup]:
        return [group for group in self.groups if group.is_to_do]

    @property
    def others(self) -> list[NeedGroup]:
        return [group for group in self.groups if not group.is_to_do]


def desk_of(lines: list[Line], wanted: Narrowing, page: int, steps: Mapping[str, str]) -> Desk:
    """The desk. `steps`: what each signature is called, by its step."""
    shown = narrowed(lines, wanted)
    pages = max(1, ceil(len(shown) / PER_PAGE))
    page = min(max(page, 1), pages)
    return Desk(
        standing=Standing.of([line.progress for line in lines]),
        groups=groups_of(lines),
        late=late_group(lines),
        filters=filters_of(lines),
        sorts=list(SORTS.items()),
        found=len(shown),
        rows=rows_of(shown[(page - 1) * PER_PAGE : page * PER_PAGE], steps),
        page=page,
        pages=pages,
    )


def narrowed(lines: Iterable[Line], wanted: Narrowing) -> list[Line]:
    """The lines that fit, in the order wanted."""
    fitting = (line for line in lines if wanted.fits(line.listed))
    return sorted(fitting, key=lambda line: wanted.key(line.listed))


def rows_of(lines: list[Line], steps: Mapping[str, str]) -> list[Row]:
    """The lines with their names, which are looked up for these only."""
    named = Named.of(lines)
    rows = []
    for line in lines:
        id_ = line.progress.organisation_id
        did, when = activity_of(line, named.savers.get(line.progress.return_id, ""), named.seen.get(id_, ""))
        waits = waits_for(line, named.signers, steps)
        rows.append(Row(line, named.leads.get(id_, []), waits, did, when))
    return rows


def filters_of(lines: Iterable[Line]) -> list[Filter]:
    """What there is to choose from; a choice of one is none."""
    listed = [line.listed for line in lines]
    offered = [
        Filter("kind", "Kind", choices_of("Any kind", [one.kind for one in listed])),
        Filter("phase", "Phase", choices_of("Any phase", [one.phase for one in listed])),
        Filter("trust", "Trust", choices_of("Any trust", [one.trust for one in listed])),
        Filter("district", "District", choices_of("Any district", [one.district for one in listed])),
        Filter("group", "Group", choices_of("Any group", [one.group for one in listed])),
    ]
    return [one for one in offered if len(one.choices) > 1 + (one.name in ("kind", "phase"))]


def choices_of(first: str, held: Iterable[str]) -> Choices:
    return [("", first), *((word, word) for word in sorted({word for word in held if word}))]
