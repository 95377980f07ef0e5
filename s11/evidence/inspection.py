"""Whether a file is what its name says, and fit to be kept. Judged by content, never by name alone.

`glance` looks at name, size and beginning; `inspect` has everything within looked at by a process of its own.
"""

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import BinaryIO

import puremagic

from s11.core import apart
from s11.core.errors import Invalid

HEAD = 8192
MEGABYTE = 1024 * 1024
# The look itself stops after 20 seconds of work; a busy machine takes longer over them.
PATIENCE_SECONDS = 40
LOOKING = apart.package(Path(__file__).with_name("looking"))
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # before 2007, and whatever has a password
LOCKED = (
    "“{name}” has a password, or is of an older kind than its name says. "
    "Save it without a password as {suffix}, and add that."
)
OFFICE_BEGINS = (b"PK\x03\x04",)
OPEN_XML = "application/vnd.openxmlformats-officedocument"

# Ending: how such a file begins, and its media type.
SIGNED: dict[str, tuple[tuple[bytes, ...], str]] = {
    ".docx": (OFFICE_BEGINS, f"{OPEN_XML}.wordprocessingml.document"),
    ".xlsx": (OFFICE_BEGINS, f"{OPEN_XML}.spreadsheetml.sheet"),
    ".pptx": (OFFICE_BEGINS, f"{OPEN_XML}.presentationml.presentation"),
    ".odt": (OFFICE_BEGINS, "application/vnd.oasis.opendocument.text"),
    ".ods": (OFFICE_BEGINS, "application/vnd.oasis.opendocument.spreadsheet"),
    ".pdf": ((b"%PDF-",), "application/pdf"),
    ".png": ((b"\x89PNG\r\n\x1a\n",), "image/png"),
    ".jpg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".jpeg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".gif": ((b"GIF87a", b"GIF89a"), "image/gif"),
    ".webp": ((b"RIFF",), "image/webp"),
    ".msg": ((OLD_OFFICE,), "application/vnd.ms-outlook"),
}
TEXT = {".txt": "text/plain", ".csv": "text/csv", ".eml": "message/rfc822"}
PROGRAMMES = (b"MZ", b"\x7fELF")
FOREIGN_TO_TEXT = (*PROGRAMMES, b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
TAKEN = sorted([*SIGNED, *TEXT])
PLAIN_LIST = "PDF, Word, Excel, PowerPoint, OpenDocument, picture (PNG, JPEG, GIF, WebP), e-mail, text or CSV"
# What people have that is not taken, and what to do about it.
RECORDED = (".mp4", ".mov", ".mp3", ".m4a", ".wav")
INSTEAD = {
    (".doc", ".docm", ".dot", ".dotm", ".rtf"): "Open it in Word and save it as .docx or as a PDF",
    (".xls", ".xlsm", ".xlsb"): "Open it in Excel and save it as .xlsx",
    (".ppt", ".pptm", ".pps", ".ppsx"): "Open it in PowerPoint and save it as .pptx or as a PDF",
    (".heic", ".heif", ".tif", ".tiff", ".bmp", ".svg"): "Open the picture and save a copy as JPEG or PNG",
    (".zip", ".rar", ".7z"): "Unpack it and add its files one by one",
    (".html", ".htm", ".mht"): "Print the page to a PDF",
    (".pages", ".numbers", ".key"): "Export it as a PDF",
    RECORDED: "Say where the recording can be seen, or link to it",
}  # fmt: skip
TOO_MUCH = (
    "“{name}” could not be looked through: it is damaged, or there is too much in it. "
    "Save it as a PDF, or split it, and add that."
)


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: a clean name, its media type, its size in bytes, and what hides in it."""

    file_name: str
    media_type: str
    size: int
    hidden: tuple[str, ...] = ()


def inspect(stream: BinaryIO, name: str, *, most: int) -> Inspected:
    """Check one file of at most `most` bytes; raises Invalid with a sentence that says what to do."""
    seen = glance(stream, name, most=most)
    suffix = PurePath(seen.file_name).suffix.lower()
    try:
        found = apart.ask([*LOOKING, suffix], stream, patience=PATIENCE_SECONDS)
    except apart.GaveUp:
        raise Invalid(TOO_MUCH.format(name=seen.file_name)) from None
    finally:
        stream.seek(0)
    if "refused" in found:
        raise Invalid(f"“{seen.file_name}” {found['refused']}")
    return replace(seen, hidden=tuple(str(sentence) for sentence in found["hidden"]))


def glance(stream: BinaryIO, name: str, *, most: int) -> Inspected:
    """Check name, size and beginning of a file, without looking into it."""
    file_name = clean_name(name)
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    if size == 0:
        raise Invalid(f"“{file_name}” is empty. Check the file on your computer and choose it again.")
    if size > most:
        raise Invalid(
            f"“{file_name}” is larger than {most // MEGABYTE} MB. "
            "Make it smaller, or split it, and add it again."
        )
    media_type = _media_type(stream.read(HEAD), file_name, PurePath(file_name).suffix.lower())
    stream.seek(0)
    return Inspected(file_name, media_type, size)


def clean_name(name: str) -> str:
    """The last part of a name, without control and direction marks, at most 150 characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[:140]}{dot}{suffix[:10]}" if dot and stem else (shown[:150] or "file")


def _media_type(head: bytes, name: str, suffix: str) -> str:
    if suffix in SIGNED:
        starts, media_type = SIGNED[suffix]
        if head.startswith(OLD_OFFICE) and suffix in (".docx", ".xlsx", ".pptx"):
            raise Invalid(LOCKED.format(name=name, suffix=suffix))
        if not head.startswith(starts) or (suffix == ".webp" and head[8:12] != b"WEBP"):
            raise Invalid(_disguised(name, suffix, head))
        return media_type
    if suffix in TEXT:
        if head.startswith(FOREIGN_TO_TEXT) or (
            b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        ):
            raise Invalid(_disguised(name, suffix, head))
        return TEXT[suffix]
    ending = "" if suffix in RECORDED else ", and add that"
    instead = next((words for kinds, words in INSTEAD.items() if suffix in kinds), f"Save it as {PLAIN_LIST}")
    raise Invalid(f"“{name}” is of a kind we do not take. {instead}{ending}.")


def _disguised(name: str, suffix: str, head: bytes) -> str:
    if head.startswith(PROGRAMMES):
        return (
            f"“{name}” is called {suffix[1:].upper()} but its content is something else: a programme. "
            "Do not open it. Add the document itself."
        )
    try:
        found = puremagic.from_string(head).lstrip(".")
    except (puremagic.PureError, ValueError):
        found = ""
    seems = f" It seems to be {found.upper()}." if found and f".{found}" != suffix else ""
    return (
        f"“{name}” is called {suffix[1:].upper()} but its content is something else.{seems} "
        f"Open it in the programme it was made with, save it as {PLAIN_LIST}, and add that."
    )
