"""Reading every stored file and comparing it with the hash kept when it was added. Meant for every night."""

from dataclasses import dataclass

from s11.core.database import glance, unit_of_work
from s11.core.storage import files
from s11.evidence import operations, queries
from s11.evidence.checking import ALTERED, MISSING, Kept, digest_of


@dataclass(frozen=True)
class Fault:
    """A stored file that is gone or altered: whose, which, and the sentence that says so."""

    revision: str
    organisation: str
    sentence: str


def verify() -> tuple[int, list[Fault]]:
    """How many files were read, and what is wrong with which. What is found goes into the trail."""
    with glance():
        stored = [(one.ref, one.document.organisation.name, Kept.of(one)) for one in queries.every_stored()]
    faults = []
    for ref, organisation, kept in stored:
        sentence = fault_of(kept)
        if sentence:
            faults.append(Fault(ref, organisation, sentence))
    with unit_of_work():
        for fault in faults:
            revision = queries.revision_by_ref(fault.revision)
            if revision is not None:
                operations.note_fault(revision, fault.sentence)
    return len(stored), faults


def fault_of(kept: Kept) -> str | None:
    """What is wrong with one stored file, locked or not."""
    try:
        with files().open(kept.key) as content:
            altered = digest_of(content) != kept.sha256
    except (OSError, KeyError, ValueError):
        return MISSING.format(name=kept.name)
    return ALTERED.format(name=kept.name) if altered else None
