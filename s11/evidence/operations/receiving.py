"""Files on their way in: looked at while no transaction is open, then kept, asked about, or turned away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.core.storage import Stored, files, gone_unless_kept
from s11.evidence import queries, scanning
from s11.evidence.inspection import Inspected, clean_name, inspect
from s11.evidence.models import Revision, Upload
from s11.evidence.operations.adding import new_file
from s11.evidence.operations.telling import tell_of_virus
from s11.evidence.rules import ScanState
from s11.evidence.scanning import Verdict
from s11.organisations.models import Organisation
from s11.people.models import Person

VIRUS = (
    "“{name}” holds a virus ({virus}) and was not kept. Do not open it: tell whoever looks after your "
    "computer, and add a clean copy."
)
VIRUS_KNOWN = "“{name}” is a file in which a virus was found before, so it was not kept. Add a clean copy."


@dataclass(frozen=True)
class Arrived:
    """A file that was looked at and stored, and that no row of the database knows yet."""

    checked: Inspected
    stored: Stored
    verdict: Verdict


@dataclass(frozen=True)
class Turned:
    """A file that is not kept, and the sentence that says why and what to do."""

    name: str
    sentence: str
    virus: str = ""


def receive(chosen: Iterable[tuple[BinaryIO, str]], *, most: int) -> list[Arrived | Turned]:
    """Look at files and store those that are fit; one that is turned away does not stop the others.

    Slow work: whatever was read so far is let go first, so that nobody waits who is saving an answer.
    """
    db.session.rollback()
    received: list[Arrived | Turned] = []
    for stream, name in chosen:
        # A scanner that did not answer for one file is not waited for again with the next.
        away = any(isinstance(one, Arrived) and one.verdict == scanning.AWAY for one in received)
        received.append(_received(stream, name, most, away=away))
    return received


def _received(stream: BinaryIO, name: str, most: int, *, away: bool) -> Arrived | Turned:
    try:
        checked = inspect(stream, name, most=most)
        verdict = scanning.AWAY if away else scanning.scan(stream)
        if verdict.state is ScanState.INFECTED:
            sentence = VIRUS.format(name=checked.file_name, virus=verdict.note)
            return Turned(checked.file_name, sentence, verdict.note)
        return Arrived(checked, files().save(stream), verdict)
    except Invalid as refusal:
        return Turned(clean_name(name), refusal.sentence)


def settle(
    organisation: Organisation,
    arrived: Arrived,
    *,
    by: Person,
    purpose: Mapping[str, Any],
    personal_data: str = "",
) -> Revision | Upload | Turned:
    """Keep a file that arrived: as evidence, or, where something hides in it, until somebody has decided."""
    known = queries.same_content(organisation.id, arrived.stored.sha256)
    if known is not None:
        files().delete(arrived.stored.key)
        if known.scan_state == ScanState.INFECTED:
            name = arrived.checked.file_name
            return Turned(name, VIRUS_KNOWN.format(name=name), known.scan_note)
        return known
    gone_unless_kept(arrived.stored.key)
    told = {**purpose, "personal_data": personal_data}
    if arrived.checked.hidden:
        return to_decide(organisation, arrived, by=by, purpose=told)
    return new_file(
        organisation,
        arrived.checked,
        arrived.stored,
        verdict=arrived.verdict,
        personal_data=personal_data,
        by=by,
    )


def to_decide(organisation: Organisation, arrived: Arrived, *, by: Person, purpose: dict[str, Any]) -> Upload:
    """A file that waits for a decision; the same one sent twice for the same place waits once."""
    for waiting in queries.uploads(organisation.id):
        if waiting.sha256 == arrived.stored.sha256 and _same_place(waiting.purpose, purpose):
            files().delete(arrived.stored.key)
            waiting.purpose = {**purpose, "scan": _told(arrived.verdict)}
            return waiting
    checked = arrived.checked
    upload = Upload(
        organisation_id=organisation.id,
        purpose={**purpose, "scan": _told(arrived.verdict)},
        file_name=checked.file_name,
        media_type=checked.media_type,
        size=arrived.stored.size,
        sha256=arrived.stored.sha256,
        storage_key=arrived.stored.key,
        hidden=list(checked.hidden),
        person_id=by.id,
        person_name=by.name,
        at=clock.now(),
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def _same_place(one: dict[str, Any], other: dict[str, Any]) -> bool:
    places = ("return", "criterion", "field", "subject", "document", "request")
    return all(one.get(name) == other.get(name) for name in places)


def _told(verdict: Verdict) -> list[str]:
    return [str(verdict.state), verdict.note]


def accept(organisation: Organisation, upload: Upload, *, by: Person) -> Revision:
    """Make evidence of a file although something hides in it; what that is stays written beside it."""
    known = queries.same_content(organisation.id, upload.sha256)
    if known is not None and known.scan_state == ScanState.INFECTED:
        raise Invalid(VIRUS_KNOWN.format(name=upload.file_name))
    if known is not None:
        leave_out(upload)
        return known
    state, note = upload.purpose.get("scan", (ScanState.NOT_SCANNED, ""))
    checked = Inspected(upload.file_name, upload.media_type, upload.size, tuple(upload.hidden))
    revision = new_file(
        organisation,
        checked,
        Stored(upload.storage_key, upload.size, upload.sha256),
        verdict=Verdict(ScanState(state), note),
        personal_data=str(upload.purpose.get("personal_data", "")),
        by=by,
    )
    db.session.delete(upload)
    return revision


def leave_out(upload: Upload) -> None:
    """Throw away a file that was not made evidence of."""
    db.session.delete(upload)
    gone_unless_kept(upload.storage_key, when_kept=True)


def put_away(arrived: Iterable[Arrived | Turned]) -> None:
    """Throw away files that were stored and cannot be used after all."""
    for one in arrived:
        if isinstance(one, Arrived):
            files().delete(one.stored.key)


def warn_of_viruses(organisation: Organisation, turned: Iterable[Turned], *, by: Person) -> None:
    """Write to the lead about files in which a virus was found."""
    for one in turned:
        if one.virus:
            tell_of_virus(organisation, one.name, one.virus, by=by)
