"""Answering a return on screen."""

from io import BytesIO

import pytest
from flask import Flask

from s11.actions import queries as actions
from s11.core.database import unit_of_work
from s11.people import queries as people
from s11.returns import queries
from s11.returns.operations import AnswerChange, save_answers
from tests.factories.world import MANAGER, POLICE_HELPER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def ids(world: World, ref: str) -> dict[str, int]:
    """Criterion ids by number."""
    with world.app.app_context():
        return {c.number: c.id for c in queries.edition_of(queries.by_ref(ref)).criteria}


def answer(world: World, number: str) -> tuple[str | None, str, int]:
    """What is stored for a criterion of the police's return: level, words, version."""
    with world.app.app_context():
        return_ = queries.by_ref(world.police)
        found = queries.answer_of(return_.id, ids(world, world.police)[number])
        return (found.level.code if found.level else None, found.commentary, found.version)


def test_a_lead_sees_the_return_as_a_list_of_standards(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    assert "Cycle TINY-2026" in browser.page.text and "0 of 4 answered" in browser.page.text
    page = browser.open(f"/returns/{world.police}")
    assert "1. Standard 1" in page.text and "Not started" in page.text and "0 of 4" in page.text


def test_ratings_and_words_are_saved_and_shown_again(browser: Browser, world: World) -> None:
    criterion = ids(world, world.police)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    fields = {f"r{criterion['1.1']}": "green", f"c{criterion['1.1']}": "Our lead sits on the board."}
    page = browser.submit("/standards/1", **fields, go="stay")
    form = page.form("/standards/1").data()
    assert form[f"r{criterion['1.1']}"] == "green"
    assert form[f"c{criterion['1.1']}"] == "Our lead sits on the board."
    assert "1 of 4" in browser.open(f"/returns/{world.police}").text


def test_save_and_continue_goes_to_the_next_standard_and_then_to_the_list(
    browser: Browser, world: World
) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    assert "2. Standard 2" in browser.submit("/standards/1", go="next").text
    assert "0 of 4" in browser.submit("/standards/2", go="next").text


def test_not_applicable_without_a_reason_is_saved_and_asked_about(browser: Browser, world: World) -> None:
    criterion = ids(world, world.police)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    page = browser.submit("/standards/1", **{f"r{criterion['1.2']}": "na"}, go="next")
    assert "Say why 1.2 does not apply" in page.text
    page = browser.submit("/standards/1", **{f"r{criterion['1.2']}-na-reason": "We hold no records."})
    assert "Say why 1.2" not in browser.open(f"/returns/{world.police}/check").text


def test_a_newer_answer_is_not_overwritten_and_both_texts_are_shown(browser: Browser, world: World) -> None:
    criterion = ids(world, world.police)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    with world.app.app_context(), unit_of_work():
        change = AnswerChange(criterion["1.1"], 0, commentary="Helen's words")
        save_answers(queries.by_ref(world.police), [change], by=people.by_address(POLICE_HELPER))
    fields = {f"c{criterion['1.1']}": "Pat's words", f"c{criterion['1.2']}": "Also Pat's"}
    page = browser.submit("/standards/1", **fields, status=412)
    assert "Helen Helper saved a newer answer" in page.text
    assert "Helen's words" in page.text and "Pat's words" in page.text
    assert answer(world, "1.1") == (None, "Helen's words", 1)
    assert answer(world, "1.2") == (None, "Also Pat's", 1)
    browser.submit("/standards/1", go="stay")
    assert answer(world, "1.1") == (None, "Pat's words", 2)


def test_a_commentary_that_is_too_long_is_refused_at_its_field_and_kept(
    browser: Browser, world: World
) -> None:
    criterion = ids(world, world.police)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    page = browser.submit("/standards/1", **{f"c{criterion['1.1']}": "word " * 2500}, status=422)
    assert "has 12,499 characters. Shorten it to 10,000" in page.text
    assert len(page.form("/standards/1").data()[f"c{criterion['1.1']}"]) == 12_499


def test_saving_the_same_twice_changes_nothing(world: World, browser: Browser) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    before = answer(world, "1.1")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    browser.submit("/standards/1", go="stay")
    assert answer(world, "1.1") == before


def test_a_colleague_contributes_and_the_board_is_told_nothing_exists(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.sign_in(POLICE_HELPER)
    browser.open(f"/returns/{world.police}/standards/2")
    other = Browser(app)
    other.sign_in(MANAGER)
    other.open(f"/returns/{world.police}", status=404)
    other.open(f"/returns/{world.police}/standards/1", status=404)
    other.open(f"/returns/{world.police}/submitted", status=404)


def add_file(browser: Browser, world: World, name: str, content: bytes, status: int = 302) -> str:
    browser.open(f"/returns/{world.police}/evidence/1.1")
    data = browser.page.form("/evidence/1.1").data(file=(BytesIO(content), name), note="page 2")
    return browser.post(f"/returns/{world.police}/evidence/1.1", data, status=status).text


def test_a_file_is_shown_for_a_criterion_and_opens_as_an_attachment(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    text = add_file(browser, world, "Policy 2026.pdf", b"%PDF-1.7 our policy")
    assert "Policy 2026.pdf" in text and "page 2" in text
    link = browser.page.href("Policy 2026.pdf")
    response = browser.client.get(link)
    assert response.data == b"%PDF-1.7 our policy"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "is empty"),
        ("big.pdf", b"%PDF-" + b"x" * 1_200_000, "is larger than 1 MB"),
        ("setup.pdf", b"MZ\x90\x00" + b"\0" * 200, "its content is something else"),
        ("run.exe", b"MZ\x90\x00", "of a kind we do not take"),
        ("page.html", b"<script>", "of a kind we do not take"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_what_to_do(
    browser: Browser, world: World, name: str, content: bytes, sentence: str
) -> None:
    browser.sign_in(POLICE_LEAD)
    text = add_file(browser, world, name, content, status=422)
    assert sentence in text and name in text
    with world.app.app_context():
        assert not queries.evidence(queries.by_ref(world.police).id)


def test_far_too_much_at_once_comes_back_to_the_page_with_a_sentence(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    text = add_file(browser, world, "huge.pdf", b"%PDF-" + b"x" * 6_000_000)
    assert "more than can be sent at once: 1 MB a file" in text


def test_a_file_of_many_megabytes_is_taken_where_the_limit_allows_it(browser: Browser, world: World) -> None:
    world.app.config["S11"].upload_max_mb = 25
    browser.sign_in(POLICE_LEAD)
    assert "large.pdf" in add_file(browser, world, "large.pdf", b"%PDF-" + b"x" * 9_000_000)


def test_the_same_file_is_kept_once_and_can_be_shown_again(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    add_file(browser, world, "policy.pdf", b"%PDF-1.7 same")
    add_file(browser, world, "copy.pdf", b"%PDF-1.7 same")
    storage = world.app.extensions["s11-storage"]
    assert len(storage.files) == 1
    page = browser.open(f"/returns/{world.police}/evidence/2.1")
    revision = next(form for form in page.forms if ("what", "library") in form.fields)
    assert page.text.count("policy.pdf") == 1  # a title that is the name of the file is not said twice
    with world.app.app_context():
        shown = queries.evidence(queries.by_ref(world.police).id)
        ref = next(iter(shown.values()))[0].revision.ref
    browser.post(revision.action, revision.data(revision=ref))
    assert "policy.pdf" in browser.page.text and "policy.pdf policy.pdf" not in browser.page.text
    with world.app.app_context(), unit_of_work():
        shown = queries.evidence(queries.by_ref(world.police).id)
        next(iter(shown.values()))[0].revision.document.title = "Policy"
    page = browser.open(f"/returns/{world.police}/evidence/2.2")
    assert "Policy policy.pdf · Added" in page.text  # two of one title are told apart by their files


def test_a_link_must_be_one_and_a_reference_must_say_where(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{world.police}/evidence/1.1")
    link = next(form for form in page.forms if ("what", "link") in form.fields)
    page = browser.post(link.action, link.data(target="javascript:alert(1)", title="Bad"), status=422)
    assert "begins with https://" in page.text and "javascript:alert(1)" in str(page.forms)
    reference = next(form for form in page.forms if ("what", "reference") in form.fields)
    page = browser.post(reference.action, reference.data(target="In the HR system, ask Ann", title="Files"))
    assert "In the HR system, ask Ann" in page.text


def test_removed_evidence_stays_in_the_library(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    add_file(browser, world, "policy.pdf", b"%PDF-1.7 kept")
    remove = next(form.action for form in browser.page.forms if "/remove/" in form.action)
    page = browser.submit(remove)
    assert "It is still in your library" in page.text and "Nothing is shown for 1.1 yet" in page.text


def test_an_action_is_recorded_where_the_gap_is_found(browser: Browser, world: World) -> None:
    criterion = ids(world, world.police)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    browser.submit("/standards/1", **{f"r{criterion['1.1']}": "red"}, go="stay")
    page = browser.submit("/standards/1", **{f"c{criterion['1.1']}": "Nothing yet."}, go="action:1.1")
    form = page.form(f"/actions/new?return={world.police}&criterion=1.1")
    # Where it comes from is known and not asked; the way back is to the question.
    assert not {"source", "source_title", "recommendation"} & form.data().keys()
    for way in ("1. Standard 1", "Cancel"):
        assert page.href(way) == f"/returns/{world.police}/standards/1#q1.1"
    fields = {"text": "Appoint a lead.", "owner_name": "Pat Lead", "owner_role": "Head", "due_on": "1 9 2028"}
    page = browser.submit("criterion=1.1", **fields)
    assert "The action is in the plan." in page.text and "1. Standard 1" in page.text
    assert "Action recorded here Added to the plan Appoint a lead." in page.text
    assert answer(world, "1.1")[1] == "Nothing yet."
    with world.app.app_context():
        (added,) = actions.of_organisation(queries.by_ref(world.police).organisation_id)
        assert (added.criterion_key, added.source_title) == ("criterion-1-1", "Cycle TINY-2026")
        assert (added.source, added.recommendation) == ("self_assessment", "1.1 Criterion 1.1 is met.")
