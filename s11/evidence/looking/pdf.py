"""What a PDF may not hold, and what hides in it. Its objects are looked for, never drawn or run."""

import mmap
import re
import zlib
from collections.abc import Iterator
from typing import IO

from .found import Refused, many

MEGABYTE = 1024 * 1024
OBJECTS_AT_MOST = 20 * MEGABYTE
PRINT_ANEW = "Open it, print it to a new PDF, and add that."
STREAM = re.compile(rb"stream[\r\n]+(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
HEAD = re.compile(rb"<\s*(?:html|script|svg|!doctype)", re.IGNORECASE)
SECRET = f"is protected, so nobody can look whether it is safe. {PRINT_ANEW}"
SCRIPT = f"holds a programme that runs when it is opened. {PRINT_ANEW}"
DISGUISED = f"is more than one kind of file at once. {PRINT_ANEW}"
SCRIPTS = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b|/JS\s*[(<\d]")
ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d|<<)")
FILES = re.compile(rb"/EmbeddedFile\b(?!s)")
COMMENTS = re.compile(
    rb"/Subtype\s*/(?:Text|FreeText|Highlight|Underline|StrikeOut|Squiggly|Caret|Ink|Stamp)\b"
)


def look(source: IO[bytes], size: int) -> list[str]:
    with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if HEAD.search(content[:1024]) or content.rfind(b"PK\x05\x06", max(0, size - 66_000)) >= 0:
            raise Refused(DISGUISED)
        comments = files = 0
        for part in outside_streams(content):
            plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
            if ENCRYPTED.search(plain):
                raise Refused(SECRET)
            if SCRIPTS.search(plain):
                raise Refused(SCRIPT)
            comments += len(COMMENTS.findall(plain))
            files += len(FILES.findall(plain))
    told = [many(comments, "comment or mark", "comments or marks")] if comments else []
    return [*told, *([many(files, "attached file")] if files else [])]


def outside_streams(content: mmap.mmap) -> Iterator[bytes]:
    """The objects of a PDF without pictures and pages: as they stand, and those packed into streams."""
    past, unpacked = 0, 0
    for found in STREAM.finditer(content):
        before = content[past : found.start()]
        yield before
        past = found.end()
        if b"/ObjStm" in before[-2000:] and unpacked < OBJECTS_AT_MOST:
            objects = inflated(found[1], OBJECTS_AT_MOST - unpacked)
            unpacked += len(objects)
            yield objects
    yield content[past:]


def inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
