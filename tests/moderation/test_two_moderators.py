"""Moderators rate by themselves, see nothing of each other before, and then an agreed rating is chosen."""

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import operations, queries
from s11.moderation.permissions import can_see_moderation, moderates
from s11.notices.models import Notice
from s11.returns import queries as returns
from s11.trail import queries as trail
from tests.factories.world import CHAIR, MANAGER, MODERATOR, OFFICE, POLICE_LEAD, World, a_return
from tests.moderation.some import (
    agreed,
    assignment,
    give,
    moderated,
    names,
    person,
    rates_alone,
    return_of,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture
def submitted(app: Flask, world: World) -> World:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    return world


def test_a_moderator_declares_rates_alone_agrees_with_the_rest_and_finishes(
    app: Flask, submitted: World, browser: Browser
) -> None:
    (mine,) = give(app, submitted.police, MODERATOR)
    first, *_ = names(app, submitted.police)
    assert "1 given to you: Northshire Police" in browser.sign_in(MODERATOR).text
    browser.open("/moderation/mine")
    browser.open(browser.page.href("Northshire Police"))
    # Not a word of the return before it is said whether anything stands in the way.
    assert browser.open(f"/moderation/alone/{mine}/standards/1", status=302) is not None
    browser.open(f"/moderation/alone/{mine}")
    page = browser.submit("/declare")
    assert "Why 1.1 is G." in page.text and "Your rating" in page.text
    page = browser.submit("/standards/1", status=422, **{first: "amber"})
    assert page.href("Say why your rating of 1.1 differs") == f"#{first}-reason"
    change = {f"{first}-reason": "The policy is of 2019.", f"{first}-mark": "to_improve"}
    page = browser.submit("/standards/1", go="agree", **change)
    assert "You agreed with 1 rating of the agency" in page.text and "2 Standard 2" in page.text
    browser.open(f"/moderation/alone/{mine}")
    browser.submit("/agree")
    page = browser.submit("/finish")
    assert "You have finished" in page.text and "The agreed ratings can be chosen now" in page.text
    with app.app_context():
        kept = queries.ratings_of(assignment(submitted.police, MODERATOR).id)
        said = [(one.level.code if one.level else "na", one.reason, one.mark) for one in kept.values()]
    assert said[0] == ("amber", "The policy is of 2019.", "to_improve")
    assert [rating for rating, *_ in said] == ["amber", "green", "amber", "na"]


def test_who_has_not_finished_sees_nobody_elses_ratings_by_any_way(
    app: Flask, submitted: World, browser: Browser
) -> None:
    ref = submitted.police
    mine, theirs = give(app, ref, MODERATOR, CHAIR)
    rates_alone(app, ref, CHAIR, "R R R N")
    browser.sign_in(MODERATOR)
    for path in (f"/moderation/{ref}", f"/moderation/{ref}/1"):
        browser.open(path, status=302)
        assert browser.response.headers["Location"].endswith(f"/moderation/alone/{mine}")
    rates_alone(app, ref, MODERATOR, "G - - -", finish=False)
    for path in (
        f"/moderation/alone/{mine}",
        f"/moderation/alone/{mine}/standards/1",
        f"/moderation/cycles/{submitted.cycle}",
        f"/analysis/cycles/{submitted.cycle}/answers/{ref}/1",
        f"/returns/{ref}/submitted",
        f"/returns/{ref}/trail",
    ):
        text = browser.open(path).text
        assert "Colin Chair on" not in text, path
    assert "Not moderated yet" in browser.open(f"/analysis/cycles/{submitted.cycle}/answers/{ref}/1").text
    with app.app_context():
        assert not can_see_moderation(person(MODERATOR), return_of(ref))
        assert can_see_moderation(person(CHAIR), return_of(ref))
    # Nor do their pages of others open to them, nor can they write the agreed rating round it.
    browser.open(f"/moderation/alone/{theirs}", status=404)
    browser.open(f"/moderation/alone/{mine}/standards/1")
    data = browser.page.form("/standards/1").data()
    browser.post(f"/moderation/{ref}/1", data | {names(app, ref)[0]: "red"}, status=409)
    assert "Mo Derator has not finished rating this return" in browser.page.text
    # What the trail keeps of rating alone holds no rating.
    with app.app_context():
        entries = trail.of("return", return_of(ref).id)
        alone = [one for one in entries if "second" in one.tag]
        assert alone and all(set(one.after or {}) <= {"criterion", "criteria"} for one in alone)


def test_not_even_the_chair_compares_before_everybody_has_finished(
    app: Flask, submitted: World, browser: Browser
) -> None:
    give(app, submitted.police, MODERATOR, CHAIR)
    rates_alone(app, submitted.police, CHAIR, "R R R N")
    browser.sign_in(CHAIR)
    page = browser.open(f"/moderation/{submitted.police}/1")
    assert "once Mo Derator has finished" in page.text and "Colin Chair on 1.1." not in page.text


def test_the_agreed_rating_is_chosen_beside_the_agencys_and_each_moderators(
    app: Flask, submitted: World, browser: Browser
) -> None:
    ref = submitted.police
    give(app, ref, MODERATOR, CHAIR)
    rates_alone(app, ref, MODERATOR, "A G A N", mark="good_practice")
    rates_alone(app, ref, CHAIR, "A R A N")
    _, second, *_ = names(app, ref)
    browser.sign_in(MANAGER)
    page = browser.open(f"/moderation/{ref}")
    assert "1 in which the moderators differ" in page.text
    page = browser.submit("/take")
    assert "Taken: 3 ratings on which the moderators agree" in page.text and "3 of 4" in page.text
    assert agreed(app, ref)[0] == ("amber", "Colin Chair on 1.1.\n\nMo Derator on 1.1.", "good_practice")
    page = browser.open(f"/moderation/{ref}/1")
    for words in ("Why 1.2 is G.", "Mo Derator on 1.2.", "Colin Chair on 1.2.", "they differ"):
        assert words in page.text
    browser.submit("/1", **{second: "amber", f"{second}-reason": "Between the two."})
    browser.open(f"/moderation/{ref}")
    browser.submit("/finish")
    assert [rating for rating, *_ in agreed(app, ref)] == ["amber", "amber", "amber", "na"]
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    page = lead.open(f"/moderation/{ref}/1")
    assert "Between the two." in page.text and "Good practice to share" in page.text
    assert "Mo Derator on 1.2." not in page.text  # what each rated stays with the Board


def test_where_moderators_rated_nobody_agrees_with_the_agency_past_them(app: Flask, submitted: World) -> None:
    give(app, submitted.police, MODERATOR)
    with app.app_context(), unit_of_work():
        return_ = return_of(submitted.police)
        for act in (operations.agree_rest, operations.complete):
            with pytest.raises(DomainError, match="Mo Derator has not finished"):
                act(return_, by=person(MANAGER))
    rates_alone(app, submitted.police, MODERATOR, "A G A N")
    with app.app_context(), unit_of_work(), pytest.raises(DomainError, match="Take what they agree on"):
        operations.agree_rest(return_of(submitted.police), by=person(MANAGER))


def test_a_finish_is_taken_back_while_nothing_is_agreed_and_nothing_was_compared(
    app: Flask, submitted: World, browser: Browser
) -> None:
    ref = submitted.police
    mine, _ = give(app, ref, MODERATOR, CHAIR)
    rates_alone(app, ref, MODERATOR, "A G A N")
    browser.sign_in(MODERATOR)
    browser.open(f"/moderation/alone/{mine}")
    assert "Taken back" in browser.submit("/take-back").text
    browser.submit("/finish")
    rates_alone(app, ref, CHAIR, "A R A N")
    assert "Colin Chair on 1.1." in browser.open(f"/moderation/{ref}/1").text
    browser.open(f"/moderation/alone/{mine}")
    assert "You have seen what others rated" in browser.submit("/take-back").text
    with app.app_context(), unit_of_work():
        operations.take_agreed(return_of(ref), by=person(MANAGER))
        with pytest.raises(DomainError, match="have been begun"):
            operations.take_back_finish(assignment(ref, CHAIR), by=person(CHAIR))


def test_of_two_windows_neither_is_lost(app: Flask, submitted: World, browser: Browser) -> None:
    (mine,) = give(app, submitted.police, MODERATOR)
    first, *_ = names(app, submitted.police)
    with app.app_context(), unit_of_work():
        operations.declare(assignment(submitted.police, MODERATOR), by=person(MODERATOR))
    other = Browser(app)
    for one in (browser, other):
        one.sign_in(MODERATOR)
        one.open(f"/moderation/alone/{mine}/standards/1")
    other.submit("/standards/1", **{first: "amber", f"{first}-reason": "Old."})
    page = browser.submit("/standards/1", status=422, **{first: "red", f"{first}-reason": "None."})
    assert "You rated 1.1 “Amber” in another window meanwhile: “Old.”" in page.text
    assert page.form("/standards/1").data()[f"{first}-reason"] == "None."
    browser.submit("/standards/1")
    rates = queries.ratings_of
    with app.app_context():
        kept = next(iter(rates(assignment(submitted.police, MODERATOR).id).values()))
        assert (kept.level.code if kept.level else "", kept.reason) == ("red", "None.")


def test_what_is_typed_after_the_finish_comes_back_with_the_reason(
    app: Flask, submitted: World, browser: Browser
) -> None:
    (mine,) = give(app, submitted.police, MODERATOR)
    first, *_ = names(app, submitted.police)
    rates_alone(app, submitted.police, MODERATOR, "A G A N", finish=False)
    browser.sign_in(MODERATOR)
    browser.open(f"/moderation/alone/{mine}/standards/1")
    with app.app_context(), unit_of_work():
        operations.finish_alone(assignment(submitted.police, MODERATOR), by=person(MODERATOR))
    page = browser.submit("/standards/1", status=409, **{f"{first}-reason": "Thought of late."})
    assert "Take that back first" in page.text
    assert page.form("/standards/1").data()[f"{first}-reason"] == "Thought of late."


def test_rating_alone_wants_a_declaration_a_reason_and_a_level_of_the_scale(
    app: Flask, submitted: World
) -> None:
    give(app, submitted.police, MODERATOR)
    with app.app_context(), unit_of_work():
        mine, mo = assignment(submitted.police, MODERATOR), person(MODERATOR)
        first = returns.edition_of(mine.return_).criteria[0]
        red = first.scale.levels[-1].id
        with pytest.raises(DomainError, match="Say first whether anything stands in the way"):
            operations.rate_alone(mine, first, level_id=red, reason="No.", by=mo)
        operations.declare(mine, by=mo)
        with pytest.raises(Invalid, match="Say why"):
            operations.rate_alone(mine, first, level_id=red, by=mo)
        with pytest.raises(Invalid, match="Choose one of the ratings"):
            operations.rate_alone(mine, first, level_id=987654, reason="No.", by=mo)
        operations.rate_alone(mine, first, level_id=red, reason="No.", by=mo)
        with pytest.raises(Stale):
            operations.rate_alone(mine, first, level_id=red, reason="Other.", version=0, by=mo)
        with pytest.raises(DomainError, match=r"Rate 1.2, 2.1, 2.2"):
            operations.finish_alone(mine, by=mo)


def test_somebody_too_near_declines_the_office_hears_of_it_and_never_gives_it_again(
    app: Flask, submitted: World, browser: Browser
) -> None:
    ref = submitted.police
    (mine,) = give(app, ref, MODERATOR)
    browser.sign_in(MODERATOR)
    browser.open(f"/moderation/alone/{mine}")
    assert "Say in what way" in browser.submit("/decline", status=422).text
    page = browser.submit("/decline", reason="My sister works there.", for_good="y")
    assert "The office has been told" in page.text and "You said so of Northshire Police" in page.text
    browser.open(f"/moderation/alone/{mine}", status=404)
    with app.app_context():
        assert not moderates(person(MODERATOR), return_of(ref))
        mails = db.session.scalars(select(Notice).where(Notice.subject.startswith("A return wants"))).all()
        assert {mail.to_address for mail in mails} == {MANAGER, OFFICE}
        assert not any("sister" in mail.body for mail in mails)
    assert "too near to Police" in give(app, ref, MODERATOR)[0]
    office = Browser(app)
    office.sign_in(MANAGER)
    assert "My sister works there." in office.open(f"/moderation/{ref}/moderators").text
    browser.open("/moderation/interests")
    assert "You can be given returns" in browser.submit("/take-back").text


def test_the_finished_return_shows_marks_to_the_rooms_after_it(app: Flask, submitted: World) -> None:
    moderated(app, submitted.police, MODERATOR, "A G A N")
    with app.app_context():
        return_ = return_of(submitted.police)
        first = returns.edition_of(return_).criteria[0]
        assert queries.marks_of_cycle(return_.cycle_id) == [(return_.id, first.id, "good_practice")]
        view = returns.second_views_of(return_.id, return_.round)[first.key]
        assert (view.reason, view.words) == ("Mo Derator on 1.1.", ("Good practice to share",))
