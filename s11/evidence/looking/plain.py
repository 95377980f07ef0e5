"""Whether text is text."""

import re
from typing import IO

from .found import Refused

CHUNK = 1024 * 1024
MARKED = (b"\xff\xfe", b"\xfe\xff")
PAGE = re.compile(rb"\s*(?:<!doctype|<html|<script|<svg|<\?xml|<\?php)", re.IGNORECASE)
NO_TEXT = "is not the text its name says. Save it as text or CSV, or as a PDF, and add that."
A_PAGE = "is a web page or code rather than text. Open it, print it to a PDF, and add that."


def look(source: IO[bytes]) -> list[str]:
    source.seek(0)
    head = source.read(CHUNK)
    if PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(A_PAGE)
    wide, chunk = head.startswith(MARKED), head
    while chunk:
        if b"\0" in chunk and not wide:
            raise Refused(NO_TEXT)
        chunk = source.read(CHUNK)
    return []
