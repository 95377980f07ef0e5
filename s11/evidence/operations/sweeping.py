"""What happens to files by themselves: the scanner is asked again, and what nobody wanted is swept away."""

from dataclasses import dataclass
from datetime import timedelta

from s11.core import clock
from s11.core.database import db, glance, unit_of_work
from s11.core.storage import files, gone_unless_kept
from s11.evidence import queries, scanning
from s11.evidence.operations.telling import tell_of_virus
from s11.evidence.rules import ScanState
from s11.evidence.scanning import PATIENCE_OF_THE_COMMAND, Verdict

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Scans:
    """What came of asking the scanner about everything that waits."""

    clean: int = 0
    infected: int = 0
    unchecked: int = 0
    missing: int = 0
    waiting: int = 0


def scan_waiting() -> Scans:
    """Ask the scanner about every file that waits, one by one; stops when it does not answer.

    No transaction is open while it looks: a large file must not hold up whoever is saving an answer.
    """
    with glance():
        waiting = queries.to_scan()
    counts = {state: 0 for state in ScanState}
    done = missing = 0
    for revision_id, key in waiting:
        try:
            with files().open(key) as content:
                verdict = scanning.scan(content, patience=PATIENCE_OF_THE_COMMAND)
        except (OSError, KeyError):
            missing, done = missing + 1, done + 1
            continue
        if verdict.state is ScanState.WAITING:
            break
        with unit_of_work():
            _note(revision_id, verdict)
        counts[verdict.state] += 1
        done += 1
    return Scans(
        counts[ScanState.CLEAN],
        counts[ScanState.INFECTED],
        counts[ScanState.UNCHECKED],
        missing,
        len(waiting) - done,
    )


def _note(revision_id: int, verdict: Verdict) -> None:
    revision = queries.revision_by_id(revision_id)
    revision.scan_state, revision.scan_note = verdict.state, verdict.note
    revision.scanned_at = clock.now()
    if verdict.state is ScanState.INFECTED:
        tell_of_virus(
            revision.document.organisation, revision.file_name, verdict.note, by=None, revision=revision
        )


def sweep() -> tuple[int, int]:
    """Throw away what waited a day for a decision, and what an interrupted upload left; says how many."""
    before = clock.now() - KEPT_FOR
    with unit_of_work():
        old = queries.uploads_before(before)
        for upload in old:
            db.session.delete(upload)
            gone_unless_kept(upload.storage_key, when_kept=True)
    return len(old), files().sweep(before)
