"""Whether a stored file is still what was added: its SHA-256 is looked at before anything of it is sent.

Nothing here asks the database, so that it also works while an answer is being sent.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from s11.core.errors import DomainError
from s11.core.storage import CHUNK, Storage
from s11.evidence import scanning
from s11.evidence.models import Revision
from s11.evidence.rules import held_back

log = logging.getLogger("s11.evidence")
MISSING = "“{name}” is missing from the store of this service."
ALTERED = "“{name}” is no longer what was added: it was changed or damaged in the store of this service."
ADVICE = (
    " So it is not handed out. Tell whoever runs this service, and add your own copy as a new revision "
    "if you have one."
)


class NotServed(DomainError):
    """A file that is kept and not handed out now. `short` says why without advice."""

    def __init__(self, short: str, advice: str = "", *, is_fault: bool = False) -> None:
        super().__init__(short + advice)
        self.short = short
        self.is_fault = is_fault


@dataclass(frozen=True)
class Kept:
    """What has to be known of a stored file to hand it out. `locked`: why the scanner keeps it back."""

    name: str
    key: str
    size: int
    sha256: str
    locked: str

    @classmethod
    def of(cls, revision: Revision) -> "Kept":
        locked = held_back(revision, scanning.is_configured(), revision.file_name)
        return cls(revision.file_name, revision.storage_key, revision.size, revision.sha256, locked)


def opened(store: Storage, kept: Kept) -> BinaryIO:
    """The file from its beginning, once it is sure that it is what was added. Raises NotServed."""
    if kept.locked:
        raise NotServed(kept.locked)
    try:
        content = store.open(kept.key)
    except (OSError, KeyError, ValueError):
        raise _fault(MISSING, kept) from None
    try:
        if digest_of(content) != kept.sha256:
            raise _fault(ALTERED, kept)
        content.seek(0)
    except OSError:
        content.close()
        raise _fault(MISSING, kept) from None
    except BaseException:
        content.close()
        raise
    return content


@contextmanager
def reading(store: Storage, kept: Kept) -> Iterator[BinaryIO]:
    """The same, closed at the end."""
    with closing(opened(store, kept)) as content:
        yield content


def digest_of(content: BinaryIO) -> str:
    """The SHA-256 of all that follows, in hex, however long it is."""
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _fault(sentence: str, kept: Kept) -> NotServed:
    log.error("evidence file %s is missing or does not fit its hash %s", kept.key, kept.sha256)
    return NotServed(sentence.format(name=kept.name), ADVICE, is_fault=True)
