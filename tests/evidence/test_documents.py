"""One document: its revisions, until when it is current, and taking it out of the library."""

import io
from datetime import timedelta

import pytest

from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.storage import files
from s11.evidence import queries as documents
from s11.evidence.models import Document
from tests.evidence.corpus import tracked
from tests.factories.proof import a_document, a_newer_one, library_of_police
from tests.factories.world import POLICE_HELPER, POLICE_LEAD, POLICE_VIEWER, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def stored(world: World, ref: str) -> Document:
    with world.app.app_context():
        found = documents.document_by_ref(ref)
        assert found is not None
        return found


def sent(name: str, content: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_a_newer_file_becomes_a_revision_with_its_own_hash(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/evidence/documents/{kept.document}")
    page = browser.submit("/revisions", file=sent("policy-2027.txt", b"Our new policy.\n"))
    assert "Revision 2 added. Answers go on showing the revision they were given" in page.text
    assert "Revision 2: policy-2027.txt" in page.text and "Revision 1: policy.txt" in page.text
    with world.app.app_context():
        new, old = documents.revisions_of(documents.document_by_ref(kept.document).id)
        assert (new.number, new.added_by_name, old.number) == (2, "Pat Lead", 1)
        assert new.sha256[:12] in page.text and new.sha256 != old.sha256


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("policy.txt", b"Our policy.\n", "This is the same file as revision 1, so nothing was added"),
        ("policy.pdf", b"MZ\x90\0", "its content is something else"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "of a kind we do not take"),
        ("", b"", "Choose the file as it is now"),
    ],
)
def test_a_revision_goes_the_same_way_in_as_every_file(
    browser: Browser, world: World, name: str, content: bytes, words: str
) -> None:
    kept = a_document(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/evidence/documents/{kept.document}")
    page = browser.submit("/revisions", file=sent(name, content), status=422)
    assert words in page.text
    with world.app.app_context():
        assert len(documents.revisions_of(documents.document_by_ref(kept.document).id)) == 1
        assert len(files().files) == 1  # what was refused is not kept either


@pytest.mark.parametrize(("go", "revisions"), [("add", 2), ("leave", 1)])
def test_a_revision_in_which_something_hides_waits_for_a_decision(
    browser: Browser, world: World, go: str, revisions: int
) -> None:
    kept = a_document(world, shown="1.1")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/evidence/documents/{kept.document}")
    page = browser.submit("/revisions", file=sent("policy.docx", tracked()))
    assert "Decide: something hides in what was sent" in page.text
    (form,) = [form for form in page.forms if "/waiting/" in form.action]
    browser.post(form.action, form.data(go=go))
    with world.app.app_context():
        document = documents.document_by_ref(kept.document)
        found = documents.revisions_of(document.id)
        assert len(found) == revisions and not documents.uploads_for(document)
        assert len(files().files) == revisions
        assert bool(found[0].hidden) == (go == "add")


def test_title_date_and_personal_data_are_changed_and_kept(browser: Browser, world: World) -> None:
    kept = a_document(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/evidence/documents/{kept.document}")
    said = {"title": "Safer recruitment policy", "current_until": "31 3 2030", "personal_data": "redacted"}
    page = browser.submit(f"/documents/{kept.document}", **said)
    assert "Safer recruitment policy" in page.text and "Current until 31 Mar 2030" in page.text
    document = stored(world, kept.document)
    assert (document.title, document.personal_data) == ("Safer recruitment policy", "redacted")


def test_a_date_that_is_none_is_refused_with_what_was_typed_still_there(
    browser: Browser, world: World
) -> None:
    kept = a_document(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/evidence/documents/{kept.document}")
    said = {"title": "A better title", "current_until": "in spring", "personal_data": "no"}
    page = browser.submit(f"/documents/{kept.document}", **said, status=422)
    assert "“in spring” is no day" in page.text
    assert page.form(f"/documents/{kept.document}").data()["title"] == "A better title"
    assert stored(world, kept.document).title == "policy.txt"


def test_whoever_says_that_it_is_still_current_is_asked_again_in_a_year(
    browser: Browser, world: World
) -> None:
    kept = a_document(world)
    with world.app.app_context(), unit_of_work():
        documents.document_by_ref(kept.document).current_until = clock.today() - timedelta(days=3)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/evidence/documents/{kept.document}")
    assert "Yes, still current" in page.text and "This ran out on" in page.text
    page = browser.submit("/still-current")
    assert "Noted: still current" in page.text and "Last confirmed" in page.text
    assert "This ran out on" not in page.text
    document = stored(world, kept.document)
    assert document.current_until == clock.today() + timedelta(days=365)
    assert document.confirmed_by_name == "Pat Lead" and document.confirmed_at is not None
    page = browser.submit("/still-current", until="1 1 2020", status=422)
    assert "Enter a day from today on" in page.text


def test_it_is_not_removed_while_an_open_return_shows_it(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1 2.1")
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/evidence/documents/{kept.document}/remove")
    assert "It cannot be removed yet" in page.text
    assert "Cycle TINY-2026, 1.1" in page.text and "Cycle TINY-2026, 2.1" in page.text
    token = browser.open(f"/evidence/documents/{kept.document}").form("/revisions").data()["csrf_token"]
    browser.post(f"/evidence/documents/{kept.document}/remove", {"csrf_token": token}, status=409)
    assert stored(world, kept.document).removed_at is None


def test_what_was_submitted_keeps_a_document_that_was_removed(browser: Browser, world: World) -> None:
    kept = a_document(world, title="The plan", shown="1.1")
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/evidence/documents/{kept.document}/remove")
    assert "What was submitted with it keeps it: Cycle TINY-2026" in page.text
    browser.submit("/remove")
    assert "The plan" not in [words for _, words in browser.open(library_of_police(world)).links]
    assert "Removed from the library on" in browser.open(f"/evidence/documents/{kept.document}").text
    assert "The plan" in browser.open(f"/returns/{world.police}/submitted").text
    browser.open(f"/returns/{world.police}/files/{kept.revision}")
    assert browser.response.data == b"Our policy.\n"


def test_a_removed_file_that_is_added_again_is_a_new_document(world: World) -> None:
    kept = a_document(world)
    with world.app.app_context(), unit_of_work():
        documents.document_by_ref(kept.document).removed_at = clock.now()
    assert a_document(world).document != kept.document


def test_a_contributor_keeps_what_they_added_and_a_viewer_nothing(browser: Browser, world: World) -> None:
    own = a_document(world, "own.txt", b"own", by=POLICE_HELPER)
    other = a_document(world, "other.txt", b"other")
    browser.sign_in(POLICE_HELPER)
    token = browser.open(f"/evidence/documents/{own.document}").form("/revisions").data()["csrf_token"]
    browser.submit("/still-current")
    page = browser.open(f"/evidence/documents/{other.document}")
    assert not [form for form in page.forms if "/evidence/documents/" in form.action]
    browser.post(f"/evidence/documents/{other.document}/still-current", {"csrf_token": token}, status=403)
    browser.sign_out()
    browser.sign_in(POLICE_VIEWER)
    page = browser.open(f"/evidence/documents/{own.document}")
    assert not [form for form in page.forms if "/evidence/documents/" in form.action]
    assert "Choose the criteria" not in page.text


def test_the_page_tells_where_which_revision_is_shown(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1", note="page 4")
    a_newer_one(world, kept.document, b"newer")
    browser.sign_in(POLICE_LEAD)
    text = browser.open(f"/evidence/documents/{kept.document}").text
    assert "Cycle TINY-2026 · revision 1 · page 4" in text and "A newer revision is here." in text
