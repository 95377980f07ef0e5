"""A ZIP file that is sent while it is made."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from s11.core.storage import CHUNK
from s11.core.zipping import Member, zipped

AT = datetime(2027, 3, 21, 14, 32, tzinfo=UTC)


def member(path: str, content: bytes, *, squeeze: bool = False) -> Member:
    return Member(path, io.BytesIO(content), len(content), AT, squeeze=squeeze)


def opened(pieces: Iterator[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_everything_is_in_it_and_whole() -> None:
    words = b"words " * 5000
    archive = opened(
        zipped([member("1 Über/1.1 Plan.pdf", b"%PDF"), member("index.csv", words, squeeze=True)])
    )
    assert archive.testzip() is None
    assert archive.namelist() == ["1 Über/1.1 Plan.pdf", "index.csv"]
    assert archive.read("index.csv") == words
    assert archive.getinfo("index.csv").compress_size < 500
    assert archive.getinfo("1 Über/1.1 Plan.pdf").date_time == (2027, 3, 21, 14, 32, 0)


def test_nothing_in_it_is_a_zip_file_too() -> None:
    assert opened(zipped([])).namelist() == []


def test_what_is_from_before_zip_files_is_taken() -> None:
    old = Member("a.txt", io.BytesIO(b"a"), 1, datetime(1970, 1, 1, tzinfo=UTC))
    assert opened(zipped([old])).read("a.txt") == b"a"


def test_a_file_is_opened_only_when_the_one_before_is_in_and_closed_then() -> None:
    opened_so_far: list[io.BytesIO] = []

    def members() -> Iterator[Member]:
        for name in ("a", "b", "c"):
            assert all(one.closed for one in opened_so_far)
            opened_so_far.append(io.BytesIO(b"x"))
            yield Member(name, opened_so_far[-1], 1, AT)

    assert len(opened(zipped(members())).namelist()) == 3


def test_many_large_files_need_no_more_memory_than_a_piece(tmp_path: Path) -> None:
    sparse, size = tmp_path / "sparse", 64 * 1024 * 1024
    with sparse.open("wb") as file:
        file.truncate(size)
    members = (Member(f"{n}.bin", sparse.open("rb"), size, AT) for n in range(3))
    tracemalloc.start()
    sent = sum(len(piece) for piece in zipped(members))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 3 * size and most < 8 * CHUNK
