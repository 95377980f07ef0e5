"""Files of every kind, made as the programmes of offices and phones make them, and as nobody should."""

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image
from pptx import Presentation

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(made: object) -> bytes:
    file = io.BytesIO()
    made.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def word(text: str = "Our policy") -> bytes:
    document = Document()
    document.add_paragraph(text)
    return saved(document)


def excel() -> bytes:
    return saved(Workbook())


def slides() -> bytes:
    return saved(Presentation())


def zipped(members: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def altered(archive: bytes, **changes: bytes | str) -> bytes:
    """An archive with members added or changed; "__" stands for "/" and "_dot_" for "."."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        members: dict[str, bytes | str] = {name: old.read(name) for name in old.namelist()}
    given = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changes.items()}
    return zipped({**members, **given})


def with_words(body: str) -> bytes:
    """A Word document with this XML as its body."""
    return altered(word(), word__document_dot_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def tracked() -> bytes:
    run = "<w:r><w:t>words</w:t></w:r>"
    return with_words(
        f'<w:p><w:ins w:id="1" w:author="Ann">{run}</w:ins><w:ins w:id="2" w:author="Ann">{run}</w:ins>'
        f'<w:del w:id="3" w:author="Bob"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    )


def hiding_workbook() -> bytes:
    book = Workbook()
    first = book.active
    first.title = "Summary"
    for row in range(1, 7):
        for column in range(1, 6):
            first.cell(row, column, f"{row} {column}")
    for row in (2, 3, 4):
        first.row_dimensions[row].hidden = True
    first.row_dimensions[90].hidden = True  # empty: nobody can learn anything from it
    for letter in ("C", "Z"):
        first.column_dimensions[letter].hidden = True
    first["A1"].comment = Comment("Ask Ann first", "Bob")
    book.create_sheet("Staff list").sheet_state = "hidden"
    book.create_sheet("Payroll").sheet_state = "veryHidden"
    return saved(book)


def hiding_slides() -> bytes:
    shown = Presentation()
    for _ in range(2):
        shown.slides.add_slide(shown.slide_layouts[5])
    shown.slides[0].notes_slide.notes_text_frame.text = "Do not mention the case."
    shown.slides[1]._element.set("show", "0")
    return saved(shown)


def open_document(content: str, kind: str = "text", **more: bytes | str) -> bytes:
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {ODF}>{content}</office:document-content>",
            **{name.replace("__", "/").replace("_dot_", "."): words for name, words in more.items()},
        }
    )


def picture(kind: str = "JPEG", *, gps: bool = False) -> bytes:
    file = io.BytesIO()
    image = Image.new("RGB", (40, 30), "teal")
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 47.0, 50.0), 3: "W", 4: (1.0, 32.0, 30.0)})
    image.save(file, kind, exif=exif)
    return file.getvalue()


def huge_png() -> bytes:
    """The head of a picture of 50,000 by 50,000 points, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def message(*attached: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "ann@police.example", "board@board.example"
    made["Subject"] = "Minutes"
    made.set_content("As promised.")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def pdf(*objects: str, tail: bytes = b"") -> bytes:
    body = "".join(f"{number} 0 obj {thing} endobj\n" for number, thing in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body.encode() + b"trailer << /Root 1 0 R >>\n%%EOF\n" + tail


def pdf_packed(thing: str) -> bytes:
    """A PDF whose objects are packed into a stream, as most are today."""
    packed = zlib.compress(thing.encode())
    head = f"%PDF-1.7\n1 0 obj << /Type /ObjStm /Filter /FlateDecode /Length {len(packed)} >> stream\n"
    return head.encode() + packed + b"\nendstream endobj\n%%EOF\n"


def rels(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )


def secret(archive: bytes) -> bytes:
    """The same archive with every member marked as encrypted."""
    data, at = bytearray(archive), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)
