"""A ZIP file made while it is sent: however much is in it, a piece at a time is held."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from typing import BinaryIO

from s11.core.storage import CHUNK

EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP file knows no earlier moment


@dataclass(frozen=True)
class Member:
    """A file to put in: its path with forward slashes, what stands in it, and from when it is."""

    path: str
    content: BinaryIO
    size: int
    at: datetime
    # Words are made smaller; what is a ZIP file or a picture already only costs time.
    squeeze: bool = False


class _Outlet(RawIOBase):
    """What the archive writes to: keeps what is not fetched yet, and cannot go back."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        written = bytes(data)  # type: ignore[call-overload]
        self.waiting.append(written)
        return len(written)

    def fetch(self) -> bytes:
        fetched = b"".join(self.waiting)
        self.waiting.clear()
        return fetched


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of a ZIP file of these members, in their order. Each is closed when it is in.

    A member is asked for only when the one before it is in, so that it may depend on how that went.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as archive:
        for member in members:
            with member.content as content, archive.open(_head(member), "w") as target:
                while chunk := content.read(CHUNK):
                    target.write(chunk)
                    yield outlet.fetch()
            yield outlet.fetch()
    yield outlet.fetch()


def _head(member: Member) -> zipfile.ZipInfo:
    moment = max(member.at.timetuple()[:6], EARLIEST)
    head = zipfile.ZipInfo(member.path, moment)
    head.compress_type = zipfile.ZIP_DEFLATED if member.squeeze else zipfile.ZIP_STORED
    head.file_size = member.size  # known before, so that large files get the large format
    head.external_attr = 0o644 << 16
    return head
