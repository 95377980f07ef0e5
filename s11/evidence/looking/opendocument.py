"""What is hidden in an OpenDocument text or spreadsheet, and what neither may hold."""

from .archives import SECRET, Archive, refuse_contents, refuse_declarations
from .found import Refused, listed, many
from .office import MACROS, OBJECTS

LIBRARIES = r"Basic/.*/(?!script-l[bc]\.xml|dialog-l[bc]\.xml)[^/]+\.xml|Scripts/.+"


def look(archive: Archive) -> list[str]:
    refuse_declarations(archive)
    refuse_contents(archive, lambda name: False)
    if archive.named(LIBRARIES):
        raise Refused(MACROS)
    if "META-INF/manifest.xml" in archive:
        archive.elements("META-INF/manifest.xml", _refuse_secrets)
    read = Read()
    archive.elements("content.xml", read.started, ended=read.ended)
    return [*read.told, *_embedded(archive)]


def _refuse_secrets(name: str, attributes: dict[str, str]) -> None:
    if name == "encryption-data":
        raise Refused(SECRET)


def _embedded(archive: Archive) -> list[str]:
    objects = {name.partition("/")[0] for name in archive.named(r"Object \d+/content\.xml")}
    return [many(len(objects), "embedded file")] if objects else []


class Read:
    """The content of a text or spreadsheet as it goes by."""

    def __init__(self) -> None:
        self.undisplayed: set[str] = set()
        self.style = self.sheet = ""
        self.sheets: list[str] = []
        self.rows: dict[str, int] = {}
        self.columns: dict[str, int] = {}
        self.comments = self.insertions = self.deletions = 0
        self.row_hidden = False

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.undisplayed.add(self.style)
        elif name == "table":
            self.sheet = attributes.get("name", "")
            if attributes.get("style-name") in self.undisplayed:
                self.sheets.append(self.sheet)
        elif name == "table-row":
            self.row_hidden = attributes.get("visibility") in ("collapse", "filter")
        elif name == "p" and self.row_hidden:
            self.rows[self.sheet] = self.rows.get(self.sheet, 0) + 1
            self.row_hidden = False
        elif name == "table-column" and attributes.get("visibility") in ("collapse", "filter"):
            self.columns[self.sheet] = self.columns.get(self.sheet, 0) + 1
        elif name == "annotation":
            self.comments += 1
        elif name in ("insertion", "cell-content-change"):
            self.insertions += 1
        elif name == "deletion":
            self.deletions += 1
        elif name == "object-ole":
            raise Refused(OBJECTS)

    def ended(self, name: str) -> None:
        if name == "table-row":
            self.row_hidden = False

    @property
    def told(self) -> list[str]:
        hidden = [f"Hidden sheet: “{name}”" for name in self.sheets]
        hidden += [f"Sheet “{name}”: {many(count, 'hidden row')}" for name, count in self.rows.items()]
        hidden += [f"Sheet “{name}”: hidden columns" for name in self.columns]
        if self.insertions or self.deletions:
            kinds = [(self.insertions, "insertion"), (self.deletions, "deletion")]
            told = listed([many(count, kind) for count, kind in kinds if count])
            hidden.append(f"Tracked changes: {told}")
        return [*hidden, *([many(self.comments, "comment")] if self.comments else [])]
