"""A file brought, told apart, ticked line by line, and put aside. What applies it: `applying`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import IO, BinaryIO, cast

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.core.storage import files, gone_unless_kept
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.register.files import queries
from s11.register.files.comparing import Terms, compare
from s11.register.files.plan import Plan
from s11.register.files.reading import table_of
from s11.register.files.rules import DAYS_WAITING, KINDS_OF_LAYOUT, LAYOUT_LABELS, Layout, row_of
from s11.register.files.understanding import (
    Understood,
    held_to,
    layout_in,
    places_of,
    refuse_broken,
    understand,
)
from s11.register.models import RegisterFile
from s11.register.permissions import kinds_kept
from s11.trail.operations import record

# Which file it was, and how it was held: kept when everything else of it goes.
KEPT = ("authorities", "complete")
# Of a file that is only looked at; all its rows are read once it is known which are wanted.
FIRST_ROWS = 500
DECIDED = "This file has been applied or put aside. Bring it again to see what it would change now."


def bring(
    partnership: Partnership,
    source: IO[bytes],
    file_name: str,
    *,
    layout: Layout | None = None,
    authorities: Sequence[str] = (),
    by: Person | None = None,
) -> RegisterFile:
    """Read a file and keep it until it is decided about. Raises Invalid with what is wrong with it."""
    understood = look_at(source, file_name, layout)
    refuse_kinds(understood.layout, partnership, by)
    chosen = authorities or remembered(partnership, understood)
    held_to(understood, authorities)
    for earlier in queries.waiting(partnership.id):
        if by is None or earlier.brought_by_id == by.id:
            put_aside(earlier, by=by)
    source.seek(0)
    stored = files().save(cast(BinaryIO, source))
    gone_unless_kept(stored.key)
    file = RegisterFile(
        partnership_id=partnership.id,
        layout=understood.layout,
        file_name=file_name[-200:],
        sha256=stored.sha256,
        choices={"key": stored.key, "authorities": list(chosen), "in_file": understood.authorities[:500]},
        brought_at=clock.now(),
        brought_by_id=by.id if by else None,
        brought_by_name=by.name if by else "",
    )
    db.session.add(file)
    db.session.flush()
    if chosen or not understood.authorities:
        take_rows(file)
    return file


def look_at(source: IO[bytes], file_name: str, layout: Layout | None) -> Understood:
    """What a file is, and whether it can be taken in at all."""
    table = table_of(source, file_name, most=FIRST_ROWS)
    found = layout_in(table, layout)
    # Columns of a plain list can still be named by hand, so the only needed one may be missing here.
    places = {} if found == Layout.PLAIN else places_of(found, table)
    refuse_broken(found, table, places)
    return Understood(found, table, places)


def refuse_kinds(layout: Layout, partnership: Partnership, by: Person | None) -> None:
    """An adviser brings the register of their own audit only."""
    about = KINDS_OF_LAYOUT.get(layout)
    if by is not None and about is not None and not about & kinds_kept(by, partnership.id):
        raise Invalid(
            f"This is a {LAYOUT_LABELS[layout].lower()}, which the partnership’s office brings.", field="file"
        )


def remembered(partnership: Partnership, understood: Understood) -> list[str]:
    """The local authorities of last time, where this file has them; the only one, where it names one."""
    known = understood.authorities
    before = queries.authorities_last_time(partnership.id, understood.layout)
    return [name for name in before if name in known] or (known if len(known) == 1 else [])


def choose_authorities(file: RegisterFile, chosen: Sequence[str]) -> None:
    """Hold a register of many local authorities to these. Raises Invalid."""
    check_waiting(file)
    known = set(file.choices.get("in_file", ()))
    if not chosen or not set(chosen) <= known:
        raise Invalid("Choose at least one local authority.", field="authorities")
    file.choices = {**file.choices, "authorities": sorted(chosen), "ticks": {}, "seen": {}}
    take_rows(file)


def say_columns(file: RegisterFile, places: Mapping[str, int]) -> None:
    """Say which column of a plain list is what. Raises Invalid."""
    check_waiting(file)
    if "name" not in places:
        raise Invalid("Say in which column the name stands.", field="name")
    if len(set(places.values())) < len(places):
        raise Invalid("Two facts cannot stand in one column. Choose another for one of them.", field="name")
    file.choices = {**file.choices, "places": dict(places), "ticks": {}, "seen": {}}
    take_rows(file)


def take_rows(file: RegisterFile) -> None:
    """Read the stored file as was chosen, and keep its rows in our own words. Raises Invalid."""
    authorities = file.choices.get("authorities", [])
    layout = Layout(file.layout)
    with files().open(file.choices["key"]) as source:
        table = table_of(source, file.file_name, authorities)
    said = file.choices.get("places")
    headings = list(table.headings)
    file.choices = {**file.choices, "headings": headings, "sample": samples(table.rows)}
    try:
        places = places_of(layout, table, said)
    except Invalid:
        if layout != Layout.PLAIN:
            raise
        file.rows = []
        return
    rows = understand(layout, table, places)
    file.rows = [row.stored() for row in rows]
    file.choices = {**file.choices, "placed": places}


def samples(rows: Iterable[tuple[int, Sequence[str]]]) -> list[str]:
    """The first value in each column, to know it by."""
    found: list[str] = []
    for _, cells in list(rows)[:20]:
        found += [""] * (len(cells) - len(found))
        found = [kept or cell[:40] for kept, cell in zip(found, [*cells, *[""] * len(found)], strict=False)]
    return found


def plan_of_untaken(
    partnership: Partnership,
    source: IO[bytes],
    file_name: str,
    *,
    layout: Layout | None = None,
    authorities: Sequence[str] = (),
) -> Plan:
    """What a file would do, without keeping anything of it. Raises Invalid."""
    understood = look_at(source, file_name, layout)
    held_to(understood, authorities)
    chosen = list(authorities) or remembered(partnership, understood)
    if not chosen and understood.authorities:
        raise Invalid(
            f"This file has {len(understood.authorities)} local authorities. Say which one is wanted.",
            field="authorities",
        )
    source.seek(0)
    table = table_of(source, file_name, chosen)
    rows = understand(understood.layout, table, places_of(understood.layout, table))
    terms = Terms(understood.layout, tuple(chosen))
    return compare(rows, queries.register_for(partnership.id, rows), terms)


def plan_of(file: RegisterFile, *, kinds: Iterable[str]) -> Plan:
    """What the file would do to the register as it is now."""
    rows = [row_of(stored) for stored in file.rows]
    terms = Terms(
        Layout(file.layout),
        tuple(file.choices.get("authorities", ())),
        bool(file.choices.get("complete")),
        frozenset(kinds),
        file.choices.get("ticks", {}),
    )
    return compare(rows, queries.register_for(file.partnership_id, rows), terms)


def tick(file: RegisterFile, plan: Plan, shown: Iterable[str], ticked: Iterable[str]) -> None:
    """Keep which boxes of those shown are ticked, where that is not how they stood."""
    check_waiting(file)
    standing = {box: otherwise for line in plan.lines for box, otherwise in line.boxes.items()}
    chosen, ticks = set(ticked), dict(file.choices.get("ticks", {}))
    for box in shown:
        if box in standing:
            ticks.pop(box, None)
            if (box in chosen) != standing[box]:
                ticks[box] = box in chosen
    file.choices = {**file.choices, "ticks": ticks}


def say_complete(file: RegisterFile, complete: bool) -> None:
    """Say whether what is missing from the file is to be closed."""
    check_waiting(file)
    file.choices = {**file.choices, "complete": complete}


def note_seen(file: RegisterFile, plan: Plan) -> None:
    """Keep what was looked at, so that nothing else is applied."""
    check_waiting(file)
    file.choices = {**file.choices, "seen": plan.seen()}


def put_aside_forgotten() -> str:
    """Let files go that nobody decided about: the rows name people, and are not kept for nothing."""
    with unit_of_work():
        old = queries.waiting_since_before(clock.now() - timedelta(days=DAYS_WAITING))
        for file in old:
            put_aside(file, by=None)
    return f"{len(old)} register files put aside" if len(old) != 1 else "1 register file put aside"


def put_aside(file: RegisterFile, *, by: Person | None) -> None:
    """Let a file go without applying it: its rows and the file itself are thrown away."""
    check_waiting(file)
    file.put_aside_at = clock.now()
    let_go(file)
    record(
        "register:file:put_aside",
        file.id,
        by=by,
        partnership_id=file.partnership_id,
        after={"file": file.file_name},
    )


def let_go(file: RegisterFile) -> None:
    """Empty what is held of a file once it is decided about; which file it was stays."""
    key = file.choices.get("key")
    if key:
        gone_unless_kept(key, when_kept=True)
    file.rows = []
    file.choices = {name: file.choices[name] for name in KEPT if name in file.choices}


def check_waiting(file: RegisterFile) -> None:
    if file.applied_at is not None or file.put_aside_at is not None:
        raise DomainError(DECIDED)
