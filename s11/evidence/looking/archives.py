"""Office files are ZIP archives. Everything that can be wrong with one is looked at before it is unpacked."""

import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from .found import SAVE_AS_PDF, Refused

MEGABYTE = 1024 * 1024
MEMBERS_AT_MOST = 2000
UNPACKED_AT_MOST = 200 * MEGABYTE
RATIO_AT_MOST = 100
RATIO_MATTERS_ABOVE = MEGABYTE
NESTED_AT_MOST = 50 * MEGABYTE
CHUNK = 64 * 1024
BEGINS_ZIP = b"PK\x03\x04"
# Beginnings of programmes and of further archives: neither has a place within a document.
PROGRAMMES = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
ARCHIVES = (BEGINS_ZIP, b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"MSCF", b"BZh", b"\xfd7zXZ")
DRAWN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

BROKEN = "could not be read. Open it in the programme it was made with, save it again, and add that."
SWOLLEN = f"unpacks to far more than it should. {SAVE_AS_PDF}"
SECRET = "has a password. Save it without one and add it again."
DECLARES = f"holds declarations that could reach for other files. {SAVE_AS_PDF}"
PATHS = f"is packed in a way that no office programme packs. {SAVE_AS_PDF}"
PACKED = "holds another archive or a programme. Take it out, or save the file as a PDF, and add that."


class Archive:
    """A ZIP archive whose list of contents is sound. Members are read one by one, never to a disk."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        source.seek(0)
        if source.read(4) != BEGINS_ZIP:
            raise Refused(BROKEN)
        try:
            self.zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            raise Refused(BROKEN) from None
        self.members = self.zip.infolist()
        self.names = [member.filename for member in self.members]
        self._check(size)

    def _check(self, size: int) -> None:
        unpacked = sum(member.file_size for member in self.members)
        packed = sum(member.compress_size for member in self.members)
        swollen = unpacked > RATIO_MATTERS_ABOVE and unpacked / max(1, packed) > RATIO_AT_MOST
        # More packed bytes than there are: members lie over one another.
        if len(self.members) > MEMBERS_AT_MOST or unpacked > UNPACKED_AT_MOST or swollen or packed > size:
            raise Refused(SWOLLEN)
        if len(set(self.names)) != len(self.names) or any(_leaves(member) for member in self.members):
            raise Refused(PATHS)
        if any(member.flag_bits & 1 for member in self.members):
            raise Refused(SECRET)

    def __contains__(self, name: str) -> bool:
        return name in self.zip.NameToInfo

    def named(self, pattern: str) -> list[str]:
        """The members whose whole name a pattern fits, in the order of their numbers."""
        fitting = [name for name in self.names if re.fullmatch(pattern, name, re.IGNORECASE)]
        return sorted(fitting, key=lambda name: (len(name), name))

    def chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self.zip.open(name) as member:
                while chunk := member.read(CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError):
            raise Refused(BROKEN) from None

    def read(self, name: str, most: int = NESTED_AT_MOST) -> bytes:
        if self.zip.getinfo(name).file_size > most:
            raise Refused(SWOLLEN)
        return b"".join(self.chunks(name))

    def head(self, name: str) -> bytes:
        return next(self.chunks(name), b"")

    def elements(self, name: str, started: "Started", **more: Callable[[str], None]) -> None:
        """Walk through the XML of a member; `ended` and `words` may be given beside `started`."""
        walk(self.chunks(name), started, **more)


Started = Callable[[str, dict[str, str]], None]


def _leaves(member: zipfile.ZipInfo) -> bool:
    """Whether a member would be put elsewhere than into its folder, or is a link to elsewhere."""
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    return (
        ".." in parts
        or name.startswith(("/", "\\"))
        or "\\" in name
        or ":" in parts[0]
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def walk(
    chunks: Iterator[bytes],
    started: Started,
    ended: Callable[[str], None] | None = None,
    words: Callable[[str], None] | None = None,
) -> None:
    """Read XML piece by piece; names come without namespaces. Declarations are refused."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def declared(*_: object) -> None:
        raise Refused(DECLARES)

    def element(name: str, attributes: dict[str, str]) -> None:
        started(local(name), {local(key): value for key, value in attributes.items()})

    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = element
    if ended is not None:
        closing = ended
        parser.EndElementHandler = lambda name: closing(local(name))
    if words is not None:
        parser.CharacterDataHandler = words
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refused(BROKEN) from None


class _Enough(Exception):
    """The first element has begun: what could be declared would have been."""


def refuse_declarations(archive: Archive) -> None:
    """Refuse an archive in which any XML declares its types or entities, in whatever encoding."""
    for name in archive.names:
        if not name.lower().endswith((".xml", ".rels", ".vml", ".svg", ".rdf")):
            continue
        if DRAWN.search(archive.head(name)):
            raise Refused(DECLARES)
        try:
            walk(archive.chunks(name), _enough)
        except _Enough:
            continue
        except Refused as refusal:
            if str(refusal) == DECLARES:
                raise


def _enough(name: str, attributes: dict[str, str]) -> None:
    raise _Enough


def refuse_contents(archive: Archive, allowed: Callable[[str], bool]) -> None:
    """Refuse programmes and archives within; `allowed` says of a name that an archive may stand there."""
    for name in archive.names:
        if name.endswith("/"):
            continue
        head = archive.head(name)[:8]
        drawing = name.lower().endswith((".emz", ".wmz"))  # drawings that Office itself packs
        if head.startswith(PROGRAMMES) or (head.startswith(ARCHIVES) and not drawing and not allowed(name)):
            raise Refused(PACKED)
