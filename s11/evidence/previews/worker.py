"""Draws one page of a PDF, or a picture, from standard input and writes it as JSON with a PNG in it.

Runs as a process of its own, without our application: whatever is in the file, it has megabytes and seconds,
writes no file, and opens nothing once it has what it needs, so that nothing can be read or sent either.
"""

import base64
import codecs
import io
import json
import sys
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

MEMORY = 512 * 1024 * 1024
SECONDS = 20
WIDEST = 1200
KINDS = ("PNG", "JPEG", "GIF", "WEBP")
PIXELS_AT_MOST = 50_000_000
TEXT_AT_MOST = 20_000


def restrain() -> None:
    """Take away from this process what it does not need, where the system can."""
    warm_up()
    try:
        import resource
    except ImportError:  # Windows: only the caller's clock stops it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def warm_up() -> None:
    """Draw one of each kind of our own, while what that needs can still be opened and read."""
    for kind in KINDS:
        tiny = io.BytesIO()
        Image.new("RGB", (2, 2)).save(tiny, kind)
        picture_of(tiny.getvalue(), 1)
    book = pypdfium2.PdfDocument.new()
    drawing(book.new_page(10, 10).render().to_pil())
    codecs.lookup("utf-16-le")  # in which a PDF gives its text


def page_of(data: bytes, number: int) -> dict[str, Any]:
    """One page of a PDF, counted from 1, what is written on it, and how many pages there are."""
    book = pypdfium2.PdfDocument(data)
    pages = len(book)
    page = book[min(max(number, 1), pages) - 1]
    width, height = page.get_size()
    scale = min(WIDEST / max(width, height, 1), 4)
    drawn = page.render(scale=scale, may_draw_forms=False).to_pil()
    text = page.get_textpage().get_text_bounded()[:TEXT_AT_MOST]
    return {"pages": pages, "page": min(max(number, 1), pages), "text": text, **drawing(drawn)}


def picture_of(data: bytes, number: int) -> dict[str, Any]:
    """A picture, upright and no larger than a screen. Nothing but its pixels is kept."""
    Image.MAX_IMAGE_PIXELS = PIXELS_AT_MOST // 2  # Pillow refuses from twice this on
    with Image.open(io.BytesIO(data), formats=KINDS) as picture:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((WIDEST, WIDEST))
        return {"pages": 1, "page": 1, "text": "", **drawing(upright)}


def drawing(picture: Image.Image) -> dict[str, Any]:
    """Pixels as a PNG that holds nothing else."""
    written = io.BytesIO()
    plain = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    plain.info = {}
    plain.save(written, "PNG")
    png = base64.b64encode(written.getvalue()).decode()
    return {"png": png, "width": plain.width, "height": plain.height}


if __name__ == "__main__":
    restrain()
    drawn = {"page": page_of, "picture": picture_of}[sys.argv[1]]
    json.dump(drawn(sys.stdin.buffer.read(), int(sys.argv[2])), sys.stdout)
