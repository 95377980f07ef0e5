"""The office writes the words of its mails: what may stand in them, how they look, and two at once."""

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.notices.placeholders import LABELS, examples, fault_of_body, fault_of_subject
from s11.notices.wording import DEFAULTS, Words, filled, filled_in_any_case, words_of
from s11.organisations import queries as organisations
from s11.trail import queries as trail
from s11.trail.queries import Wanted
from tests.factories.world import MANAGER, MODERATOR, OFFICE, OUTSIDER, World
from tests.pages import Browser

pytestmark = pytest.mark.database
BODY = "Dear ((name)),\n\nPlease answer by ((due)): ((link))"


def board_of(app: Flask) -> int:
    found = organisations.partnership_by_code("northshire")
    assert found is not None
    return found.id


@pytest.mark.parametrize("key", sorted(DEFAULTS))
def test_the_usual_words_pass_their_own_check_and_can_be_looked_at(key: str) -> None:
    words = DEFAULTS[key]
    assert (fault_of_subject(key, words.subject), fault_of_body(key, words.body)) == ("", "")
    shown = filled(words, examples(key))
    assert "((" not in shown.subject + shown.body
    assert key in LABELS


@pytest.mark.parametrize(
    ("subject", "body", "sentence"),
    [
        ("", BODY, "Enter a subject."),
        ("Due ((dew))", BODY, "((dew)) is not known. Did you mean ((due))?"),
        ("Due ((Due))", BODY, "((Due)) is not known. Did you mean ((due))?"),
        ("See ((link))", BODY, "((link)) cannot stand in the subject. It can stand in the words below."),
        ("Due ((due)", BODY, "is not closed"),
        ("Due", "Dear ((name)), please answer.", "Put ((link)) where the address should stand"),
        ("Due", f"{BODY} ((zzzzzz))", "((zzzzzz)) is not known. You can use ((name)), ((organisation))"),
        ("Due", f"{BODY} {{{{ config }}}} %(name)s {{due}}", ""),
    ],
)
def test_words_that_would_not_go_out_right_are_said(subject: str, body: str, sentence: str) -> None:
    fault = fault_of_subject("letter", subject) or fault_of_body("letter", body)
    assert sentence in fault and bool(fault) == bool(sentence)


def test_what_stands_in_a_value_is_never_filled_in_itself() -> None:
    values = examples("letter") | {"organisation": "((link)) & ((due))", "link": "https://x.example"}
    shown = filled(Words("((organisation))", "((organisation)): ((link))"), values)
    assert shown == Words("((link)) & ((due))", "((link)) & ((due)): https://x.example")


def test_the_office_sees_how_its_words_look_before_it_uses_them(world: World, browser: Browser) -> None:
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code("northshire")
        assert board is not None
        board.mail_signature = "Mary Manager, Town Hall"
    browser.sign_in(OFFICE)
    page = browser.open(browser.open("/mail/words").href("Letter"))
    page = browser.submit(
        "/words/letter", status=200, subject="((audit)) by ((due))", body=BODY, go="preview"
    )
    assert "Subject Section 11 audit 2027 by 31 March 2027" in page.text
    assert "Please answer by 31 March 2027: https://" in page.text and "Mary Manager, Town Hall" in page.text
    assert "Nothing is saved yet" in page.text
    with world.app.app_context():
        assert words_of(board_of(world.app), "letter") == DEFAULTS["letter"]
    page = browser.submit("/words/letter", go="save")
    assert "From now on these are the words of “Letter”" in page.text
    with world.app.app_context():
        assert words_of(board_of(world.app), "letter") == Words("((audit)) by ((due))", BODY)
    page = browser.submit("/words/letter/back")
    assert "has the usual words again" in page.text
    with world.app.app_context():
        assert words_of(board_of(world.app), "letter") == DEFAULTS["letter"]
        tags = [entry.tag for entry, _ in trail.of_partnerships([board_of(world.app)], Wanted())]
    assert {"mail:words:changed", "mail:words:put_back"} <= set(tags)


def test_a_mistake_keeps_what_was_typed(world: World, browser: Browser) -> None:
    browser.sign_in(OFFICE)
    browser.open("/mail/words/letter")
    page = browser.submit("/words/letter", status=422, subject="By ((dew))", body=BODY, go="save")
    assert "Did you mean ((due))?" in page.text
    assert page.form("/words/letter").data()["subject"] == "By ((dew))"


def test_of_two_people_the_second_is_shown_both_texts_and_loses_nothing(
    world: World, browser: Browser
) -> None:
    other = Browser(world.app)
    browser.sign_in(OFFICE)
    other.sign_in(MANAGER)
    browser.open("/mail/words/letter")
    other.open("/mail/words/letter")
    other.submit("/words/letter", subject="Hers ((due))", body=BODY, go="save")
    page = browser.submit("/words/letter", status=412, subject="His ((due))", body=BODY, go="save")
    assert "Saved by Mary Manager" in page.text and "Hers ((due))" in page.text and "His ((due))" in page.text
    browser.submit("/words/letter", go="save")
    with world.app.app_context():
        assert words_of(board_of(world.app), "letter").subject == "His ((due))"


def test_words_that_were_put_back_and_written_anew_are_no_longer_those_a_page_began_from(
    world: World, browser: Browser
) -> None:
    other = Browser(world.app)
    other.sign_in(MANAGER)
    other.open("/mail/words/letter")
    other.submit("/words/letter", subject="First", body=BODY, go="save")
    browser.sign_in(OFFICE)
    browser.open("/mail/words/letter")
    other.submit("/words/letter/back")
    other.submit("/words/letter", subject="Second", body=BODY, go="save")
    browser.submit("/words/letter", status=412, subject="Third", body=BODY, go="save")


def test_others_neither_see_nor_change_the_words(world: World, browser: Browser) -> None:
    browser.sign_in(MODERATOR)
    browser.open("/mail/words/letter", status=404)
    elsewhere = Browser(world.app)
    elsewhere.sign_in(OUTSIDER)
    elsewhere.open("/mail/words/letter")
    elsewhere.submit("/words/letter", subject="Elsewhere", body=BODY, go="save")
    elsewhere.open("/mail/words/nothing", status=404)
    with world.app.app_context():
        assert words_of(board_of(world.app), "letter") == DEFAULTS["letter"]


def test_own_words_that_cannot_be_filled_hold_up_no_letter() -> None:
    old = Words("((audit))", "Dear ((name)), see ((a word of last year))")
    values = {**examples("letter"), "name": "Ann"}
    assert filled_in_any_case(old, "letter", values) == filled(DEFAULTS["letter"], values)
    own = Words("((audit))", "Dear ((name))")
    assert filled_in_any_case(own, "letter", values).body == "Dear Ann"
