"""The words of a workbook, written as they are.

The library that writes our workbooks takes text that looks like its own marks for them: `<r>…</r>` for
marked-up text, which it writes without escaping, and two control characters that share an underscore for
one. People's words are only words, so the part of the workbook that holds them is written here.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

MEMBER = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# A workbook writes a control character as _x000D_; words that look like one have their underscore escaped.
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def with_strings(workbook: bytes, strings: Iterable[str]) -> bytes:
    """The workbook with these strings, in the order of its table of strings."""
    held = "".join(f'<si><t xml:space="preserve">{written(text)}</t></si>' for text in strings)
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{MAIN}">{held}</sst>'
    copied = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(copied, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            target.writestr(member, table if member.filename == MEMBER else source.read(member))
    return copied.getvalue()


def written(text: str) -> str:
    return escape(LOOKS_ESCAPED.sub("_x005F_", text))
