"""Where files are kept. Names are ours and random; what people call a file is data.

A file is written aside, forced to the disk, and only then given its name, so that a
crash leaves either a whole file or none.
"""

import errno
import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from flask import Flask, current_app
from sqlalchemy import event

from s11.core.database import db
from s11.core.errors import Invalid

CHUNK = 256 * 1024
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Of a small disk, this share is enough to keep free.
SHARE_KEPT_FREE = 10
NO_ROOM = (
    "This service has no room left for files, so the file was not added. What you wrote is safe. Tell "
    "whoever runs it, and meanwhile add a link, or say where the file can be seen."
)


class NoRoom(Invalid):
    """The disk is full, or nearly."""

    def __init__(self) -> None:
        super().__init__(NO_ROOM)


@dataclass(frozen=True)
class Stored:
    """What is known of a file once it is kept: its key, size in bytes and SHA-256 in hex."""

    key: str
    size: int
    sha256: str


class Storage(Protocol):
    """Anything that keeps files."""

    def save(self, source: BinaryIO) -> Stored: ...

    def open(self, key: str) -> BinaryIO: ...

    def delete(self, key: str) -> None: ...

    def sweep(self, before: datetime) -> int: ...


class LocalStorage:
    """Files in a folder, spread over 256 folders by the first letters of their key."""

    def __init__(self, folder: Path, keep_free: int = 0) -> None:
        self.folder = folder
        self.keep_free = keep_free

    def save(self, source: BinaryIO) -> Stored:
        """Keep a file. Raises NoRoom when the disk is full, or would be nearly."""
        try:
            return self._save(source)
        except OSError as error:
            if error.errno in FULL:
                raise NoRoom from None
            raise

    def _save(self, source: BinaryIO) -> Stored:
        key = secrets.token_hex(16)
        place = self._path(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        self._check_room()
        aside = place.with_suffix(".part")
        digest, size = hashlib.sha256(), 0
        try:
            with aside.open("wb") as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            aside.replace(place)
            _force_names(place.parent)
        finally:
            aside.unlink(missing_ok=True)
        return Stored(key, size, digest.hexdigest())

    def _check_room(self) -> None:
        """What the disk keeps free is what the database and everything else on it still need."""
        disk = shutil.disk_usage(self.folder)
        if disk.free < min(self.keep_free, disk.total // SHARE_KEPT_FREE):
            raise NoRoom

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def sweep(self, before: datetime) -> int:
        """Throw away what broken uploads left before a moment; says how many."""
        old = [part for part in self.folder.glob("??/*.part") if part.stat().st_mtime < before.timestamp()]
        for part in old:
            part.unlink(missing_ok=True)
        return len(old)

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise ValueError("a storage key holds letters and digits only")
        return self.folder / key[:2] / key


class MemoryStorage:
    """Files in memory, for tests."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self.files = dict(files or {})

    def save(self, source: BinaryIO) -> Stored:
        content = source.read()
        key = secrets.token_hex(16)
        self.files[key] = content
        return Stored(key, len(content), hashlib.sha256(content).hexdigest())

    def open(self, key: str) -> BinaryIO:
        return io.BytesIO(self.files[key])

    def delete(self, key: str) -> None:
        self.files.pop(key, None)

    def sweep(self, before: datetime) -> int:
        return 0


def _force_names(folder: Path) -> None:
    """Make the system write down a new name too, where it can be asked to."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def init(app: Flask, storage: Storage) -> None:
    app.extensions["s11-storage"] = storage


def files() -> Storage:
    """The storage of the application in hand."""
    storage: Storage = current_app.extensions["s11-storage"]
    return storage


def gone_unless_kept(key: str, *, when_kept: bool = False) -> None:
    """Throw a stored file away if the transaction in hand is not kept, or (`when_kept`) once it is."""
    db.session.info.setdefault(PENDING, []).append((key, when_kept))


PENDING = "s11-files"


def _settled(session: Any, kept: bool) -> None:
    for key, when_kept in session.info.pop(PENDING, []):
        if when_kept is kept:
            files().delete(key)


@event.listens_for(db.session, "after_commit")
def _kept(session: Any) -> None:
    _settled(session, True)


@event.listens_for(db.session, "after_rollback")
def _given_up(session: Any) -> None:
    _settled(session, False)
