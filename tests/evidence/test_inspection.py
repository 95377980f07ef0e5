"""Files are judged by what is in them."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook

from s11.core.errors import Invalid
from s11.evidence.inspection import clean_name, inspect

MOST = 1024 * 1024


def word() -> bytes:
    file = BytesIO()
    Document().save(file)
    return file.getvalue()


def excel() -> bytes:
    file = BytesIO()
    Workbook().save(file)
    return file.getvalue()


def zipped(**members: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("policy.pdf", b"%PDF-1.7", "application/pdf"),
        ("Policy.DOCX", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("audit.xlsx", excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 jfif", "image/jpeg"),
        ("notes.txt", "Ann’s notes".encode(), "text/plain"),
        ("table.csv", b"a,b\n1,2\n", "text/csv"),
    ],
)
def test_what_people_have_is_taken(name: str, content: bytes, media_type: str) -> None:
    found = inspect(BytesIO(content), name, most=MOST)
    assert (found.media_type, found.size) == (media_type, len(content))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.docx", b"", "is empty"),
        ("large.txt", b"x" * (MOST + 1), "larger than 1 MB"),
        ("setup.pdf", b"MZ\x90\0", "its content is something else"),
        ("notes.txt", b"MZ\x90\0", "its content is something else"),
        ("report.docx", b"%PDF-1.7", "its content is something else"),
        ("report.docx", zipped(evil=b"x"), "its content is something else"),
        ("sheet.docx", excel(), "its content is something else"),
        ("macro.docx", zipped(word__document=b"", word__vbaProject=b""), "something else"),
        ("bomb.docx", zipped(**{"word/document.xml": b"\0" * 50_000_000}), "unpacks to far more"),
        ("page.svg", b"<svg/>", "of a kind we do not take"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "of a kind we do not take"),
        ("none", b"text", "of a kind we do not take"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        inspect(BytesIO(content), name, most=MOST)
    assert words in refusal.value.sentence and f"“{name}”" in refusal.value.sentence


def test_macros_are_found_under_any_name() -> None:
    content = zipped(**{"word/document.xml": b"<x/>", "word/vbaProject.bin": b"macro"})
    with pytest.raises(Invalid, match="holds macros"):
        inspect(BytesIO(content), "innocent.docx", most=MOST)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ann\\policy.pdf", "policy.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie b.pdf"),
        ("<img onerror=x>.png", "img onerror=x.png"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("", "file"),
    ],
)
def test_names_are_shown_clean(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_very_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 4000 + ".pdf") == "x" * 140 + ".pdf"
