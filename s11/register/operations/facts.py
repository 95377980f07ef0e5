"""Entering an organisation, and changing what is known about it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid, Stale
from s11.organisations import operations as organisations
from s11.organisations.models import Organisation, Partnership
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind
from s11.people.models import Person
from s11.register import queries
from s11.register.numbers import (
    NUMBERS,
    number_fault,
    phase_fault,
    postcode_fault,
    telephone_fault,
    tidy_number,
    tidy_postcode,
)
from s11.register.operations.history import happened
from s11.register.rules import FACTS, NEWER, Happening


def seen_of(organisation: Organisation) -> str:
    """A mark of the facts as they stand, so that a save knows whether its page still showed them."""
    facts = {name: getattr(organisation, name) for name in FACTS}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def enter(
    partnership: Partnership,
    *,
    name: str,
    short_name: str = "",
    parent: Organisation | None = None,
    facts: Mapping[str, Any],
    source: str = "",
    by: Person | None = None,
) -> Organisation:
    """A new organisation in the register, with a seat at the partnership."""
    name, short_name = named(partnership, name, short_name)
    details = checked(partnership, facts, organisation=None)
    kind = details.pop("kind")
    organisation = organisations.add(
        partnership, name=name, kind=kind, short_name=short_name, parent=parent, by=by, **details
    )
    happened(
        organisation,
        Happening.ADDED,
        partnership=partnership,
        after={"kind": KIND_LABELS[Kind(kind)]},
        source=source,
        by=by,
    )
    return organisation


def change(
    organisation: Organisation,
    partnership: Partnership,
    facts: Mapping[str, Any],
    *,
    seen: str | None = None,
    source: str = "",
    by: Person | None = None,
) -> list[str]:
    """Change facts; gives the names of those that changed. `seen` is the mark of the facts that were read."""
    db.session.refresh(organisation, with_for_update=True)
    if seen is not None and seen != seen_of(organisation):
        raise Stale(NEWER)
    after = checked(partnership, facts, organisation=organisation)
    changed = [name for name, value in after.items() if getattr(organisation, name) != value]
    if not changed:
        return []
    before = {FACTS[name]: said(name, getattr(organisation, name)) for name in changed}
    for name in changed:
        setattr(organisation, name, after[name])
    db.session.flush()
    happened(
        organisation,
        Happening.CHANGED,
        partnership=partnership,
        before=before,
        after={FACTS[name]: said(name, after[name]) for name in changed},
        source=source,
        by=by,
    )
    return changed


def rename(
    organisation: Organisation,
    partnership: Partnership,
    *,
    name: str,
    short_name: str = "",
    on: date,
    source: str = "",
    by: Person | None = None,
) -> None:
    """Another name, from a day on; the one it had is kept in its history."""
    name, short_name = named(partnership, name, short_name, organisation=organisation)
    if on > clock.today():
        raise Invalid("Enter the new name once it holds: this day has not come yet.", field="on")
    before = {"name": organisation.name, "short name": organisation.short_name}
    after = {"name": name, "short name": short_name}
    if before == after:
        raise Invalid("This is the name it has. Enter the new one.", field="name")
    organisation.name, organisation.short_name = name, short_name
    happened(
        organisation,
        Happening.RENAMED,
        partnership=partnership,
        on=on,
        before=before,
        after=after,
        source=source,
        by=by,
    )


def move(
    organisation: Organisation,
    partnership: Partnership,
    *,
    parent: Organisation | None,
    on: date,
    source: str = "",
    by: Person | None = None,
) -> None:
    """Let it belong to another trust, directorate or group, or to none, from a day on."""
    if parent is not None and organisation.id in queries.lines_above(parent):
        raise Invalid(f"{parent.name} belongs to {organisation.name} itself. Choose another.", field="parent")
    if on > clock.today():
        raise Invalid("Enter the move once it holds: this day has not come yet.", field="on")
    was = organisation.parent
    if (was.id if was else None) == (parent.id if parent else None):
        raise Invalid("It belongs there already. Choose another.", field="parent")
    organisation.parent = parent
    db.session.flush()
    happened(
        organisation,
        Happening.MOVED,
        partnership=partnership,
        on=on,
        before={"belongs to": was.name if was else ""},
        after={"belongs to": parent.name if parent else ""},
        source=source,
        by=by,
    )


def named(
    partnership: Partnership, name: str, short_name: str, *, organisation: Organisation | None = None
) -> tuple[str, str]:
    """A name and a short name that can be kept. Raises Invalid."""
    name, short_name = " ".join(name.split()), " ".join(short_name.split())
    if not name:
        raise Invalid("Enter the name of the organisation.", field="name")
    if len(name) > 200:
        raise Invalid("Use at most 200 characters.", field="name")
    other = queries.namesake(name, partnership.id, but=organisation.id if organisation else None)
    if other is not None:
        raise Invalid(
            f"There is already an organisation called {other.name}. If it is the same one, change that; "
            "if it is another, add its place to the name.",
            field="name",
        )
    return name, (short_name or name)[:60].strip()


def checked(
    partnership: Partnership, facts: Mapping[str, Any], *, organisation: Organisation | None
) -> dict[str, Any]:
    """Facts in the form in which they are stored. Raises Invalid at the first that cannot be kept."""
    found = {name: value for name, value in facts.items() if name in FACTS}
    for name in NUMBERS:
        if name in found:
            found[name] = tidy_number(name, found[name] or "") or None
            refuse(number_fault(name, found[name] or ""), name)
    if "postcode" in found:
        found["postcode"] = tidy_postcode(found["postcode"] or "")
        refuse(postcode_fault(found["postcode"]), "postcode")
    refuse(telephone_fault(found.get("telephone") or ""), "telephone")
    check_kind(found, organisation)
    for name in NUMBERS:
        if found.get(name):
            check_free(name, found[name], partnership, organisation)
    return found


def check_kind(found: Mapping[str, Any], organisation: Organisation | None) -> None:
    kind = found.get("kind", organisation.kind if organisation else "")
    phase = found.get("phase", organisation.phase if organisation else "")
    if kind not in set(Kind):
        raise Invalid("Choose what kind of organisation it is.", field="kind")
    label = KIND_LABELS[Kind(kind)]
    refuse(phase_fault(kind, phase, phase_label=PHASE_LABELS.get(phase, phase), kind_label=label), "phase")


def check_free(name: str, value: str, partnership: Partnership, organisation: Organisation | None) -> None:
    """Refuse a number that is another organisation's; one of another table is not named."""
    other = queries.holding_number(name, value, but=organisation.id if organisation else None)
    if other is None:
        return
    label = NUMBERS[name].label
    if partnership.id in {seat.partnership_id for seat in other.seats}:
        sentence = (
            f"{other.name} has the {label} {value} already. Check which of the two it belongs to; if they "
            "are one organisation, put them together."
        )
    else:
        sentence = (
            f"An organisation at another partnership’s table has the {label} {value} already. If it is the "
            "same one, ask whoever runs this service to give it a seat at yours."
        )
    raise Invalid(sentence, field=name)


def refuse(fault: str, field: str) -> None:
    if fault:
        raise Invalid(fault, field=field)


def said(name: str, value: Any) -> str:
    """A fact in words, for the history."""
    if name == "kind":
        return KIND_LABELS[Kind(value)]
    if name == "phase":
        return PHASE_LABELS.get(value, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
