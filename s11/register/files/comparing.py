"""Comparing the rows of a file with the register. Nothing is changed here."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from s11.organisations.rules import KIND_LABELS, Kind
from s11.register.files.finding import Finder
from s11.register.files.known import Held
from s11.register.files.plan import Change, Group, Line, Plan, contact_label, contact_said, said
from s11.register.files.rules import FACTS, KINDS_OF_LAYOUT, Layout, Row, State
from s11.register.files.words import plain
from s11.register.matching.rules import said_one_way

SPEAKS_FOR = {
    Layout.GIAS: "schools and colleges",
    Layout.EARLY_YEARS: "early-years settings and childminders",
}
IN_A_TRUST = frozenset({Kind.SCHOOL, Kind.COLLEGE})


@dataclass(frozen=True)
class Terms:
    """Under which a file is compared: what it is, whom it speaks for, and who brings it."""

    layout: Layout
    authorities: tuple[str, ...] = ()
    complete: bool = False
    kinds: Collection[str] = frozenset(Kind)
    ticks: Mapping[str, bool] = field(default_factory=dict)


def compare(rows: Sequence[Row], register: Sequence[Held], terms: Terms) -> Plan:
    """What these rows would do to this register."""
    return Comparison(rows, register, terms).plan()


class Comparison:
    """Looks at one row after the other, and then at what no row was about."""

    def __init__(self, rows: Sequence[Row], register: Sequence[Held], terms: Terms) -> None:
        self.rows, self.register, self.terms = rows, register, terms
        self.finder = Finder(rows, register)
        self.matched: dict[int, int] = {}
        self.strangers = 0
        self.parents = {plain(one.name) for one in register if one.seated and not one.closed_on}
        self.named = {plain(row.name) for row in rows if not row.faults and row.state == State.OPEN}
        self.new_trusts: dict[str, list[str]] = defaultdict(list)
        self.above = {plain(row.name): plain(str(row.facts.get("parent", ""))) for row in rows}

    def plan(self) -> Plan:
        lines = [line for row in self.rows if (line := self.line(row)) is not None]
        lines = self.trusts() + lines + self.missing()
        return Plan(tuple(lines), self.terms.ticks, self.strangers, self.speaks_for(), self.terms.complete)

    def line(self, row: Row) -> Line | None:
        if row.faults:
            self.note_if_known(row)
            return self.left(row, *row.faults)
        if row.state == State.PASSED:
            self.note_if_known(row)
            return self.left(row, row.note)
        found = self.finder.find(row)
        if isinstance(found, str):
            return self.left(row, found)
        if found is not None and found.id in self.matched:
            number = self.matched[found.id]
            return self.left(row, f"This is {found.name}, which row {number:,} is about already.")
        kind = row.facts.get("kind") or (found.facts["kind"] if found else "")
        if kind and kind not in self.terms.kinds:
            return self.left(row, f"{KIND_LABELS[Kind(kind)]}: not one of those whose register you keep.")
        if found is None:
            return self.new(row)
        self.matched[found.id] = row.number
        return self.known(row, found)

    def note_if_known(self, row: Row) -> None:
        """A row with a fault still shows that the file has the organisation."""
        found = self.finder.find(row)
        if isinstance(found, Held):
            self.matched.setdefault(found.id, row.number)

    def left(self, row: Row, *why: str) -> Line:
        return Line(f"r{row.number}", Group.LEFT, row.name or f"Row {row.number}", row.number, notes=why)

    def new(self, row: Row) -> Line | None:
        if row.state == State.CLOSED:
            self.strangers += 1
            return None
        if not row.facts.get("kind"):
            return self.left(
                row,
                "There is no such organisation here yet, and its kind is missing. Write one of: "
                f"{'; '.join(KIND_LABELS.values())}.",
            )
        fault = self.parent_fault(row, row.facts["kind"])
        if fault:
            return self.left(row, fault)
        self.count_trust(row, row.facts["kind"])
        hints = self.finder.hints(row)
        return Line(
            f"r{row.number}",
            Group.ADDED,
            row.name,
            row.number,
            facts=row.facts,
            contacts=row.contacts,
            notes=hints,
        )

    def known(self, row: Row, held: Held) -> Line:
        key, told = f"r{row.number}", {"number": row.number, "organisation_id": held.id}
        if held.merged_into:
            return Line(key, Group.UNCHANGED, held.name, notes=(f"Part of {held.merged_into}.",), **told)  # type: ignore[arg-type]
        by_hand = "closed_on" in held.by_hand
        if row.state == State.CLOSED:
            if held.closed_on:
                return Line(key, Group.UNCHANGED, held.name, notes=("Closed here already.",), **told)  # type: ignore[arg-type]
            return Line(
                key, Group.CLOSED, held.name, closed_on=row.closed_on, asked=held.asked, ticked=not by_hand,
                notes=("Opened again here by hand.",) if by_hand else (), **told,  # type: ignore[arg-type]
            )  # fmt: skip
        fault = self.parent_fault(row, held.facts["kind"])
        if fault:
            return self.left(row, fault)
        changes = tuple(self.changes(row, held))
        if held.closed_on or not held.seated:
            why = "It left the table." if not held.closed_on else "Closed here by hand." if by_hand else ""
            return Line(
                key, Group.REOPENED, held.name, changes=changes, ticked=not why, notes=(why,) if why else (),
                **told,  # type: ignore[arg-type]
            )  # fmt: skip
        moved = any(change.fact == "parent" for change in changes)
        group = Group.MOVED if moved else Group.CHANGED if changes else Group.UNCHANGED
        return Line(key, group, held.name, changes=changes, **told)  # type: ignore[arg-type]

    def changes(self, row: Row, held: Held) -> list[Change]:
        """What the row says otherwise than the register. What it does not say stays."""
        found = []
        for fact, label in FACTS.items():
            value, old = row.facts.get(fact), held.facts.get(fact)
            if value is None or same(fact, value, old):
                continue
            if fact == "parent":
                self.count_trust(row, row.facts.get("kind") or held.facts["kind"])
            found.append(Change(fact, label, said(fact, old), said(fact, value), value, fact in held.by_hand))
        return found + [one for contact in row.contacts if (one := self.contact(contact, held)) is not None]

    def contact(self, contact: Mapping[str, str], held: Held) -> Change | None:
        """Somebody else in a post, or another address or number of theirs."""
        role = contact["role"]
        before = next((one for one in held.contacts if one.role == role), None)
        label = contact_label(role)
        if before is None:
            return Change(role, label, "", contact_said(contact), dict(contact))
        others = all(contact.get(key, "") in ("", getattr(before, key)) for key in ("email", "telephone"))
        if others and plain(before.name) == plain(contact["name"]):
            return None
        old = contact_said(vars(before))
        # A register that gives names only would take away an address that somebody found out.
        by_hand = bool(before.email or before.telephone) and self.terms.layout != Layout.PLAIN
        return Change(role, label, old, contact_said(contact), dict(contact), by_hand, before.id)

    def parent_fault(self, row: Row, kind: str) -> str:
        """Why it cannot belong where the row says; a trust that is not here yet is added for a school."""
        parent = plain(str(row.facts.get("parent", "")))
        if not parent or (kind in IN_A_TRUST and parent != plain(row.name)):
            return ""
        if parent == plain(row.name) or self.above.get(parent) == plain(row.name):
            return f"{row.name} cannot belong to itself. Empty “{FACTS['parent']}”."
        if parent not in self.parents | self.named:
            return (
                f"No organisation here is called “{row.facts['parent']}”. Give it a row of its own, or "
                f"correct “{FACTS['parent']}”."
            )
        return ""

    def count_trust(self, row: Row, kind: str) -> None:
        parent = str(row.facts.get("parent", ""))
        if parent and kind in IN_A_TRUST and plain(parent) not in self.parents | self.named:
            self.new_trusts[parent].append(row.name)

    def trusts(self) -> list[Line]:
        """Trusts that the file names as the parents of schools, and that are not here."""
        by_plain: dict[str, str] = {}
        counted: Counter[str] = Counter()
        for name, schools in sorted(self.new_trusts.items()):
            by_plain.setdefault(plain(name), name)
            counted[plain(name)] += len(schools)
        return [
            Line(
                f"t{said_one_way(name).replace(' ', '-')[:60]}",
                Group.ADDED,
                name,
                facts={"name": name, "kind": Kind.TRUST},
                notes=(f"The trust of {counted[key]} school{'s' if counted[key] > 1 else ''} in the file.",),
            )
            for key, name in by_plain.items()
        ]

    def missing(self) -> list[Line]:
        """What the file would have to have if it is complete, and has not."""
        if not self.terms.complete:
            return []
        kinds = self.kinds() & set(self.terms.kinds)
        return [
            Line(
                f"m{held.ref}", Group.MISSING, held.name, organisation_id=held.id, asked=held.asked,
                notes=("The file does not have it.",),
            )
            for held in self.register
            if held.seated and not held.closed_on and held.id not in self.matched
            and held.facts["kind"] in kinds and self.is_spoken_for(held)
        ]  # fmt: skip

    def kinds(self) -> set[str]:
        of_layout = KINDS_OF_LAYOUT.get(self.terms.layout)
        if of_layout is not None:
            return set(of_layout)
        return {row.facts["kind"] for row in self.rows if row.facts.get("kind")}

    def is_spoken_for(self, held: Held) -> bool:
        """Whether a register of these local authorities would have it."""
        authority = plain(str(held.facts.get("local_authority") or ""))
        return not self.terms.authorities or not authority or authority in map(plain, self.terms.authorities)

    def speaks_for(self) -> str:
        labels = {
            Layout.GIAS: "schools and colleges",
            Layout.EARLY_YEARS: "early-years settings and childminders",
        }
        what = labels.get(self.terms.layout, "all organisations of the kinds in it")
        return f"{what} of {' and '.join(self.terms.authorities)}" if self.terms.authorities else what


def same(fact: str, value: Any, old: Any) -> bool:
    """Whether a row says what the register says, in whatever lines and strokes an address is written."""
    if fact in ("address", "parent", "telephone", "postcode"):
        return plain(str(value)) == plain(str(old or ""))
    return bool(value == old)
