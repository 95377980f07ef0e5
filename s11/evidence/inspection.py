"""Whether a file is what its name says, and fit to be kept. Judged by content, never by name alone.

No library at hand looks inside office files for macros and bombs, so that part is ours:
an office file is a ZIP archive, and its list of contents is read without unpacking it.
"""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import puremagic

from s11.core.errors import Invalid

HEAD = 8192
MEMBERS_AT_MOST = 2000
UNPACKED_AT_MOST = 200 * 1024 * 1024
RATIO_AT_MOST = 100
RATIO_MATTERS_ABOVE = 1024 * 1024

OFFICE = {
    ".docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ".odt": ("content.xml", "application/vnd.oasis.opendocument.text"),
    ".ods": ("content.xml", "application/vnd.oasis.opendocument.spreadsheet"),
}
SIGNED = {
    ".pdf": ((b"%PDF-",), "application/pdf"),
    ".png": ((b"\x89PNG\r\n\x1a\n",), "image/png"),
    ".jpg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".jpeg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".msg": ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), "application/vnd.ms-outlook"),
}
TEXT = {".txt": "text/plain", ".csv": "text/csv", ".eml": "message/rfc822"}
TAKEN = sorted([*OFFICE, *SIGNED, *TEXT])
PLAIN_LIST = "PDF, Word, Excel, PowerPoint, OpenDocument, picture (PNG or JPEG), e-mail, text or CSV"


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: a clean name, its media type, its size in bytes."""

    file_name: str
    media_type: str
    size: int


def inspect(stream: BinaryIO, name: str, *, most: int) -> Inspected:
    """Check one file of at most `most` bytes; raises Invalid with a sentence that says what to do."""
    file_name = clean_name(name)
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    if size == 0:
        raise Invalid(f"“{file_name}” is empty. Check the file on your computer and choose it again.")
    if size > most:
        raise Invalid(
            f"“{file_name}” is larger than {most // (1024 * 1024)} MB. "
            "Make it smaller, or split it, and add it again."
        )
    media_type = _media_type(stream, file_name, PurePath(file_name).suffix.lower())
    stream.seek(0)
    return Inspected(file_name, media_type, size)


def clean_name(name: str) -> str:
    """The last part of a name, without control and direction marks, at most 150 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[:140]}{dot}{suffix[:10]}" if dot and stem else (shown[:150] or "file")


def _media_type(stream: BinaryIO, name: str, suffix: str) -> str:
    head = stream.read(HEAD)
    if suffix in OFFICE:
        return _office_type(stream, name, suffix)
    if suffix in SIGNED:
        starts, media_type = SIGNED[suffix]
        if not head.startswith(starts):
            raise Invalid(_disguised(name, suffix, head))
        return media_type
    if suffix in TEXT:
        if b"\0" in head or head.startswith((b"MZ", b"\x7fELF", b"PK\x03\x04", b"%PDF")):
            raise Invalid(_disguised(name, suffix, head))
        return TEXT[suffix]
    raise Invalid(f"“{name}” is of a kind we do not take. Save it as {PLAIN_LIST}, and add it again.")


def _disguised(name: str, suffix: str, head: bytes) -> str:
    try:
        found = puremagic.from_string(head).lstrip(".")
    except (puremagic.PureError, ValueError):
        found = ""
    seems = f" It seems to be {found.upper()}." if found and f".{found}" != suffix else ""
    return (
        f"“{name}” is called {suffix[1:].upper()} but its content is something else.{seems} "
        f"Open it in the programme it was made with, save it as {PLAIN_LIST}, and add that."
    )


def _office_type(stream: BinaryIO, name: str, suffix: str) -> str:
    needed, media_type = OFFICE[suffix]
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        stream.seek(0)
        raise Invalid(_disguised(name, suffix, stream.read(HEAD))) from None
    names = [member.filename for member in members]
    if needed not in names:
        raise Invalid(_disguised(name, suffix, b"PK\x03\x04"))
    if any("vbaproject" in member.lower() for member in names):
        raise Invalid(
            f"“{name}” holds macros, which we do not keep. Save it without macros and add it again."
        )
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    swollen = unpacked > RATIO_MATTERS_ABOVE and unpacked / packed > RATIO_AT_MOST
    if len(members) > MEMBERS_AT_MOST or unpacked > UNPACKED_AT_MOST or swollen:
        raise Invalid(f"“{name}” unpacks to far more than it should. Save it again as a PDF and add that.")
    return media_type
