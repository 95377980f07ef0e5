"""Pictures as files."""

import io

from PIL import Image


def image(kind: str, size: tuple[int, int], colour: str = "red") -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()
