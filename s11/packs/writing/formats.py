"""Which writer writes which format."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from s11.core.later import Later
from s11.packs.document import Document
from s11.packs.kinds import Format
from s11.packs.writing import pdf
from s11.partnerships.looks import NONE, Look

if TYPE_CHECKING:
    from s11.packs.writing import excel, powerpoint, word
else:
    excel = Later("s11.packs.writing.excel")
    powerpoint = Later("s11.packs.writing.powerpoint")
    word = Later("s11.packs.writing.word")


@dataclass(frozen=True)
class Written:
    """A file, and how many pages it has; 0 where a format has none to count."""

    content: bytes
    pages: int = 0


def write(document: Document, as_: Format, look: Look = NONE) -> Written:
    """The paper in one format. Raises `packs.pdf.NotSet` where a PDF cannot be made."""
    if as_ == Format.PDF:
        printed = pdf.write(document, look)
        return Written(printed.content, printed.pages)
    writer = {Format.WORD: word.write, Format.POWERPOINT: powerpoint.write, Format.EXCEL: excel.write}[as_]
    return Written(writer(document, look))
