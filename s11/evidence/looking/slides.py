"""What is hidden in a PowerPoint presentation: slides, what the speaker notes, comments."""

from .archives import Archive
from .excel import is_true
from .found import many
from .word import comments_in

SLIDE = r"ppt/slides/slide\d+\.xml"
NOTES = r"ppt/notesSlides/notesSlide\d+\.xml"


def look(archive: Archive) -> list[str]:
    slides = sum(1 for name in archive.named(SLIDE) if _hidden(archive, name))
    notes = sum(1 for name in archive.named(NOTES) if _written(archive, name))
    comments = comments_in(archive, r"ppt/comments/[^/]+\.xml", "cm")
    told = [
        (slides, many(slides, "hidden slide")),
        (notes, f"Speaker’s notes on {many(notes, 'slide')}"),
        (comments, many(comments, "comment")),
    ]
    return [sentence for count, sentence in told if count]


def _hidden(archive: Archive, name: str) -> bool:
    shown = True

    def started(element: str, attributes: dict[str, str]) -> None:
        nonlocal shown
        if element == "sld" and "show" in attributes:
            shown = is_true(attributes["show"])

    archive.elements(name, started)
    return not shown


def _written(archive: Archive, name: str) -> bool:
    """Whether somebody wrote notes: the number of the slide stands there by itself."""
    written: list[str] = []
    inside = kind = ""

    def started(element: str, attributes: dict[str, str]) -> None:
        nonlocal inside, kind
        if element == "sp":
            kind = ""
        if element == "ph":
            kind = attributes.get("type", "body")
        inside = element

    def ended(element: str) -> None:
        nonlocal inside
        inside = ""

    def words(text: str) -> None:
        if inside == "t" and kind == "body" and text.strip():
            written.append(text)

    archive.elements(name, started, ended=ended, words=words)
    return bool(written)
