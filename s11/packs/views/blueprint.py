"""The blueprint of the room, and how a file is handed out."""

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from s11.packs.kinds import MEDIA_TYPES, Format

blueprint = Blueprint("packs", __name__, url_prefix="/packs")


def handed_out(content: bytes, format_: Format, name: str) -> ResponseReturnValue:
    """A file to be kept by whoever asked for it."""
    return send_file(
        io.BytesIO(content),
        mimetype=MEDIA_TYPES[format_],
        as_attachment=True,
        download_name=name,
        etag=False,
    )


def format_of(text: str) -> Format | None:
    """The format an address names; None for any other word."""
    return Format(text) if text in list(Format) else None
