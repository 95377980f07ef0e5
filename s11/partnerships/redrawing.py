"""Reads a logo from standard input and writes it as JSON with a PNG in it that holds pixels and no more.

Runs as a process of its own, without our application: whatever is in the file, it has megabytes and seconds,
writes no file, and opens nothing once it has what it needs.
"""

import base64
import io
import json
import sys
from typing import Any

from PIL import Image, ImageOps

MEMORY = 512 * 1024 * 1024
SECONDS = 10
KINDS = ("PNG", "JPEG")
SIDE_AT_MOST = 4000
# Larger than it is ever shown or printed.
SHOWN = (640, 240)


def restrain() -> None:
    """Take away from this process what it does not need, where the system can."""
    for kind in KINDS:
        tiny = io.BytesIO()
        Image.new("RGB", (2, 2)).save(tiny, kind)
        redrawn(tiny.getvalue())
    try:
        import resource
    except ImportError:  # Windows: only the caller's clock stops it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def redrawn(data: bytes) -> dict[str, Any]:
    """The picture anew, upright and small; or the fault "large"."""
    Image.MAX_IMAGE_PIXELS = SIDE_AT_MOST * SIDE_AT_MOST
    with Image.open(io.BytesIO(data), formats=KINDS) as picture:
        if max(picture.size) > SIDE_AT_MOST:
            return {"fault": "large"}
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert("RGBA" if upright.mode in ("RGBA", "LA", "P", "PA") else "RGB")
        plain.thumbnail(SHOWN)
        plain.info = {}
        written = io.BytesIO()
        plain.save(written, "PNG", optimize=True)
    return {"png": base64.b64encode(written.getvalue()).decode()}


if __name__ == "__main__":
    restrain()
    json.dump(redrawn(sys.stdin.buffer.read()), sys.stdout)
