"""Whether a picture is one, and whether it says where it was taken."""

import zipfile
from typing import IO

from PIL import Image

from .found import Refused

PIXELS_AT_MOST = 50_000_000
KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
GPS = 0x8825
LATITUDE = 2
CHUNK = 1024 * 1024
BROKEN = "could not be read as a picture. Open it, save it again as PNG or JPEG, and add that."
LARGE = "has more than 50 megapixels. Save a smaller copy and add that."
DISGUISED = "is more than one kind of file at once. Open it, save it again as PNG or JPEG, and add that."
FOREIGN = (b"<script", b"<?php", b"javascript:")


def look(source: IO[bytes], suffix: str) -> list[str]:
    source.seek(0)
    Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, before anything is unpacked
    try:
        picture = Image.open(source, formats=[KINDS[suffix]])
        if picture.width * picture.height > PIXELS_AT_MOST:
            raise Refused(LARGE)
        located = LATITUDE in picture.getexif().get_ifd(GPS)
        picture.draft("RGB", (picture.width // 8, picture.height // 8))
        picture.load()
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, EOFError):
        raise Refused(BROKEN) from None
    return ["The place where the picture was taken"] if _described(source) or located else []


def _described(source: IO[bytes]) -> bool:
    """Whether the words beside the picture name a place; refuses another kind of file hidden there."""
    if zipfile.is_zipfile(source):
        raise Refused(DISGUISED)
    source.seek(0)
    before, named = b"", False
    while chunk := source.read(CHUNK):
        seen = before + chunk
        lower = seen.lower()
        if any(mark in lower for mark in FOREIGN):
            raise Refused(DISGUISED)
        named = named or b"GPSLatitude" in seen
        before = seen[-16:]
    return named
