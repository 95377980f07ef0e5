"""Where files are kept. Names are ours and random; what people call a file is data.

A file is written aside, forced to the disk, and only then given its name, so that a
crash leaves either a whole file or none.
"""

import hashlib
import io
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import Flask, current_app

CHUNK = 256 * 1024


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


class LocalStorage:
    """Files in a folder, spread over 256 folders by the first letters of their key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, source: BinaryIO) -> Stored:
        key = secrets.token_hex(16)
        place = self._path(key)
        place.parent.mkdir(parents=True, exist_ok=True)
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
        finally:
            aside.unlink(missing_ok=True)
        return Stored(key, size, digest.hexdigest())

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise ValueError("a storage key holds letters and digits only")
        return self.folder / key[:2] / key


class MemoryStorage:
    """Files in memory, for tests."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def save(self, source: BinaryIO) -> Stored:
        content = source.read()
        key = secrets.token_hex(16)
        self.files[key] = content
        return Stored(key, len(content), hashlib.sha256(content).hexdigest())

    def open(self, key: str) -> BinaryIO:
        return io.BytesIO(self.files[key])

    def delete(self, key: str) -> None:
        self.files.pop(key, None)


def init(app: Flask, storage: Storage) -> None:
    app.extensions["s11-storage"] = storage


def files() -> Storage:
    """The storage of the application in hand."""
    storage: Storage = current_app.extensions["s11-storage"]
    return storage
