"""Finding one's way in a return: the next unanswered, and a word."""

from s11.returns.searching import Place, search, words_of
from tests.factories.world import POLICE_LEAD, World
from tests.pages import Browser


def test_every_word_has_to_stand_somewhere_in_the_answer() -> None:
    places = [
        Place(1, "Commentary", "Supervision happens monthly."),
        Place(1, "Evidence", "Supervision policy 2026"),
        Place(2, "Commentary", "Monthly figures."),
    ]
    found = search(places, words_of("POLICY monthly"))
    assert list(found) == [1]
    assert [(one.what, one.found) for one in found[1]] == [("Commentary", "monthly"), ("Evidence", "policy")]
    assert search(places, words_of("  ")) == {}


def test_a_long_text_is_cut_at_blanks_around_the_word() -> None:
    text = "one two three " * 20 + "Needle here " + "four five six " * 20
    (snippet,) = search([Place(1, "Commentary", text)], ("needle",))[1]
    assert snippet.found == "Needle" and snippet.before.startswith("…") and snippet.after.endswith("…")
    assert "three" in snippet.before and len(snippet.before) < 70 and len(snippet.after) < 70


def test_a_letter_that_folds_into_two_is_found_where_it_stands() -> None:
    (snippet,) = search([Place(1, "Commentary", "Straße und Schule")], ("schule",))[1]
    assert snippet.found == "Schule"


def test_the_next_unanswered_is_the_one_behind_and_then_the_first(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    place = f"/returns/{world.police}"
    browser.open(f"{place}/next", status=302)
    assert browser.response.location.endswith("/standards/1#q1.1")
    browser.open(f"{place}/next?after=1.2", status=302)
    assert browser.response.location.endswith("/standards/2#q2.1")
    browser.open(f"{place}/next?after=2.2", status=302)
    assert browser.response.location.endswith("/standards/1#q1.1")


def test_a_lead_finds_a_word_in_what_was_said(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{world.police}/standards/1")
    name = next(n for n, _ in page.form("/standards/1").fields if n.startswith("c") and n != "csrf_token")
    browser.submit("/standards/1", go="stay", **{name: "Our <b>deputy</b> chief leads."})
    page = browser.open(f"/returns/{world.police}/search?q=DEPUTY")
    assert "1 criterion found." in page.text
    assert "Our &lt;b&gt;<mark>deputy</mark>&lt;/b&gt; chief leads." in browser.response.text
    assert "Nothing found" in browser.open(f"/returns/{world.police}/search?q=unicorn").text
