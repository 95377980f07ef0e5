"""Applying what was seen of a file, whole or not at all: organisations, seats, contacts, history."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Stale
from s11.organisations.models import Organisation, Seat
from s11.people.models import Person
from s11.register.files import queries
from s11.register.files.operations import check_waiting, let_go, plan_of
from s11.register.files.plan import Change, Group, Line, Plan, said
from s11.register.files.rules import FACTS, IN_HISTORY, LAYOUT_LABELS, NUMBERS, Layout
from s11.register.files.words import plain
from s11.register.models import Contact, OrganisationEvent, RegisterFile
from s11.register.operations.contacts import stand_in_for_nobody
from s11.register.rules import ContactRole, Happening
from s11.trail.operations import record
from s11.web.filters import day

CLOSING = (Group.CLOSED, Group.MISSING)
NAMED_AT_MOST = 3


def apply(file: RegisterFile, *, kinds: frozenset[Any], by: Person | None) -> dict[str, int]:
    """Do what is ticked, as it was seen; gives how many organisations of each group it was.

    Raises Stale where the register is no longer as it was when somebody looked.
    """
    db.session.flush()  # what was ticked a moment ago is not to be read away
    db.session.refresh(file, with_for_update=True)
    check_waiting(file)
    plan = plan_of(file, kinds=kinds)
    changed = plan.changed_since(file.choices.get("seen", {}))
    if changed:
        names = ", ".join(line.name for line in changed[:NAMED_AT_MOST])
        more = f" and {len(changed) - NAMED_AT_MOST} more" if len(changed) > NAMED_AT_MOST else ""
        raise Stale(
            f"The register was changed since you looked: {names}{more}. Nothing was applied. Look at these "
            "again, and apply the file then."
        )
    try:
        done = Application(file, plan, by).do()
    except IntegrityError:
        db.session.rollback()
        raise Stale(
            "Somebody else entered one of these organisations at the same moment. Nothing was applied. Look "
            "at the file again, and apply it then."
        ) from None
    file.applied_at = clock.now()
    file.outcome = done | {"left": len(plan.of(Group.LEFT)), "unchanged": len(plan.of(Group.UNCHANGED))}
    let_go(file)
    record(
        "register:file:applied",
        file.id,
        by=by,
        partnership_id=file.partnership_id,
        after={"file": file.file_name, "organisations": sum(done.values())} | done,
    )
    return done


class Application:
    """Knows what is ticked, and does it with few questions to the database."""

    def __init__(self, file: RegisterFile, plan: Plan, by: Person | None) -> None:
        self.file, self.plan, self.by = file, plan, by
        self.lines = [line for line in plan.lines if plan.does(line)]
        self.today, self.now = clock.today(), clock.now()
        self.source = f"{LAYOUT_LABELS[Layout(file.layout)]} of {day(self.today)}"
        ids = {line.organisation_id for line in self.lines if line.organisation_id}
        self.known = queries.organisations_by_id(ids)
        replaced = {one.replaces for line in self.lines for one in plan.taken(line) if one.replaces}
        self.contacts = queries.contacts_by_id(replaced)
        self.by_name: dict[str, int] = {}

    def do(self) -> dict[str, int]:
        # A number may pass from one organisation to another in the same file: first it is let go.
        self.let_numbers_go()
        added = [(line, self.added(line)) for line in self.lines if line.group == Group.ADDED]
        db.session.flush()
        self.by_name = {
            plain(name): id_ for id_, name in queries.seated_by_name(self.file.partnership_id)
        } | {plain(one.name): one.id for _, one in added}
        for line, organisation in added:
            self.settle(line, organisation)
        for line in self.lines:
            if line.organisation_id is not None:
                self.change(line, self.known[line.organisation_id])
        db.session.flush()
        stand_in_for_nobody([id_ for id_, one in self.contacts.items() if one.ended_on is not None])
        return {str(group): count for group, count in self.plan.to_do().items()}

    def let_numbers_go(self) -> None:
        for line in self.lines:
            for one in self.plan.taken(line):
                if one.fact in NUMBERS and line.organisation_id is not None:
                    setattr(self.known[line.organisation_id], one.fact, None)
        db.session.flush()

    def added(self, line: Line) -> Organisation:
        columns = {fact: stored(fact, value) for fact, value in line.facts.items() if fact != "parent"}
        name = line.facts["name"]
        columns.setdefault("short_name", name[:60].strip())
        organisation = Organisation(**columns)
        organisation.seats = [Seat(partnership_id=self.file.partnership_id, joined_on=self.today)]
        db.session.add(organisation)
        return organisation

    def settle(self, line: Line, organisation: Organisation) -> None:
        """Beneath its trust, with its contacts and the beginning of its history."""
        parent = line.facts.get("parent")
        if parent:
            organisation.parent_id = self.by_name.get(plain(parent))
        for contact in line.contacts:
            self.add_contact(organisation, contact)
        self.happened(organisation, Happening.ADDED, {}, {"kind": organisation.kind_label})

    def change(self, line: Line, organisation: Organisation) -> None:
        """Close it, or open it again, and take over the facts that are ticked."""
        if line.group in CLOSING:
            closed_on = date.fromisoformat(line.closed_on) if line.closed_on else self.today
            organisation.closed_on = closed_on
            after = {"closed": closed_on.isoformat()}
            self.happened(organisation, Happening.CLOSED, {}, after, on=closed_on)
            return
        if line.group == Group.REOPENED:
            self.reopen(organisation)
        taken = self.plan.taken(line)
        self.rename(organisation, [one for one in taken if one.fact in ("name", "short_name")])
        self.move(organisation, [one for one in taken if one.fact == "parent"])
        self.set_facts(organisation, [one for one in taken if one.fact in FACTS])
        for one in taken:
            if one.fact in set(ContactRole):
                self.replace_contact(organisation, one)

    def reopen(self, organisation: Organisation) -> None:
        before = {"closed": organisation.closed_on.isoformat()} if organisation.closed_on else {}
        organisation.closed_on = None
        for seat in organisation.seats:
            if seat.partnership_id == self.file.partnership_id:
                seat.left_on = None
        self.happened(organisation, Happening.REOPENED, before, {"at the table": "again"})

    def rename(self, organisation: Organisation, taken: list[Change]) -> None:
        """Another name; a short name that was only the name goes with it."""
        if not taken:
            return
        before = {"name": organisation.name, "short name": organisation.short_name}
        follows = organisation.short_name == organisation.name[:60].strip()
        for one in taken:
            setattr(organisation, one.fact, one.value)
        if follows and not any(one.fact == "short_name" for one in taken):
            organisation.short_name = organisation.name[:60].strip()
        after = {"name": organisation.name, "short name": organisation.short_name}
        self.happened(organisation, Happening.RENAMED, before, after)

    def move(self, organisation: Organisation, taken: list[Change]) -> None:
        for one in taken:
            parent_id = self.by_name.get(plain(one.value))
            if parent_id is not None and parent_id != organisation.id:
                organisation.parent_id = parent_id
                said_so = {IN_HISTORY["parent"]: one.new}
                self.happened(organisation, Happening.MOVED, {IN_HISTORY["parent"]: one.old}, said_so)

    def set_facts(self, organisation: Organisation, taken: list[Change]) -> None:
        facts = [one for one in taken if one.fact not in ("name", "short_name", "parent")]
        if not facts:
            return
        for one in facts:
            setattr(organisation, one.fact, stored(one.fact, one.value))
        before = {IN_HISTORY[one.fact]: one.old for one in facts}
        after = {IN_HISTORY[one.fact]: said(one.fact, one.value) for one in facts}
        self.happened(organisation, Happening.CHANGED, before, after)

    def add_contact(self, organisation: Organisation, contact: Mapping[str, str]) -> None:
        told = {key: contact.get(key, "") for key in ("role", "name", "job_title", "email", "telephone")}
        db.session.add(
            Contact(
                organisation_id=organisation.id,
                partnership_id=self.file.partnership_id,
                added_at=self.now,
                **told,
            )
        )

    def replace_contact(self, organisation: Organisation, change: Change) -> None:
        """The same person under another address, or somebody else in the post: then the one before ends."""
        before = self.contacts.get(change.replaces or 0)
        if before is not None and plain(before.name) == plain(change.value["name"]):
            before.email = change.value.get("email") or before.email
            before.telephone = change.value.get("telephone") or before.telephone
            return
        if before is not None:
            before.ended_on = self.today
        self.add_contact(organisation, change.value)

    def happened(
        self,
        organisation: Organisation,
        what: Happening,
        before: dict[str, str],
        after: dict[str, str],
        *,
        on: date | None = None,
    ) -> None:
        """In the organisation's history, and in the trail; kept with everything else at the end."""
        db.session.add(
            OrganisationEvent(
                organisation_id=organisation.id,
                partnership_id=self.file.partnership_id,
                what=what,
                on=on or self.today,
                before=before,
                after=after,
                source=self.source,
                at=self.now,
                by_name=self.by.name if self.by else "",
            )
        )
        record(
            "organisation:register:brought",
            organisation.id,
            by=self.by,
            organisation_id=organisation.id,
            partnership_id=self.file.partnership_id,
            before=before or None,
            after={"organisation": organisation.name, "what": str(what), "source": self.source} | after,
        )


def stored(fact: str, value: Any) -> Any:
    """A fact as its column holds it."""
    return date.fromisoformat(value) if fact == "opened_on" else value
