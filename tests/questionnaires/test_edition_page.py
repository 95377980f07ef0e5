"""The page of one edition shows all a questionnaire can hold; reading one costs the same at any size."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import event

from s11.core.database import db, unit_of_work
from s11.organisations import operations as organisations
from s11.people import operations as people
from s11.people.rules import Role
from s11.questionnaires import operations, queries
from s11.questionnaires.format import read
from tests.factories.questionnaires import headed, in_percent, tiny
from tests.pages import Browser

EXAMPLES = Path(__file__).parents[2] / "seeds" / "questionnaires" / "examples"

Page = Callable[[str], str]


@pytest.fixture
def page_of(app: Flask, browser: Browser) -> Page:
    """Loads a questionnaire and gives its page, as the office reads it."""
    with app.app_context(), unit_of_work():
        partnership = organisations.found(code="north", name="Northshire Partnership")
        person = people.add(name="Sam Hill", email="sam@example.org", password="calm harbour morning")
        people.give_role(person, Role.OFFICE, at=partnership)
    browser.sign_in("sam@example.org", "calm harbour morning")

    def page(text: str) -> str:
        with app.app_context(), unit_of_work():
            code = operations.load(read(text)).edition.code
        browser.open(f"/questionnaires/{code}")
        return browser.response.get_data(as_text=True)

    return page


def example(name: str) -> str:
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


def test_fields_are_shown_where_they_are_asked(page_of: Page):
    page = page_of(example("zero-to-three"))
    for words in (
        "Asked once, about the whole return", "Name of the substitute contact",
        "Somebody who can answer questions during moderation", "(a date, needed before signing)",
        "Asked beside every criterion", "Areas for improvement", "What it is; Reference",
    ):  # fmt: skip
        assert words in page, words
    assert page.count("Areas for improvement") == 1, "what is asked everywhere is said once"


def test_a_criterion_has_its_paragraphs_bullets_and_references(page_of: Page):
    page = page_of(example("zero-to-three"))
    assert "<li>hold managers to account</li>" in page
    assert "<p>They have the time and the support the role takes." in page
    assert "Health audit 1.3, Health audit 18.1, Health audit 18.2" in page


def test_groups_resources_and_variants_are_shown(page_of: Page):
    page = page_of(example("schools-parts"))
    assert page.count(">The designated lead and team, and their engagement with the partnership</h3>") == 1
    assert 'href="https://www.unicef.org.uk/rights-respecting-schools/"' in page
    assert "For whoever is a pupil referral unit" in page
    assert "the member visits every site on which learners are taught" in page
    assert "<li>takes part in the local network of safeguarding governors</li>" in page


def test_needs_recommendations_and_levels_that_do_not_count(page_of: Page):
    page = page_of(example("blue-green-amber-red"))
    assert "It needs “An example of good practice” and a piece of evidence." in page
    assert "Recommendations it tests:</strong> Review P 4, Review L 2" in page
    page = page_of(example("sections-signed"))
    assert "It is left out of every count." in page
    assert "Signed on its own by:</strong> Chair of governors, for this section" in page
    assert "Asked in every section" in page and "Asked of:</strong> whoever is residential" in page


def test_steps_weights_and_what_waits_for_an_answer(page_of: Page):
    page = page_of(example("percent-weighted"))
    assert "Secure, from 85 %" in page and "Rated in steps of 5 from 0 to 100 %." in page
    assert page.count("Nearly everywhere and nearly always.") == 1, "not once for each step"
    assert "Weight:</strong> 1.5" in page
    assert "whoever rated 2.1 less than 30 %" in page and "not rated" in page
    assert "5 criteria, of which 4 rated" in page


def test_where_nothing_is_rated_no_scale_is_explained(page_of: Page):
    assert "Nothing is rated" not in page_of(example("short-return"))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_has_a_page(page_of: Page, path: Path):
    text = path.read_text(encoding="utf-8")
    assert escape(read(text).edition.title) in page_of(text)


def test_markup_in_any_text_is_shown_as_text(page_of: Page):
    odd = "<script>alert(1)</script>"
    quoted = f'"{odd}"'
    text = headed(
        tiny(
            texts={"1.1": quoted},
            extra={
                "1.1": f"group: {quoted}\nguidance: {quoted}\nevidence: [{quoted}]\n"
                f"descriptors: {{green: {quoted}}}\nsource: {quoted}\nresources: [{quoted}, "
                f'"[x](javascript:alert(1))"]\nreferences: [{quoted}]\nrecommendations: [{quoted}]\n'
                f"variants:\n- only_if: field('odd') == '{odd}'\n  text: {quoted}\n"
                f"fields:\n- {{code: own, label: {quoted}, hint: {quoted}}}"
            },
        ),
        f"fields:\n- {{code: odd, label: {quoted}, kind: choice, options: [{quoted}, Two]}}\n"
        f"- {{code: rows, label: Rows, kind: table, columns: [{{code: a, label: {quoted}}}]}}",
    ).replace(
        "title: Standard 1", f"title: {quoted}\n  good: {quoted}\n  sign_off: {{step: s, label: {quoted}}}"
    )
    page = page_of(text.replace("meaning: In place.", f"meaning: {quoted}").replace("Be brief.", odd))
    assert odd not in page and 'href="javascript' not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 18


# What reading costs


def statements(app: Flask, text: str) -> int:
    """How many SQL statements it takes to read an edition whole."""
    with app.app_context(), unit_of_work():
        edition = operations.load(read(text)).edition
        db.session.flush()
        said: list[str] = []
        listen = lambda *about: said.append(about[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            queries.content(edition)
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
    return len(said)


def test_an_edition_of_68_criteria_is_read_in_as_many_queries_as_one_of_two(app: Flask):
    more = {
        f"{s}.{c}": "descriptors: {green: Fine., red: Bad.}\n"
        f"fields:\n- {{code: f{s}-{c}, label: More}}\nvariants:\n- {{only_if: residential, text: Else.}}"
        for s in range(1, 5)
        for c in range(1, 18)
    }
    large = in_percent(tiny(4, 17, code="LARGE", extra=more))
    assert statements(app, tiny()) == statements(app, large) <= 7
