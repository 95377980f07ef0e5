"""Who fetched a pack and when, put on its pages as it is handed out. The file that is kept stays as it is."""

from zipfile import BadZipFile

from flask import current_app

from s11.packs.kinds import Format
from s11.packs.stamping import office, pdf


def stamped(content: bytes, format_: Format, *, name: str, at: str) -> bytes:
    """The file with the name of its reader and the time on every page.

    A file that cannot be stamped is handed out as it is, for the trail says who fetched it all the same.
    """
    words = f"Downloaded by {name}, {at}"
    try:
        if format_ == Format.PDF:
            return pdf.stamped(content, words)
        return office.stamped(content, format_, words)
    except (pdf.NotStampable, BadZipFile) as fault:
        current_app.logger.warning("a pack was handed out without its reader’s name: %s", fault)
        return content
