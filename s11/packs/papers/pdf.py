"""The sub-group's paper as a tagged PDF."""

from s11.core.config import PROJECT
from s11.packs.papers.contents import PaperContents
from s11.packs.pdf import Document, data_of, typeset
from s11.partnerships.looks import NONE, Look

TEMPLATE = PROJECT / "templates" / "packs" / "changes.typ"


def write(contents: PaperContents, look: Look = NONE) -> Document:
    """Raises NotSet when it cannot be made."""
    return typeset(TEMPLATE, data_of(contents) | look.data, look.pictures)
