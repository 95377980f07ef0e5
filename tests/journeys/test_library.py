"""A lead looks after the library on her phone: a newer file, where it counts, and all of it to take away."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from s11.core import clock
from s11.core.database import unit_of_work
from s11.evidence import queries as documents
from tests.evidence.test_previews import PAGE
from tests.factories.proof import a_document
from tests.factories.world import POLICE_LEAD, World
from tests.journeys.conftest import SIZES, sign_in, sound

pytestmark = pytest.mark.browser
# The same without what would run: that is refused on its way in.
PLAIN = PAGE.replace(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", b"")


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(viewport=SIZES["phone"], base_url=address)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_a_document_is_renewed_confirmed_shown_and_taken_away(phone: Page, world: World) -> None:
    kept = a_document(world, "plan.txt", b"The plan of last year.\n", title="Training plan", shown="1.1")
    with world.app.app_context(), unit_of_work():
        document = documents.document_by_ref(kept.document)
        assert document is not None
        document.current_until = clock.today() - timedelta(days=3)
    page = phone
    sign_in(page, POLICE_LEAD)
    page.get_by_role("link", name="Evidence library of").click()
    sound(page)
    page.get_by_role("link", name="1 document is past the day").click()
    page.get_by_role("link", name="Training plan").click()
    sound(page)
    page.get_by_label("The file as it is now").set_input_files(
        {
            "name": "plan.pdf",
            "mimeType": "application/pdf",
            "buffer": PLAIN,
        }
    )
    page.get_by_role("button", name="Add revision").click()
    expect(page.get_by_text("Revision 2: plan.pdf")).to_be_visible()
    page.get_by_role("button", name="Yes, still current").click()
    expect(page.get_by_text("Last confirmed")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Preview", exact=True).click()
    expect(page.get_by_role("img", name="A picture of page 1")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Training plan").click()
    page.get_by_role("link", name="Choose the criteria it supports").click()
    page.get_by_role("checkbox", name="2.2").check()
    page.get_by_label("Where to look in it, for 2.2").fill("page 2")
    sound(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is now shown for 2 criteria")).to_be_visible()
    page.get_by_role("link", name="1.1", exact=True).click()
    sound(page)
    page.get_by_role("button", name="Show that instead").click()
    expect(page.get_by_text("Revision 2 is now shown for 1.1")).to_be_visible()
    page.get_by_role("link", name="Cycle TINY-2026").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all its evidence").click()
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert archive.namelist() == ["1 Standard 1/1.1 Training plan.pdf", "index.html", "index.csv"]
