"""What is hidden in a Word document: tracked changes, comments, hidden words."""

from .archives import Archive
from .found import SAVE_AS_PDF, Refused, listed, many

PARTS = r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml"
OFF = frozenset({"0", "false", "off"})
FETCHES = f"fetches something from another programme when it is opened. {SAVE_AS_PDF}"


class Counted:
    """What is counted while the words of a document go by."""

    def __init__(self) -> None:
        self.insertions = self.deletions = self.formats = self.hidden = 0
        self.authors: set[str] = set()
        self.within = ""
        self.vanishes = False

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("ins", "moveTo"):
            self.insertions += 1
            self.authors.add(attributes.get("author", ""))
        elif name in ("del", "moveFrom"):
            self.deletions += 1
            self.authors.add(attributes.get("author", ""))
        elif name in ("rPrChange", "pPrChange"):
            self.formats += 1
        elif name == "r":
            self.vanishes = False
        elif name == "vanish":
            self.vanishes = attributes.get("val", "").lower() not in OFF
        elif name == "t" and self.vanishes:
            self.hidden += 1
            self.vanishes = False
        self.within = name

    def said(self, words: str) -> None:
        if self.within == "instrText" and words.strip().upper().startswith("DDE"):
            raise Refused(FETCHES)

    def ended(self, name: str) -> None:
        self.within = ""

    @property
    def changes(self) -> str:
        """The tracked changes in words; empty where there are none."""
        if not self.insertions and not self.deletions:
            return ""
        kinds = [(self.insertions, "insertion"), (self.deletions, "deletion")]
        told = listed([many(count, kind) for count, kind in kinds if count])
        return f"Tracked changes: {told} by {many(len(self.authors), 'person', 'people')}"


def look(archive: Archive) -> list[str]:
    counted = Counted()
    for name in archive.named(PARTS):
        archive.elements(name, counted.started, ended=counted.ended, words=counted.said)
    hidden = [counted.changes] if counted.changes else []
    comments = comments_in(archive, r"word/comments\.xml", "comment")
    if comments:
        hidden.append(many(comments, "comment"))
    if counted.hidden:
        hidden.append(f"Hidden text in {many(counted.hidden, 'place')}")
    return hidden


def comments_in(archive: Archive, pattern: str, element: str) -> int:
    """How many elements of a name stand in the parts that a pattern fits."""
    count = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += name == element

    for part in archive.named(pattern):
        archive.elements(part, started)
    return count
