"""Word, Excel and PowerPoint files alike: what none of them may hold, and what hides in all of them."""

import io
import re
from urllib.parse import unquote

from .archives import Archive, refuse_contents, refuse_declarations
from .found import SAVE_AS_PDF, Refused, listed, many

MACROS = "holds macros, which we do not keep. Save it without macros and add it again."
CONTROLS = f"holds controls that run programmes. {SAVE_AS_PDF}"
OBJECTS = (
    "holds an embedded object that opens another programme. "
    "Take it out, or save the file as a PDF, and add that."
)
TEMPLATE = f"fetches a template or a part of itself from elsewhere when it is opened. {SAVE_AS_PDF}"
PACKAGES = r".*/embeddings/[^/]+\.(xlsx|docx|pptx|xlsm|xlsb|docm|pptm)"
FETCHED = ("attachedTemplate", "frame", "subDocument", "oleObject", "control", "afChunk")
# A template that lies on the author's own disk is fetched by nobody else's.
OWN_DISK = re.compile(r"file:///+[a-z]:|[a-z]:[\\/]|[^\\/:]+$", re.IGNORECASE)


def check(archive: Archive, depth: int = 0) -> list[str]:
    """Refuse what no such file may hold; says which files lie within it."""
    refuse_declarations(archive)
    _refuse_active(archive)
    packages = archive.named(PACKAGES)
    refuse_contents(archive, lambda name: name in packages)
    pictures = sum(_refuse_fetching(archive, name) for name in archive.named(r".*\.rels"))
    for name in packages:
        _check_within(archive, name, depth)
    told = []
    if packages:
        shown = listed([name.rpartition("/")[2] for name in packages])
        told.append(f"{many(len(packages), 'embedded file')}, with everything in it: {shown}")
    if pictures:
        told.append(f"{many(pictures, 'picture')} fetched from the web whenever somebody opens it")
    return told


def _refuse_active(archive: Archive) -> None:
    lower = [name.lower() for name in archive.names]
    if any("vbaproject" in name or "/macrosheets/" in name or "vbadata" in name for name in lower):
        raise Refused(MACROS)
    if "[Content_Types].xml" in archive and b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Refused(MACROS)
    if any("/activex/" in name for name in lower):
        raise Refused(CONTROLS)
    if any("/embeddings/" in name and name.endswith(".bin") for name in lower):
        raise Refused(OBJECTS)


def _refuse_fetching(archive: Archive, name: str) -> int:
    """Refuse what fetches parts of the document; says how many pictures are fetched."""
    pictures = 0

    def started(element: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        nonlocal pictures
        if attributes.get("TargetMode", "").lower() != "external":
            return
        pictures += kind == "image" and attributes.get("Target", "").lower().startswith("http")
        if kind in FETCHED and not OWN_DISK.match(unquote(attributes.get("Target", ""))):
            raise Refused(TEMPLATE)

    archive.elements(name, started)
    return pictures


def _check_within(archive: Archive, name: str, depth: int) -> None:
    """A workbook behind a chart is looked into as its document is; within that, nothing further may lie."""
    if depth or name.lower().endswith(("m", "b")):
        raise Refused(MACROS if not depth else OBJECTS)
    content = archive.read(name)
    check(Archive(io.BytesIO(content), len(content)), depth + 1)
