"""Looks into the file at standard input, of the ending named, and writes what it found as JSON."""

import json
import sys
from collections.abc import Callable
from typing import IO

from . import excel, mail, office, opendocument, pdf, pictures, plain, slides, word
from .archives import Archive
from .found import Refused

MEMORY = 512 * 1024 * 1024
SECONDS = 20
TOLD_AT_MOST = 60
LONGEST = 300
OTHER = (
    "is not what its name says: its content is something else. "
    "Open it in the programme it was made with, save it again, and add that."
)
OFFICE: dict[str, tuple[str, Callable[[Archive], list[str]]]] = {
    ".docx": ("word/document.xml", word.look),
    ".xlsx": ("xl/workbook.xml", excel.look),
    ".pptx": ("ppt/presentation.xml", slides.look),
}
OPEN = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
}


def restrain() -> None:
    """Take away memory, time and the power to write from this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the caller's clock stops it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(refuse_reaching)


def refuse_reaching(event: str, _: object) -> None:
    """Nothing a file could ask for leads to another machine or another programme."""
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")):
        raise RuntimeError(event)


def look(source: IO[bytes], suffix: str, size: int, depth: int = 0) -> list[str]:
    """The sentences to warn with. Raises Refused."""
    if suffix in OFFICE:
        member, within = OFFICE[suffix]
        archive = Archive(source, size)
        if member not in archive:
            raise Refused(OTHER)
        return [*office.check(archive), *within(archive)]
    if suffix in OPEN:
        archive = Archive(source, size)
        if (
            "content.xml" not in archive
            or "mimetype" not in archive
            or archive.read("mimetype") != OPEN[suffix]
        ):
            raise Refused(OTHER)
        return opendocument.look(archive)
    if suffix in pictures.KINDS:
        return pictures.look(source, suffix)
    if suffix == ".pdf":
        return pdf.look(source, size) if depth == 0 else []
    if suffix == ".msg":
        return mail.look_outlook(source)
    if suffix == ".eml" and depth == 0:
        return mail.look(source, lambda inner, ending, length: look(inner, ending, length, depth + 1))
    return plain.look(source) if suffix in (".txt", ".csv") else []


def answer(source: IO[bytes], suffix: str) -> dict[str, object]:
    size = source.seek(0, 2)
    try:
        hidden = look(source, suffix, size)
    except Refused as refusal:
        return {"refused": str(refusal)}
    told = [sentence[:LONGEST] for sentence in hidden]
    rest = len(told) - TOLD_AT_MOST
    return {"hidden": told[:TOLD_AT_MOST] + ([f"{rest} more such things"] if rest > 0 else [])}


if __name__ == "__main__":
    restrain()
    with open(0, "rb", closefd=False) as file:
        print(json.dumps(answer(file, sys.argv[1])))
