"""What is said before a cycle is issued: exactly who gets what, and who does not."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s11.cycles.models import SubmissionGroup
from s11.desk.pages.audience import Planned, kind_label
from s11.organisations.rules import Kind
from s11.register.queries.addressing import Addressee

OWN_DATES = "own"


@dataclass(frozen=True)
class KindLine:
    """Organisations of one kind, and the fewest and the most criteria one of them is asked."""

    label: str
    count: int
    fewest: int
    most: int


@dataclass(frozen=True)
class Wave:
    """Those asked together: a group, or who goes with the cycle's own dates (`key` "own")."""

    key: str
    name: str
    members: tuple[Planned, ...]
    opens_on: date
    due_on: date
    waits: bool  # for the day it opens

    @property
    def let_off(self) -> int:
        return sum(bool(one.verdict.exempt) for one in self.members)


@dataclass(frozen=True)
class Confirmation:
    """Everything the confirmation says."""

    waves: tuple[Wave, ...]
    kinds: tuple[KindLine, ...]
    exempt: tuple[Planned, ...]
    # Asked last time and not now, each with why.
    dropped: tuple[Planned, ...]
    # Nobody can be written to.
    unreachable: tuple[Planned, ...]
    # The letter reaches somebody who cannot begin before they are invited.
    uninvited: tuple[Planned, ...]
    # Asked nothing at all: no standard is for them.
    empty: tuple[Planned, ...]
    gone: tuple[Planned, ...]
    letters: int
    digest: str

    @property
    def asked(self) -> int:
        return sum(one.gets_letter for wave in self.waves for one in wave.members)

    @property
    def members(self) -> tuple[Planned, ...]:
        return tuple(one for wave in self.waves for one in wave.members)


def confirmation(
    lines: Sequence[Planned],
    waves: Sequence[Wave],
    addressed: Mapping[int, Sequence[Addressee]],
    asked_before: set[int],
    gone: Sequence[Planned],
) -> Confirmation:
    """What issuing now would do."""
    members = [one for wave in waves for one in wave.members]
    written = [one for one in members if one.gets_letter]
    return Confirmation(
        waves=tuple(waves),
        kinds=tuple(kind_lines(written)),
        exempt=tuple(one for one in members if one.verdict.exempt),
        dropped=tuple(one for one in lines if one.organisation.id in asked_before and not one.verdict.asked),
        unreachable=tuple(one for one in written if not addressed.get(one.organisation.id)),
        uninvited=tuple(one for one in written if _nobody_can_begin(addressed.get(one.organisation.id, ()))),
        empty=tuple(one for one in written if not one.criteria),
        gone=tuple(gone),
        letters=sum(len(addressed.get(one.organisation.id, ())) for one in written),
        digest=digest(members),
    )


def _nobody_can_begin(addressed: Sequence[Addressee]) -> bool:
    """Whether somebody is written to, and none of them has an account."""
    return bool(addressed) and not any(one.has_account for one in addressed)


def kind_lines(members: Sequence[Planned]) -> list[KindLine]:
    """How many of each kind, in the order of the register's kinds."""
    found = []
    for kind in Kind:
        counts = [one.criteria for one in members if one.organisation.kind == kind]
        if counts:
            found.append(KindLine(kind_label(kind), len(counts), min(counts), max(counts)))
    return found


def waves_of(
    lines: Sequence[Planned], groups: Sequence[SubmissionGroup], own: tuple[date, date], today: date
) -> list[Wave]:
    """Those who are not asked yet, by group; who has none goes with the cycle's `own` opening and due day.

    A group that has not opened waits for its day. The cycle's own are asked at once, that they can prepare.
    """
    found = []
    for group in groups:
        if members := tuple(one for one in lines if one.is_new and one.group is group):
            waits = group.opens_on > today
            found.append(Wave(group.ref, group.name, members, group.opens_on, group.due_on, waits))
    if rest := tuple(one for one in lines if one.is_new and one.group is None):
        found.append(Wave(OWN_DATES, "Everybody else" if found else "Everybody", rest, *own, False))
    return found


def digest(members: Sequence[Planned]) -> str:
    """What a confirmation was about: it is refused when the audience has become another one meanwhile."""
    said = sorted(
        f"{one.organisation.ref} {one.group.ref if one.group else ''} {one.verdict.exempt} {one.criteria}"
        for one in members
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]
