"""How the invented partnership looks: a colour, a mark drawn here, and what stands under its mails."""

import contextlib
import io

from PIL import Image, ImageDraw, ImageFont

from s11.core.errors import Invalid
from s11.organisations.models import Partnership
from s11.partnerships import operations
from s11.partnerships.colours import parts
from s11.partnerships.operations import held
from s11.partnerships.rules import Subject, mark_of
from s11.people.models import Person
from s11.seeding.material import Material

WIDE, HIGH = 560, 160
SAND = (201, 150, 60)


def dress(partnership: Partnership, material: Material, *, by: Person) -> None:
    """Give it its colour, its logo and its signature, through what its office would use."""
    told = material.partnership["partnership"]
    colour, words = told["colour"], told["mail_signature"]
    for subject, values in (
        (Subject.COLOUR, {"colour": colour}),
        (Subject.MAIL, {"mail_signature": words.strip(), "office_email": partnership.office_email}),
    ):
        operations.change(partnership, subject, values, began=mark_of(held(partnership, subject)), by=by)
    # On a machine so busy that nothing can be drawn, the rest is loaded all the same.
    with contextlib.suppress(Invalid):
        operations.set_logo(partnership, io.BytesIO(drawn(colour, told["mark"])), by=by)


def drawn(colour: str, words: str) -> bytes:
    """Hills under a sun, and the short name beside them."""
    ink = tuple(round(part * 255) for part in parts(colour))
    picture = Image.new("RGB", (WIDE, HIGH), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((86, 16, 142, 72), fill=SAND)
    pen.polygon([(8, 140), (70, 60), (132, 140)], fill=ink)
    pen.polygon([(74, 140), (118, 84), (162, 140)], fill=tuple((part + 120) // 2 for part in ink))
    pen.text((190, HIGH // 2), words, fill=ink, font=ImageFont.load_default(size=58), anchor="lm")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
