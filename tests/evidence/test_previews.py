"""What is in a file is shown as pixels or text, and nothing in it can run."""

import base64
import io

import pytest
from PIL import Image

from s11.evidence.previews import preview
from tests.evidence import corpus
from tests.factories.pictures import image
from tests.factories.proof import a_document, a_newer_one
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

HOSTILE = b"<script>alert('ran')</script>\n=cmd|'/c calc'!A1\n"
# A page with the words "Hello there" in a font that the file only names.
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj "
    b"2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>endobj "
    b"4 0 obj<</Length 44>>stream\nBT /F1 24 Tf 20 100 Td (Hello there) Tj ET \nendstream endobj "
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R>>"
)


def drawn(png: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(png)))


def test_a_page_of_a_pdf_is_drawn_and_its_words_are_told() -> None:
    shown = preview(io.BytesIO(PAGE), "application/pdf", page=2)
    assert shown is not None
    assert (shown.pages, shown.page, shown.text) == (2, 2, "Hello there")
    page = drawn(shown.png)
    assert page.size == (1200, 800) and page.convert("L").getextrema() == (0, 255)


def test_a_page_that_is_not_there_is_the_nearest() -> None:
    shown = preview(io.BytesIO(PAGE), "application/pdf", page=77)
    assert shown is not None and shown.page == 2


@pytest.mark.parametrize(
    ("kind", "media"), [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("WEBP", "webp")]
)
def test_a_picture_is_drawn_anew_and_no_larger_than_a_screen(kind: str, media: str) -> None:
    shown = preview(io.BytesIO(image(kind, (3000, 1500)) + HOSTILE), f"image/{media}")
    assert shown is not None
    picture = drawn(shown.png)
    assert picture.format == "PNG" and picture.size == (1200, 600)
    assert b"script" not in base64.b64decode(shown.png)


def test_a_drawn_picture_holds_no_place_where_it_was_taken() -> None:
    with_place = corpus.picture(gps=True)
    assert Image.open(io.BytesIO(with_place)).getexif()
    shown = preview(io.BytesIO(with_place), "image/jpeg")
    assert shown is not None and not drawn(shown.png).getexif() and not drawn(shown.png).info


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 and nothing that follows", "application/pdf"),
        (b"", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n broken", "image/png"),
        (corpus.huge_png(), "image/png"),
        (PAGE, "image/png"),
        (image("TIFF", (10, 10)), "image/png"),
        (corpus.word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_what_cannot_be_drawn_has_no_preview_and_is_no_fault(content: bytes, media_type: str) -> None:
    assert preview(io.BytesIO(content), media_type) is None


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"one\r\ntwo", ("one", "two")),
        ("Zoë’s notes".encode(), ("Zoë’s notes",)),
        ("Zoë".encode("utf-16"), ("Zoë",)),
        (b"caf\xe9", ("caf�",)),
        ("a\u202eb\x07c".encode(), ("a b c",)),
    ],
)
def test_text_is_shown_whatever_it_is_written_in(content: bytes, lines: tuple[str, ...]) -> None:
    shown = preview(io.BytesIO(content), "text/plain")
    assert shown is not None and shown.lines == lines and not shown.is_cut


def test_of_a_long_text_the_first_200_lines_are_shown() -> None:
    shown = preview(io.BytesIO(b"line\n" * 201), "text/csv")
    assert shown is not None and len(shown.lines) == 200 and shown.is_cut


@pytest.mark.database
def test_nothing_in_a_preview_is_markup_or_runs(browser: Browser, world: World) -> None:
    kept = a_document(world, "notes.txt", HOSTILE)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/evidence/{kept.revision}/preview")
    assert "<script>alert('ran')</script>" in page.text
    assert b"<script>alert" not in browser.response.data
    assert browser.response.headers["Cache-Control"] == "no-store"
    pdf = a_newer_one(world, kept.document, PAGE, "plan.pdf")
    page = browser.open(f"/evidence/{pdf}/preview?page=2")
    assert "page 2 of 2" in page.text and "Hello there" in page.text
    assert b"JavaScript" not in browser.response.data and b"app.alert" not in browser.response.data
    assert b'src="data:image/png;base64,' in browser.response.data


@pytest.mark.database
def test_a_file_of_another_kind_can_be_downloaded_instead(browser: Browser, world: World) -> None:
    kept = a_document(world, "policy.docx", corpus.word())
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/evidence/{kept.revision}/preview")
    assert "No preview of this file." in page.text
    assert page.href("Download the file") == f"/evidence/{kept.revision}"


@pytest.mark.database
def test_the_board_previews_what_it_may_download_and_the_look_is_recorded(
    browser: Browser, world: World
) -> None:
    kept = a_document(world, "notes.txt", b"Our minutes.\n", shown="1.1")
    later = a_document(world, "later.txt", b"Not submitted.\n")
    address = f"/returns/{world.police}/files/{kept.revision}/preview"
    browser.sign_in(MANAGER)
    browser.open(address, status=404)
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    assert "Our minutes." in browser.open(address).text
    browser.open(f"/returns/{world.police}/files/{later.revision}/preview", status=404)
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    assert "opened an evidence file" in browser.open(f"/returns/{world.police}/trail").text
    browser.sign_out()
    browser.sign_in(HOUSING_LEAD)
    browser.open(address, status=404)
