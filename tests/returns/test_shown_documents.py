"""Documents in a return: pinned to a revision until somebody chooses the newer one."""

import pytest

from s11.evidence import queries as documents
from s11.returns import queries
from tests.factories.proof import a_document, a_newer_one
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_HELPER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def shown(world: World, number: str) -> list[tuple[int, str]]:
    """What the police's return shows for a criterion: numbers of revisions, and where to look."""
    with world.app.app_context():
        return_ = queries.by_ref(world.police)
        criterion = next(c for c in queries.edition_of(return_).criteria if c.number == number)
        found = queries.evidence(return_.id, criterion.id).get(criterion.id, [])
        return [(item.revision.number, item.note) for item in found]


def box(world: World, number: str) -> str:
    with world.app.app_context():
        return_ = queries.by_ref(world.police)
        criterion = next(c for c in queries.edition_of(return_).criteria if c.number == number)
        return f"{world.police}-{criterion.id}"


def test_an_answer_stays_with_its_revision_until_the_newer_is_chosen(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1 1.2", note="page 4")
    newer = a_newer_one(world, kept.document, b"newer")
    assert shown(world, "1.1") == [(1, "page 4")]
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{world.police}/evidence/1.1")
    assert "There is a newer revision of" in page.text and "Revision 1 is shown here" in page.text
    browser.submit(f"/evidence/1.1/newest/{kept.revision}")
    assert "Revision 2 is now shown for 1.1" in browser.page.text
    assert "There is a newer revision" not in browser.page.text
    assert shown(world, "1.1") == [(2, "page 4")] and shown(world, "1.2") == [(1, "page 4")]
    browser.open(f"/returns/{world.police}/files/{newer}")
    assert browser.response.data == b"newer"


def test_where_both_revisions_were_shown_one_is_left(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1", note="page 4")
    a_newer_one(world, kept.document, b"newer")
    a_document(world, content=b"newer", shown="1.1")  # the same file, chosen again
    assert [number for number, _ in shown(world, "1.1")] == [1, 2]
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/evidence/1.1")
    browser.submit(f"/evidence/1.1/newest/{kept.revision}")
    assert shown(world, "1.1") == [(2, "page 4")]


def test_what_was_submitted_shows_the_revision_it_was_submitted_with(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1")
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    newer = a_newer_one(world, kept.document, b"newer, after submission")
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{world.police}/evidence/1.1")
    assert "There is a newer revision" in page.text and "Show that instead" not in page.text
    token = {
        "csrf_token": browser.open(f"/evidence/documents/{kept.document}")
        .form("/revisions")
        .data()["csrf_token"]
    }
    browser.post(f"/returns/{world.police}/evidence/1.1/newest/{kept.revision}", token, status=409)
    browser.sign_out()
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}/files/{kept.revision}")
    assert browser.response.data == b"Our policy.\n"
    browser.open(f"/returns/{world.police}/files/{newer}", status=404)


def test_where_to_look_is_changed_and_taken_away(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1", note="page 4")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/evidence/1.1")
    page = browser.submit(f"/evidence/1.1/note/{kept.revision}", note="section 2")
    assert "Where to look: section 2" in page.text and shown(world, "1.1") == [(1, "section 2")]
    browser.submit(f"/evidence/1.1/note/{kept.revision}", note="")
    assert shown(world, "1.1") == [(1, "")]
    browser.submit(f"/evidence/1.1/note/{kept.revision}", note="x" * 251, status=422)


def test_one_document_is_ticked_for_many_criteria_with_a_note_each(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1", note="page 4")
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/show/{kept.document}")
    held = page.form(f"/show/{kept.document}").data()
    assert held["show"] == box(world, "1.1") and held[f"note-{box(world, '1.1')}"] == "page 4"
    ticked = [box(world, number) for number in ("1.1", "1.2", "2.2")]
    notes = {f"note-{box(world, '1.2')}": "sheet 2", f"note-{box(world, '1.1')}": "page 5"}
    page = browser.submit(f"/show/{kept.document}", show=ticked, **notes)
    assert "is now shown for 3 criteria" in page.text
    assert shown(world, "1.1") == [(1, "page 5")] and shown(world, "1.2") == [(1, "sheet 2")]
    assert shown(world, "2.1") == [] and shown(world, "2.2") == [(1, "")]
    browser.open(f"/returns/show/{kept.document}")
    browser.submit(f"/show/{kept.document}", show=[box(world, "2.2")])
    assert [len(shown(world, number)) for number in ("1.1", "1.2", "2.2")] == [0, 0, 1]


def test_what_a_colleague_ticked_meanwhile_stays(browser: Browser, world: World) -> None:
    kept = a_document(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/show/{kept.document}")
    a_document(world, shown="2.1", note="mine")
    browser.submit(f"/show/{kept.document}", show=[box(world, "1.1")])
    assert shown(world, "1.1") == [(1, "")] and shown(world, "2.1") == [(1, "mine")]


def test_a_newly_ticked_criterion_gets_the_newest_and_the_others_keep_theirs(
    browser: Browser, world: World
) -> None:
    kept = a_document(world, shown="1.1")
    a_newer_one(world, kept.document, b"newer")
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/show/{kept.document}")
    assert "(shows revision 1)" in page.text
    browser.submit(f"/show/{kept.document}", show=[box(world, "1.1"), box(world, "1.2")])
    assert shown(world, "1.1") == [(1, "")] and shown(world, "1.2") == [(2, "")]


def test_a_note_that_is_too_long_is_refused_and_nothing_typed_is_lost(browser: Browser, world: World) -> None:
    kept = a_document(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/show/{kept.document}")
    long, name = "x" * 251, box(world, "1.2")
    page = browser.submit(
        f"/show/{kept.document}", show=[box(world, "1.1"), name], **{f"note-{name}": long}, status=422
    )
    assert page.form("/show/" + kept.document).data()[f"note-{name}"] == long
    assert shown(world, "1.1") == [] and shown(world, "1.2") == []


def test_a_contributor_ticks_only_in_the_standards_they_were_given(browser: Browser, world: World) -> None:
    kept = a_document(world)
    browser.sign_in(POLICE_HELPER)
    page = browser.open(f"/returns/show/{kept.document}")
    assert box(world, "1.1") in browser.response.text and box(world, "2.1") not in browser.response.text
    form = page.form(f"/show/{kept.document}")
    browser.post(form.action, form.data(show=box(world, "2.1")), status=403)
    assert shown(world, "2.1") == []
    browser.post(form.action, form.data(show=box(world, "1.1")))
    assert shown(world, "1.1") == [(1, "")]


def test_when_nothing_is_open_there_is_nothing_to_tick(browser: Browser, world: World) -> None:
    kept = a_document(world)
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    browser.sign_in(POLICE_LEAD)
    assert "Nothing to tick now" in browser.open(f"/returns/show/{kept.document}").text


def test_a_document_that_was_removed_is_shown_nowhere_new(browser: Browser, world: World) -> None:
    kept = a_document(world)
    browser.sign_in(POLICE_LEAD)
    form = browser.open(f"/returns/show/{kept.document}").form(f"/show/{kept.document}")
    browser.open(f"/evidence/documents/{kept.document}/remove")
    browser.submit("/remove")
    browser.post(form.action, form.data(show=box(world, "1.1")), status=409)
    assert shown(world, "1.1") == []
    with world.app.app_context():
        assert documents.document_by_ref(kept.document).removed_at is not None


def test_another_organisation_cannot_tick_it(browser: Browser, world: World) -> None:
    kept = a_document(world)
    browser.sign_in(HOUSING_LEAD)
    browser.open(f"/returns/show/{kept.document}", status=404)
