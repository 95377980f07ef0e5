"""The preview of a stored file: whatever is in it, the answer is pixels, lines of text, or nothing."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from s11.core import apart

WORKER = Path(__file__).with_name("worker.py")
PATIENCE_SECONDS = 25
LINES_AT_MOST = 200
LINE_LONGEST = 500
TEXT_READ = LINES_AT_MOST * LINE_LONGEST
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
DRAWN = {"application/pdf": "page", **dict.fromkeys(PICTURES, "picture")}
WRITTEN = frozenset({"text/plain", "text/csv"})
NO_PREVIEW = "No preview of this file."
log = logging.getLogger("s11.evidence")


@dataclass(frozen=True)
class Preview:
    """What is shown of a file: one page of it as a PNG in base64, or its first lines."""

    pages: int = 1
    page: int = 1
    png: str = ""
    width: int = 0
    height: int = 0
    text: str = ""  # what is written on the page that was drawn
    lines: tuple[str, ...] = ()
    is_cut: bool = False  # there is more than the lines


def can_be_shown(media_type: str) -> bool:
    return media_type in DRAWN or media_type in WRITTEN


def preview(content: BinaryIO, media_type: str, *, page: int = 1) -> Preview | None:
    """What can be shown of a file of this kind; None where nothing can."""
    if media_type in WRITTEN:
        return lines_of(content)
    if media_type not in DRAWN:
        return None
    return drawn(content, DRAWN[media_type], page)


def lines_of(content: BinaryIO) -> Preview:
    """The first lines of a text, whatever it is written in."""
    data = content.read(TEXT_READ + 1)
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="replace")
    lines = text.splitlines()
    shown = tuple(printable(line[:LINE_LONGEST]) for line in lines[:LINES_AT_MOST])
    is_cut = len(lines) > LINES_AT_MOST or len(data) > TEXT_READ
    return Preview(lines=shown, is_cut=is_cut or any(len(line) > LINE_LONGEST for line in lines))


def printable(line: str) -> str:
    """A line without what turns its direction round or rings bells."""
    return "".join(char if char.isprintable() or char == "\t" else " " for char in line)


def drawn(content: BinaryIO, what: str, page: int) -> Preview | None:
    """A page or a picture, drawn by a process that may fail."""
    try:
        told = apart.ask([str(WORKER), what, str(page)], content, patience=PATIENCE_SECONDS)
        return Preview(**{**told, "text": "\n".join(printable(one) for one in told["text"].splitlines())})
    except (apart.GaveUp, TypeError) as fault:
        log.info("no preview: %s", fault)
        return None
