"""What levels need, what is not rated, steps, other words for some, questions that an answer opens, and
standards that are signed by themselves."""

import io

import pytest
from flask import Flask

from s11.returns import queries
from s11.returns.packing import NOT_ASKED
from s11.returns.sealing import unseal
from tests.factories.audit import an_audit
from tests.factories.world import (
    POLICE_DEPUTY,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database

BLUE = """
scale:
  code: bgar
  levels:
  - {code: green, label: Blue, letter: B, order: 4, value: 100, colour: blue, meaning: Top, needs: [example]}
  - {code: amber, label: Amber, letter: A, order: 2, value: 50, colour: amber, meaning: So, needs: [evidence]}
  - {code: red, label: Red, letter: R, order: 1, value: 25, colour: red, meaning: Low, needs: [action]}
"""
EXAMPLE = "each_criterion: [{code: example, label: An example of best practice, kind: long_text}]"
PERCENT = """
scale:
  code: percent
  steps: {from: 0, to: 100, by: 5}
  levels:
  - {code: strong, label: Strong, letter: S, order: 2, value: 60, colour: green, meaning: Mostly so.}
  - {code: weak, label: Weak, letter: W, order: 1, value: 0, colour: red, meaning: Seldom so.}
"""


def criteria(app: Flask, ref: str) -> dict[str, int]:
    with app.app_context():
        return {c.number: c.id for c in queries.edition_of(queries.by_ref(ref)).criteria}


def gaps(app: Flask, ref: str) -> list[str]:
    with app.app_context():
        return [gap.sentence for gap in queries.gaps_of(queries.by_ref(ref))]


def field_name(app: Flask, ref: str, code: str, number: str) -> str:
    with app.app_context():
        criterion = queries.edition_of(queries.by_ref(ref)).by_number[number]
        return next(f"f{field.id}-{criterion.id}" for field in criterion.fields if field.code == code)


def test_no_example_no_blue(app: Flask, browser: Browser, world: World) -> None:
    audit = an_audit(world, 1, 1, scale=BLUE, top=EXAMPLE)
    a_return(app, audit, "G", by=POLICE_LEAD)
    assert gaps(app, audit) == ["Fill in “An example of best practice” for 1.1: “Blue” needs it"]
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{audit}/standards/1?check=1")
    assert "An example of best practice: Fill this in." in page.text
    browser.submit("/standards/1", **{field_name(app, audit, "example", "1.1"): "Weekly huddles."})
    assert gaps(app, audit) == []


def test_a_level_can_need_evidence(app: Flask, browser: Browser, world: World) -> None:
    audit = an_audit(world, 1, 1, scale=BLUE, top=EXAMPLE)
    a_return(app, audit, "A", by=POLICE_LEAD)
    assert gaps(app, audit) == ["Add evidence for 1.1: “Amber” needs it"]
    browser.sign_in(POLICE_LEAD)
    assert "Add evidence for 1.1" in browser.open(f"/returns/{audit}/standards/1?check=1").text
    browser.open(f"/returns/{audit}/evidence/1.1")
    browser.submit("/evidence/1.1", file=(io.BytesIO(b"%PDF-1.7 x"), "a.pdf"))
    assert gaps(app, audit) == []
    assert "Every answer is complete" in browser.open(f"/returns/{audit}/check").text


def test_red_needs_an_action(app: Flask, browser: Browser, world: World) -> None:
    audit = an_audit(world, 1, 1, scale=BLUE, top=EXAMPLE)
    a_return(app, audit, "R", by=POLICE_LEAD)
    assert gaps(app, audit) == ["Record an action for 1.1: “Red” needs it"]
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/actions/new?return={audit}&criterion=1.1")
    fields = {"text": "Appoint a lead.", "owner_name": "Pat Lead", "owner_role": "Head", "due_on": "1 9 2028"}
    browser.submit("criterion=1.1", **fields)
    assert gaps(app, audit) == []


def test_what_is_not_rated_is_answered_in_words_and_left_out_of_every_count(
    app: Flask, browser: Browser, world: World
) -> None:
    audit = an_audit(world, 1, 2, extra={"1.1": "rated: false"})
    number = criteria(app, audit)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{audit}/standards/1")
    assert f"r{number['1.1']}" not in str(page.form("/standards/1").fields) and "Your answer" in page.text
    browser.submit("/standards/1", go="stay", **{f"c{number['1.1']}": "Once a term."})
    assert gaps(app, audit) == ["Rate 1.2"]
    a_return(app, audit, "- G", by=POLICE_LEAD, submit=True)
    with app.app_context():
        submission = queries.submission(queries.by_ref(audit).id)
        assert list(submission.ratings) == [NOT_ASKED, 0]
        assert unseal(submission.sealed).standards[0].answers[0].commentary == "Once a term."
    assert "Not rated" not in browser.open(f"/returns/{audit}/submitted").text


def test_a_percentage_is_chosen_in_steps(app: Flask, browser: Browser, world: World) -> None:
    audit = an_audit(world, 1, 1, scale=PERCENT)
    number = criteria(app, audit)["1.1"]
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{audit}/standards/1")
    assert "100 % 95 % 90 %" in page.text and "Mostly so." in page.text
    browser.submit("/standards/1", go="stay", **{f"r{number}": "85", f"c{number}": "Most weeks."})
    assert browser.page.form("/standards/1").data()[f"r{number}"] == "85"
    with app.app_context():
        return_ = queries.by_ref(audit)
        level = queries.edition_of(return_).levels[queries.answers(return_.id)[number].level_id]
        assert (level.value, level.label, level.colour, level.meaning) == (85, "85 %", "green", "Mostly so.")


def test_an_answer_opens_a_further_question_and_closes_it_again(
    app: Flask, browser: Browser, world: World
) -> None:
    follow = {"1.2": "only_if: \"rating('1.1') in ('red', 'amber')\""}
    audit = an_audit(world, 2, 2, extra=follow)
    number = criteria(app, audit)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{audit}")
    assert "0 of 3" in page.text
    page = browser.open(f"/returns/{audit}/standards/1")
    assert "Criterion 1.2 is met." not in page.text
    assert "1.2 may be asked too, depending on your answers." in page.text
    page = browser.submit("/standards/1", **{f"r{number['1.1']}": "red", f"c{number['1.1']}": "Not yet."})
    assert "Your answers lead to a further question: 1.2." in page.text
    assert "Criterion 1.2 is met." in page.text
    browser.submit("/standards/1", go="stay", **{f"r{number['1.2']}": "red", f"c{number['1.2']}": "Why."})
    assert "2 of 4" in browser.open(f"/returns/{audit}").text
    browser.open(f"/returns/{audit}/standards/1")
    page = browser.submit("/standards/1", go="stay", **{f"r{number['1.1']}": "green"})
    assert "Criterion 1.2 is met." not in page.text
    assert "1 of 3" in browser.open(f"/returns/{audit}").text


def test_words_for_a_question_that_a_colleague_has_just_closed_are_kept(app: Flask, world: World) -> None:
    audit = an_audit(world, 1, 2, extra={"1.2": "only_if: \"rating('1.1') == 'red'\""})
    number = criteria(app, audit)
    one, other = Browser(app), Browser(app)
    one.sign_in(POLICE_LEAD)
    other.sign_in(POLICE_DEPUTY)
    one.open(f"/returns/{audit}/standards/1")
    one.submit("/standards/1", go="stay", **{f"r{number['1.1']}": "red", f"c{number['1.1']}": "Not yet."})
    other.open(f"/returns/{audit}/standards/1")
    one.submit("/standards/1", go="stay", **{f"r{number['1.1']}": "green"})
    # The colleague's newer rating of 1.1 stands; what was typed for 1.2 is kept although it is closed now.
    words = {f"c{number['1.2']}": "Words that took an hour."}
    other.submit("/standards/1", go="stay", **words)
    with app.app_context():
        return_ = queries.by_ref(audit)
        assert queries.answer_of(return_.id, number["1.1"]).level.code == "green"
        assert queries.answer_of(return_.id, number["1.2"]).commentary == "Words that took an hour."
    one.submit("/standards/1", go="stay", **{f"r{number['1.1']}": "red"})
    assert "Words that took an hour." in str(one.page.form("/standards/1").fields)


def test_an_organisation_reads_the_words_meant_for_it(browser: Browser, world: World) -> None:
    words = """
    variants:
    - {only_if: "kind == 'housing'", text: For landlords.}
    - {only_if: "kind == 'police'", text: Custody officers know whom to tell.,
       descriptors: {red: No one knows.}}
    descriptors: {red: "Few know."}
    """
    audit = an_audit(world, 1, 1, extra={"1.1": words})
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{audit}/standards/1")
    assert "Custody officers know whom to tell." in page.text and "No one knows." in page.text
    assert "For landlords." not in page.text and "Criterion 1.1 is met." not in page.text


def test_text_with_a_list_is_shown_as_one(browser: Browser, world: World) -> None:
    listed = "|\n      A named person\n\n      - keeps **sound** knowledge\n      - has <b>time</b>"
    audit = an_audit(world, 1, 1, texts={"1.1": listed})
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/standards/1")
    html = browser.response.text
    assert "<li>keeps <strong>sound</strong> knowledge</li>" in html
    assert "&lt;b&gt;time&lt;/b&gt;" in html


def test_a_standard_is_signed_by_itself_before_the_return_is(
    app: Flask, browser: Browser, world: World
) -> None:
    audit = an_audit(world, 2, 1, of_standards={"2": "sign_off: {step: director, label: Director of people}"})
    a_return(app, audit, "G G", by=POLICE_LEAD)
    assert gaps(app, audit) == ["Have 2. Standard 2 signed: Director of people"]
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{audit}/standards/2")
    assert "Not signed yet" in page.text and not any(form.action.endswith("/sign") for form in page.forms)
    director = Browser(app)
    director.sign_in(POLICE_SIGNATORY)
    director.open(f"/returns/{audit}/standards/2")
    page = director.submit("/standards/2/sign")
    assert "Signed Sig Natory" in page.text and gaps(app, audit) == []
    number = criteria(app, audit)["2.1"]
    browser.open(f"/returns/{audit}/standards/2")
    browser.submit("/standards/2", go="stay", **{f"c{number}": "Something else."})
    assert gaps(app, audit) == ["Have 2. Standard 2 signed: Director of people"], "it falls with a change"
    director.open(f"/returns/{audit}/standards/2")
    director.submit("/standards/2/sign")
    a_return(app, audit, "- -", by=POLICE_LEAD, submit=True)
    page = browser.open(f"/returns/{audit}/submitted")
    assert "Director of people: signed by Sig Natory" in page.text


def test_a_standard_with_gaps_is_not_signed(app: Flask, browser: Browser, world: World) -> None:
    audit = an_audit(world, 1, 2, of_standards={"1": "sign_off: {step: director, label: Director}"})
    a_return(app, audit, "G -", by=POLICE_LEAD)
    browser.sign_in(POLICE_SIGNATORY)
    browser.open(f"/returns/{audit}/standards/1")
    page = browser.submit("/standards/1/sign")
    assert "This cannot be signed yet." in page.text and "Rate 1.2" in page.text


def test_a_standard_can_be_for_some_only(browser: Browser, world: World) -> None:
    audit = an_audit(world, 2, 1, of_standards={"2": 'only_if: "commissions_services"'})
    browser.sign_in(POLICE_LEAD)
    assert "2. Standard 2" not in browser.open(f"/returns/{audit}").text
