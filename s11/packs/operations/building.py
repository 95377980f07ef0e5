"""Gathering what a pack says, keeping it, and handing it to whom it is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from s11.challenge import queries as challenge
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles.models import Cycle
from s11.notices.operations import Draft, queue_all
from s11.notices.rules import Kind
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.packs import queries
from s11.packs.contents import Gathered, Wanted, gather
from s11.packs.document import kept
from s11.packs.kinds import AUDIENCE_LABELS, Audience, Format
from s11.packs.models import Pack, PackFile
from s11.packs.rules import HOLDS, SECONDS_OF_A_DOUBLE_CLICK
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.trail.operations import record
from s11.web.filters import day as day_words

NO_FORMAT = "Choose at least one format."
OFFICE = "the partnership office"


@dataclass(frozen=True)
class Prepared:
    """What a pack will say, and the state of the data it was gathered from."""

    wanted: Wanted
    gathered: Gathered
    data_version: str


def prepare(cycle: Cycle, wanted: Wanted, *, by: Person | None) -> Prepared:
    """Gather what a pack says. It reads only, and takes seconds: do it where nothing is locked.

    Raises Invalid for what cannot be built: see `contents.gather`.
    """
    gathered = gather(cycle, wanted, by_name=by.name if by else OFFICE)
    return Prepared(wanted, gathered, queries.data_version(cycle))


def begin(cycle: Cycle, prepared: Prepared, formats: Sequence[Format], *, by: Person | None) -> Pack:
    """Keep what a pack says, with a file in each format that waits to be written.

    Pressed twice, it is one pack. Raises Invalid where no format is chosen.
    """
    if not formats:
        raise Invalid(NO_FORMAT, field="formats")
    # Two that begin at once wait for each other here, and the second finds the first.
    db.session.refresh(cycle, attribute_names=["closed_at"], with_for_update=True)
    wanted, document = prepared.wanted, prepared.gathered.document
    pack = Pack(
        cycle_id=cycle.id,
        title=f"{document.title}: {document.subtitle}"[:200],
        audience=wanted.audience,
        organisation_id=wanted.organisation.id if wanted.organisation else None,
        organisations=_named(prepared.gathered.named),
        contents=kept(document),
        data_version=prepared.data_version,
        built_by_id=by.id if by else None,
        built_by_name=by.name if by else OFFICE,
        built_at=clock.now(),
    )
    since = clock.now() - timedelta(seconds=SECONDS_OF_A_DOUBLE_CLICK)
    known = queries.same_since(pack, since)
    if known is not None:
        _ask_for(known, formats, document.file_stem)
        return known
    db.session.add(pack)
    db.session.flush()
    _ask_for(pack, formats, document.file_stem)
    record(
        "pack:file:built",
        pack.id,
        by=by,
        organisation_id=pack.organisation_id,
        partnership_id=cycle.partnership_id,
        after={
            "organisations": len(pack.organisations),
            "audience": AUDIENCE_LABELS[wanted.audience],
            "data": pack.data_version,
        },
    )
    return pack


def _named(ids: Sequence[int]) -> list[dict[str, object]]:
    found = {one.id: one for one in queries.organisations(ids)}
    return [{"ref": found[one].ref, "name": found[one].name} for one in ids if one in found]


def _ask_for(pack: Pack, formats: Sequence[Format], stem: str) -> None:
    """A file to be written in each format that is not asked for yet."""
    known = {one.format for one in queries.files_of([pack.id])[pack.id]}
    for one in formats:
        if one not in known:
            db.session.add(PackFile(pack_id=pack.id, format=one, file_name=f"{stem}.{one}"))
    db.session.flush()


def formats_of(pack: Pack) -> list[Format]:
    """The formats a pack was asked for in."""
    return [Format(one.format) for one in queries.files_of([pack.id])[pack.id]]


def wanted_of(pack: Pack) -> Wanted:
    """What a pack was built from: for whom and about whom."""
    audience = Audience(pack.audience)
    refs = [str(one["ref"]) for one in pack.organisations]
    about = ""
    if audience is Audience.CLUSTER:
        about = pack.title.removeprefix(f"{AUDIENCE_LABELS[audience]}: ").removesuffix(
            f", {pack.cycle.title}"
        )
    ids = tuple(one.id for ref in refs if (one := organisations.by_ref(ref)) is not None)
    if not ids and not HOLDS[audience].about_one:  # nobody is named in it: it is about everybody
        ids = tuple(queries.returned_to(pack.cycle_id))
    return Wanted(audience, ids, pack.organisation, about)


# Handing it over


def release(pack: Pack, *, by: Person) -> None:
    """Let the organisation read the pack that is for it, or all partners theirs, and tell them."""
    if HOLDS[Audience(pack.audience)].for_board:
        raise DomainError("This pack is for people of the Board. Download it, and hand it over yourself.")
    if pack.released_at is not None:
        return
    if any(one.written_at is None for one in queries.files_of([pack.id])[pack.id]):
        raise DomainError("The pack is not finished. Wait until every file is written, then release it.")
    pack.released_at, pack.released_by_name = clock.now(), by.name
    _note("pack:file:released", pack, by)
    queue_all(mail for organisation in _readers(pack) for mail in _mails(pack, organisation))


def withdraw(pack: Pack, *, by: Person) -> None:
    """Take a released pack back: from now on nobody outside the Board opens it."""
    if pack.released_at is None:
        return
    pack.released_at, pack.released_by_name = None, ""
    _note("pack:file:withdrawn", pack, by)


def _note(tag: str, pack: Pack, by: Person) -> None:
    record(
        tag,
        pack.id,
        by=by,
        organisation_id=pack.organisation_id,
        partnership_id=pack.cycle.partnership_id,
        after={"audience": AUDIENCE_LABELS[Audience(pack.audience)]},
    )


def _readers(pack: Pack) -> list[Organisation]:
    """Who reads a released pack: the organisation it is for, or every partner where they share packs."""
    if pack.organisation is not None:
        return [pack.organisation]
    day = challenge.of_cycle(pack.cycle_id)
    return challenge.asked(pack.cycle_id) if day is not None and day.shares_packs else []


def _mails(pack: Pack, organisation: Organisation) -> Iterator[Draft]:
    """To its leads, that there is something to read and from when on, and nothing of what it says."""
    cycle, board = pack.cycle, pack.cycle.partnership
    what = f"{AUDIENCE_LABELS[Audience(pack.audience)].lower()}, {cycle.title}"
    for _, lead in people.members(organisation.id, Role.LEAD, Role.DEPUTY):
        yield Draft(
            to_address=lead.email,
            to_name=lead.name,
            subject=f"From {board.name}: a paper for {cycle.title}",
            body=f"Dear {lead.name},\n\n{board.name} has a paper for {organisation.name}: {what}. "
            f"{_from_when(pack)}Sign in to read it: it is under “From the Board” on your home page.",
            kind=Kind.NEWS,
            organisation_id=organisation.id,
            partnership_id=cycle.partnership_id,
            about=cycle.ref,
            once=f"pack {pack.ref} {organisation.ref} {lead.ref}",
        )


def _from_when(pack: Pack) -> str:
    """Partners read each other's ratings on the day and not before."""
    day = challenge.of_cycle(pack.cycle_id) if pack.organisation is None else None
    if day is None or day.held_on <= clock.today():
        return ""
    return f"It opens on {day_words(day.held_on)}, the day it is for. "
