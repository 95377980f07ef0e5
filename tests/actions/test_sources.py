"""Reviews, what they recommend, and the actions that answer it, as people use them."""

import pytest

from s11.actions import queries
from tests.actions.some import PASTED, a_review, answering
from tests.factories.world import CHAIR, MANAGER, OUTSIDER, POLICE_LEAD

pytestmark = pytest.mark.database


@pytest.fixture
def review(world) -> str:
    return a_review(world)


def test_the_office_writes_down_a_review_and_pastes_what_it_recommends(world, browser):
    browser.sign_in(MANAGER)
    browser.open("/actions/reviews/new")
    browser.submit("/actions/reviews/new", kind="review", title="Child Harbour", how_many="4")
    pasting = next(one for one in browser.page.forms if one.action.endswith("/recommendations"))
    page = browser.submit(pasting.action, pasted=PASTED)
    assert "3 recommendations added" in page.text
    assert "Number 2 stands there twice or more." in page.text
    assert "Numbers 3 and 4 are missing." in page.text
    assert "It says it makes 4 recommendations, and 3 are here." in page.text
    assert "3 recommendations have no action: 1, 2 and 2." in page.text
    listed = browser.open("/actions/reviews").text
    assert "Child Harbour" in listed and "3 without an action" in listed


def test_a_title_twice_and_a_number_without_words_are_refused_with_what_was_typed(world, browser, review):
    browser.sign_in(MANAGER)
    browser.open("/actions/reviews/new")
    page = browser.submit("/actions/reviews/new", status=422, kind="review", title="child harbour")
    assert "There is one of this title already" in page.text
    where = f"/actions/reviews/{review}/recommendations"
    browser.open(where)
    page = browser.submit(where, status=422, pasted="7.\n8. Ask.")
    assert "“7” has a number and no words" in page.text
    assert page.form(where).data()["pasted"].strip() == "7.\n8. Ask."


def test_the_board_reads_all_of_a_review_and_an_agency_what_its_actions_answer(world, browser, review):
    answering(world, review, 0)
    answering(world, review, 1, of="Harbour Housing")
    browser.sign_in(CHAIR)
    page = browser.open(f"/actions/reviews/{review}").text
    assert "Meet sooner." in page and "What nobody else reads." in page and "Harbour Housing" in page
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/actions/reviews/{review}").text
    assert "Ask who lives there." in page
    assert "Share it." not in page and "nobody else reads" not in page and "Harbour Housing" not in page
    browser.open(f"/actions/reviews/{review}/change", status=403)


def test_another_board_and_an_agency_without_an_action_see_no_review(world, browser, review):
    for email in (OUTSIDER, POLICE_LEAD):
        browser.sign_in(email)
        browser.open(f"/actions/reviews/{review}", status=404)
        assert "Child Harbour" not in browser.open("/actions/reviews").text


def test_a_recommendation_gets_themes_and_criteria_moves_and_is_taken_out_unless_answered(
    world, browser, review
):
    answering(world, review, 0)
    with world.app.app_context():
        first, second, _ = queries.recommendations_of(queries.source_by_ref(review).id)
        first, second = first.ref, second.ref
    browser.sign_in(MANAGER)
    where = f"/actions/recommendations/{second}/change"
    browser.open(where)
    typed = {"themes": "Curiosity, Sharing", "not_accepted": "It is done already."}
    page = browser.submit(where, **typed)
    assert "Curiosity, Sharing" in page.text and "It is done already." in page.text
    assert "1 recommendation has no action: 2." in page.text
    token = page.form("/sign-out").data()
    page = browser.post(f"/actions/recommendations/{second}/move", {**token, "direction": "up"})
    assert page.text.index("Share it.") < page.text.index("Ask who lives there.")
    page = browser.post(f"/actions/recommendations/{first}/remove", token)
    assert "An action answers this recommendation, so it stays" in page.text
    page = browser.post(f"/actions/recommendations/{second}/remove", token)
    assert "Share it." not in page.text


def test_somebody_who_saved_meanwhile_is_shown_and_nothing_typed_is_lost(world, browser, review):
    browser.sign_in(MANAGER)
    where = f"/actions/reviews/{review}/change"
    mine = browser.open(where).form(where).data(title="My title")
    browser.post(where, {**mine, "title": "Their title"})
    page = browser.post(where, mine, status=412)
    assert "Their title" in page.text and page.form(where).data()["title"] == "My title"
    assert "My title" in browser.post(where, page.form(where).data()).text
