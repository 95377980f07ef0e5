"""A moderator at work."""

import io
from datetime import timedelta

import pytest
from flask import Flask

from s11.actions.operations import add as plan
from s11.core import clock
from s11.core.database import unit_of_work
from s11.evidence.operations import add_file
from s11.moderation import queries
from s11.people import queries as people
from s11.returns import queries as returns
from s11.returns.operations import AnswerChange, FieldChange, attach, save_answers, save_fields, sign
from s11.trail import queries as trail
from tests.factories.audit import an_audit
from tests.factories.world import HOUSING_LEAD, MODERATOR, OUTSIDER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture
def submitted(app: Flask, world: World, browser: Browser) -> World:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MODERATOR)
    return world


def names(app: Flask, ref: str) -> list[str]:
    """What the fields of each criterion are called."""
    with app.app_context():
        return_ = returns.by_ref(ref)
        assert return_ is not None
        return [f"c{criterion.id}" for criterion in returns.edition_of(return_).criteria]


def kept(app: Flask, ref: str) -> list[tuple[str, str]]:
    """Rating and reason of each criterion moderated, in order."""
    with app.app_context():
        return_ = returns.by_ref(ref)
        assert return_ is not None
        found = queries.of_return(return_.id, return_.round)
        order = [c.id for c in returns.edition_of(return_).criteria if c.id in found]
        return [(found[i].level.code if found[i].level else "na", found[i].reason) for i in order]


def test_a_moderator_rates_a_standard_agrees_with_the_rest_and_finishes(
    app: Flask, submitted: World, browser: Browser
) -> None:
    ref = submitted.police
    first, *_ = names(app, ref)
    page = browser.open(f"/moderation/{ref}")
    assert "0 of 4" in page.text
    page = browser.open(page.href("1 Standard 1"))
    assert "Why 1.1 is G." in page.text
    page = browser.submit("/1", **{first: "amber", f"{first}-reason": "The policy is of 2019."})
    assert "2 Standard 2" in page.text
    assert kept(app, ref) == [("amber", "The policy is of 2019.")]
    browser.open(f"/moderation/{ref}")
    page = browser.post(f"/moderation/{ref}/finish", browser.page.form("/agree").data())
    assert "Rate 1.2, 2.1, 2.2, or agree with them" in page.text
    page = browser.submit("/agree")
    assert "You agreed with 3 ratings" in page.text and "4 of 4" in page.text
    page = browser.submit("/finish")
    assert "Moderation is finished" in page.text
    assert [rating for rating, _ in kept(app, ref)] == ["amber", "green", "amber", "na"]


def test_what_stands_beside_an_answer_reaches_the_moderator(
    app: Flask, world: World, browser: Browser
) -> None:
    """Strengths, gaps, the action recorded there, and what is doubtful: the best rating without evidence."""
    a_return(app, world.police, "G A A N", by=POLICE_LEAD)
    with app.app_context(), unit_of_work():
        return_, lead = returns.by_ref(world.police), people.by_address(POLICE_LEAD)
        first = returns.edition_of(return_).criteria[0]
        level = first.scale.levels[0].id
        change = AnswerChange(
            first.id,
            1,
            level_id=level,
            commentary="Why 1.1 is G.",
            strengths="Our cadets speak up.",
            shortfalls="Nights are thin.",
        )
        save_answers(return_, [change], by=lead)
        plan(
            return_.cycle.partnership,
            return_.organisation,
            source="self_assessment",
            text="Staff the nights.",
            owner_name="Una Owner",
            owner_role="Head of Custody",
            due_on=clock.today() + timedelta(days=40),
            cycle=return_.cycle,
            standard_key=first.standard_key,
            criterion_key=first.key,
            by=lead,
        )
        sign(return_, "lead", by=lead)
    browser.sign_in(MODERATOR)
    page = browser.open(f"/moderation/{world.police}/1")
    for words in ("Our cadets speak up.", "Nights are thin.", "Staff the nights.", "Una Owner"):
        assert words in page.text
    assert "Worth asking about" in page.text
    assert "Our cadets speak up." in browser.open(f"/returns/{world.police}/submitted").text


def test_a_missing_reason_is_told_at_its_field_and_the_others_are_saved(
    app: Flask, submitted: World, browser: Browser
) -> None:
    ref = submitted.police
    first, second, *_ = names(app, ref)
    browser.open(f"/moderation/{ref}/1")
    page = browser.submit("/1", status=422, **{first: "red", second: "green"})
    assert page.href("Say why your rating of 1.1 differs") == f"#{first}-reason"
    assert kept(app, ref) == [("green", "")]
    assert page.form("/1").data()[first] == "red"
    page = browser.submit("/1", **{f"{first}-reason": "Nothing was shown."})
    assert kept(app, ref) == [("red", "Nothing was shown."), ("green", "")]


def test_what_two_moderators_do_at_once_is_not_lost(app: Flask, submitted: World, browser: Browser) -> None:
    ref = submitted.police
    first, second, *_ = names(app, ref)
    other = Browser(app)
    other.sign_in("chair@board.example")
    browser.open(f"/moderation/{ref}/1")
    other.open(f"/moderation/{ref}/1")
    other.submit("/1", **{first: "amber", f"{first}-reason": "Old."})
    page = browser.submit("/1", status=422, **{first: "red", f"{first}-reason": "None.", second: "green"})
    assert "Colin Chair rated 1.1 “Amber” meanwhile" in page.text
    assert page.form("/1").data()[f"{first}-reason"] == "None."
    assert kept(app, ref) == [("amber", "Old."), ("green", "")]
    browser.submit("/1")
    assert kept(app, ref)[0] == ("red", "None.")


def test_what_was_left_alone_is_no_conflict(app: Flask, submitted: World, browser: Browser) -> None:
    ref = submitted.police
    first, second, *_ = names(app, ref)
    browser.open(f"/moderation/{ref}/1")
    browser.submit("/1", **{first: "green"})
    browser.open(f"/moderation/{ref}/1")
    other = Browser(app)
    other.sign_in("chair@board.example")
    other.open(f"/moderation/{ref}/1")
    other.submit("/1", **{first: "amber", f"{first}-reason": "Old."})
    browser.submit("/1", **{second: "green"})
    assert kept(app, ref) == [("amber", "Old."), ("green", "")]


def test_one_can_agree_with_the_rest_of_a_standard(app: Flask, submitted: World, browser: Browser) -> None:
    ref = submitted.police
    first, *_ = names(app, ref)
    browser.open(f"/moderation/{ref}/1")
    page = browser.submit("/1", go="agree", **{first: "amber", f"{first}-reason": "Old."})
    assert "You agreed with 1 rating of the agency" in page.text and "2 Standard 2" in page.text
    assert kept(app, ref) == [("amber", "Old."), ("green", "")]


def test_opening_a_standard_is_remembered(app: Flask, submitted: World, browser: Browser) -> None:
    browser.open(f"/moderation/{submitted.police}/1")
    with app.app_context():
        return_ = returns.by_ref(submitted.police)
        assert return_ is not None
        assert trail.of("return", return_.id)[0].tag == "return:submission:opened"


@pytest.mark.parametrize("email", [POLICE_LEAD, HOUSING_LEAD, OUTSIDER])
def test_for_others_there_is_nothing(app: Flask, world: World, browser: Browser, email: str) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    browser.sign_in(email)
    browser.open(f"/moderation/{world.police}", status=404)
    browser.open(f"/moderation/{world.police}/1", status=404)


def test_the_agency_reads_the_reasons_when_moderation_is_finished(
    app: Flask, submitted: World, browser: Browser
) -> None:
    ref = submitted.police
    first, *_ = names(app, ref)
    browser.open(f"/moderation/{ref}/1")
    browser.submit("/1", **{first: "amber", f"{first}-reason": "The policy is of 2019."})
    browser.open(f"/moderation/{ref}")
    browser.submit("/agree")
    browser.submit("/finish")
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    lead.open(f"/moderation/{ref}")
    page = lead.open(f"/moderation/{ref}/1")
    assert "The policy is of 2019." in page.text and not [f for f in page.forms if f.action.endswith("/1")]


def test_a_moderator_opens_the_evidence_as_it_was_submitted(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        policy = add_file(
            return_.organisation, io.BytesIO(b"%PDF-1.7 our policy"), "Policy.pdf", by=None, most=10_000
        )
        attach(return_, returns.edition_of(return_).criteria[0], policy, by=None)
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MODERATOR)
    for path in (f"/moderation/{world.police}/1", f"/analysis/cycles/{world.cycle}/answers/{world.police}/1"):
        href = browser.open(path).href("Policy.pdf")
        assert href.startswith(f"/returns/{world.police}/files/")
        browser.open(href)
        assert browser.response.data == b"%PDF-1.7 our policy"


def test_a_standard_that_is_not_there_is_not_found(submitted: World, browser: Browser) -> None:
    browser.open(f"/moderation/{submitted.police}/99", status=404)


def test_a_moderator_reads_the_words_that_were_asked_and_what_was_entered(app: Flask, world: World) -> None:
    variants = "variants: [{only_if: \"kind == 'police'\", text: Custody officers know whom to tell.}]"
    top = "each_criterion: [{code: improve, label: Areas for improvement}]"
    audit = an_audit(world, 1, 1, top=top, extra={"1.1": variants})
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(audit)
        criterion = returns.edition_of(return_).criteria[0]
        change = FieldChange(criterion.fields[0].id, criterion.id, 0, "Train the night shift.")
        save_fields(return_, [change], by=people.by_address(POLICE_LEAD))
    a_return(app, audit, "G", by=POLICE_LEAD, submit=True)
    browser = Browser(app)
    browser.sign_in(MODERATOR)
    page = browser.open(f"/moderation/{audit}/1")
    assert "Custody officers know whom to tell." in page.text
    assert "Areas for improvement Train the night shift." in page.text
