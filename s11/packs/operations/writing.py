"""Writing the files of a pack, one after another, each exactly once, whoever is at it.

A file is claimed in a transaction of its own, written while no transaction is open, and kept in another. Who
is killed in between leaves a claim that counts no more after a while, and the next one writes the file.
"""

import io
import logging

from s11.core import clock
from s11.core.database import db, glance, unit_of_work
from s11.core.storage import files
from s11.packs import queries
from s11.packs.document import Document, read
from s11.packs.kinds import Format
from s11.packs.models import Pack
from s11.packs.pdf import NotSet
from s11.packs.writing import formats
from s11.packs.writing.formats import Written
from s11.partnerships.looks import Look, look_of
from s11.people.models import Person
from s11.trail.operations import record

FAULT = "The file could not be written. Try again; if it fails again, tell whoever runs this service."
log = logging.getLogger("s11.packs")


def write_next(pack_id: int) -> bool:
    """Write the next file of a pack that nobody is at; whether there was one. Opens its own transactions."""
    with unit_of_work():
        file_id = queries.claim(pack_id, clock.now())
    if file_id is None:
        return False
    with glance():
        format_, document, look = _to_write(file_id)
    try:
        _keep(file_id, formats.write(document, format_, look))
    except Exception as fault:
        # Whatever it is: the other files are to be written, and this one says that it was not.
        log.exception("a file of pack %s could not be written", pack_id)
        _keep_fault(file_id, fault)
    return True


def _to_write(file_id: int) -> tuple[Format, Document, Look]:
    found = queries.file_by_id(file_id)
    assert found is not None
    document = read(queries.contents_of(found.pack_id))
    return Format(found.format), document, look_of(found.pack.cycle.partnership)


def _keep(file_id: int, made: Written) -> None:
    stored = files().save(io.BytesIO(made.content))
    with unit_of_work():
        file = queries.file_by_id(file_id)
        if file is None or file.written_at is not None:  # somebody who took over was faster: theirs stands
            files().delete(stored.key)
            return
        file.storage_key, file.size, file.sha256 = stored.key, stored.size, stored.sha256
        file.pages, file.written_at, file.fault = made.pages, clock.now(), ""


def _keep_fault(file_id: int, fault: Exception) -> None:
    why = "it could not be set" if isinstance(fault, NotSet) else type(fault).__name__
    said = f"{FAULT} ({why})"
    with unit_of_work():
        file = queries.file_by_id(file_id)
        if file is not None and file.written_at is None:
            file.fault, file.claimed_at = said[:300], None


def try_again(pack: Pack, *, by: Person) -> None:
    """Write what could not be written once more."""
    again = [one for one in queries.files_of([pack.id])[pack.id] if one.fault and one.written_at is None]
    for one in again:
        one.fault, one.claimed_at = "", None
    db.session.flush()
    if again:
        record(
            "pack:file:tried_again",
            pack.id,
            by=by,
            organisation_id=pack.organisation_id,
            partnership_id=pack.cycle.partnership_id,
            after={"files": [one.format for one in again]},
        )


def finish_all() -> str:
    """Write whatever waits, of every pack: what was left when somebody closed the page."""
    count = 0
    with glance():
        waiting = queries.unfinished(clock.now())
    for pack_id in waiting:
        while write_next(pack_id):
            count += 1
    return f"{count} files of packs written." if count else "No pack waited to be written."
