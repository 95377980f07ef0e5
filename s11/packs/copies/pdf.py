"""A copy of a submission as a tagged PDF."""

import io

import segno

from s11.core.config import PROJECT
from s11.packs.copies.contents import CopyContents
from s11.packs.pdf import Document, data_of, typeset

TEMPLATE = PROJECT / "templates" / "packs" / "return.typ"
CODE = "code.svg"


def write(contents: CopyContents) -> Document:
    """Raises NotSet when it cannot be made."""
    drawn = io.BytesIO()
    segno.make(contents.link, error="m").save(drawn, kind="svg", border=2, scale=4)
    return typeset(TEMPLATE, data_of(contents) | {"code": CODE}, {CODE: drawn.getvalue()})
