"""A partnership's logo: read by a process of its own, drawn anew as a small PNG, and kept."""

import base64
import io
from pathlib import Path
from typing import IO

from s11.core import apart
from s11.core.errors import Invalid
from s11.core.storage import files, gone_unless_kept
from s11.organisations.models import Partnership
from s11.partnerships.operations.changing import hold, note
from s11.people.models import Person

WORKER = Path(__file__).parents[1] / "redrawing.py"
PATIENCE_SECONDS = 30
BYTES_AT_MOST = 1_000_000
MADE_AS = "image/png"
STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
TOO_HEAVY = "The picture is larger than 1 MB. Save it smaller, then choose it again."
TOO_LARGE = "The picture is wider or higher than 4,000 pixels. Save it smaller, then choose it again."
DRAWING = "An SVG can hold more than a picture, so it is not taken. Save the logo as PNG, then choose that."
NO_PICTURE = "This is no PNG or JPEG that can be read. Open the logo, save it as PNG, then choose that."


def set_logo(partnership: Partnership, source: IO[bytes], *, by: Person) -> None:
    """Show this picture beside the name from now on."""
    stored = files().save(io.BytesIO(redrawn(source)))
    gone_unless_kept(stored.key)
    hold(partnership)
    before = _drop(partnership)
    partnership.logo_key, partnership.logo_type = stored.key, MADE_AS
    note("partnership:logo:changed", partnership, by=by, before=before, after={"sha256": stored.sha256})


def remove_logo(partnership: Partnership, *, by: Person) -> None:
    """Show no logo any more."""
    hold(partnership)
    if not partnership.logo_key:
        return
    before = _drop(partnership)
    partnership.logo_key = partnership.logo_type = ""
    note("partnership:logo:removed", partnership, by=by, before=before, after={"logo": False})


def redrawn(source: IO[bytes]) -> bytes:
    """The picture as a PNG of pixels alone. Raises Invalid with what to do instead."""
    data = source.read(BYTES_AT_MOST + 1)
    if not data:
        raise Invalid("Choose a picture of your logo.", field="logo")
    if len(data) > BYTES_AT_MOST:
        raise Invalid(TOO_HEAVY, field="logo")
    if not data.startswith(STARTS):
        raise Invalid(DRAWING if b"<svg" in data[:4096].lower() else NO_PICTURE, field="logo")
    try:
        told = apart.ask([str(WORKER)], data, patience=PATIENCE_SECONDS)
    except apart.GaveUp:
        raise Invalid(NO_PICTURE, field="logo") from None
    if "png" not in told:
        raise Invalid(TOO_LARGE, field="logo")
    return base64.b64decode(told["png"])


def _drop(partnership: Partnership) -> dict[str, object]:
    """Throw the present logo away once this is kept; gives what the trail says of it."""
    if partnership.logo_key:
        gone_unless_kept(partnership.logo_key, when_kept=True)
    return {"logo": bool(partnership.logo_key)}
