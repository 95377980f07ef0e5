"""Files are kept whole or not at all."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from s11.core.refs import LENGTH, new_ref
from s11.core.storage import LocalStorage, MemoryStorage


def test_a_kept_file_comes_back_with_its_size_and_hash(tmp_path: Path) -> None:
    for storage in (LocalStorage(tmp_path), MemoryStorage()):
        stored = storage.save(BytesIO(b"what we do"))
        assert (stored.size, stored.sha256) == (10, hashlib.sha256(b"what we do").hexdigest())
        with storage.open(stored.key) as kept:
            assert kept.read() == b"what we do"


class BreaksOff(BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError("the line broke")


def test_a_file_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        LocalStorage(tmp_path).save(BreaksOff(b"half"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/b", "", "x\0"])
def test_a_key_never_leaves_the_folder(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError):
        LocalStorage(tmp_path).open(key)


def test_refs_are_long_and_differ() -> None:
    assert len({new_ref() for _ in range(1000)}) == 1000 and len(new_ref()) == LENGTH
