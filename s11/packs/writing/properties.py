"""What a Word or PowerPoint file says of itself, in place of what the templates of our libraries say."""

from typing import Protocol

from s11.core import clock
from s11.packs.document import Document
from s11.packs.writing.texts import plain

LONGEST = 255


class Properties(Protocol):
    """As python-docx and python-pptx name them."""

    title: str
    author: str
    subject: str
    language: str
    comments: str
    last_modified_by: str


def describe(properties: Properties, document: Document) -> None:
    """Title, whose paper it is, who may read it, and when it was built."""
    title = ": ".join(part for part in (document.title, document.subtitle) if part)
    properties.title = plain(title)[:LONGEST]
    properties.author = properties.last_modified_by = plain(document.partnership)[:LONGEST]
    properties.subject = plain(document.notice)[:LONGEST]
    properties.comments = plain(document.built)[:LONGEST]
    properties.language = document.language
    for name in ("created", "modified"):
        setattr(properties, name, clock.now())
