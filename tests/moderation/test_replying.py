"""The agency reads what the moderators said, and accepts it or says how it sees it, before the day."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.challenge import operations as challenge
from s11.challenge import queries as challenge_queries
from s11.challenge.live import operations as live
from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.errors import Stale
from s11.moderation import operations, queries
from s11.returns import queries as returns
from tests.factories.world import (
    HOUSING_LEAD,
    MANAGER,
    MODERATOR,
    POLICE_DEPUTY,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    POLICE_VIEWER,
    World,
    a_return,
)
from tests.moderation.some import give, moderated, names, person, return_of
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture
def finished(app: Flask, world: World) -> World:
    """Rated green, green, amber and not applicable; moderated amber at 1.1, where good practice was seen."""
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    moderated(app, world.police, MODERATOR, "A G A N")
    return world


def challenge_in(app: Flask, ref: str, days: int) -> None:
    with app.app_context(), unit_of_work():
        return_of(ref).cycle.challenge_on = clock.today() + timedelta(days=days)


def replies(app: Flask, ref: str) -> list[tuple[bool, str, str]]:
    with app.app_context():
        return_ = return_of(ref)
        found = queries.replies_of([return_.id])
        order = [c.id for c in returns.edition_of(return_).criteria]
        kept = [found[return_.id, one] for one in order if (return_.id, one) in found]
        return [(one.accepts, one.text, one.person_name) for one in kept]


def test_the_lead_reads_reasons_and_marks_and_replies(app: Flask, finished: World, browser: Browser) -> None:
    challenge_in(app, finished.police, 1)
    first, second, *_ = names(app, finished.police)
    browser.sign_in(POLICE_LEAD)
    for path in ("/home", f"/returns/{finished.police}", f"/moderation/{finished.police}"):
        page = browser.open(browser.open(path).href("What the moderators said"))
    assert "Mo Derator on 1.1." in page.text and "Good practice to share" in page.text
    assert page.text.index("Criterion 1.1 is met.") < page.text.index("Where they agree with you")
    page = browser.submit("/said", status=422, **{first: "otherwise"})
    assert page.href("Say how you see 1.1") == f"#{first}-text"
    change = {f"{first}-text": "The audit of June shows it.", second: "accept"}
    assert "Saved: 2 replies" in browser.submit("/said", **change).text
    assert "You accepted 2 ratings" in browser.submit("/accept").text
    assert replies(app, finished.police) == [
        (False, "The audit of June shows it.", "Pat Lead"),
        (True, "", "Pat Lead"),
        (True, "", "Pat Lead"),
        (True, "", "Pat Lead"),
    ]
    office = Browser(app)
    office.sign_in(MANAGER)
    assert "The audit of June shows it." in office.open(f"/moderation/{finished.police}/said").text
    assert "The audit of June shows it." in office.open(f"/moderation/{finished.police}/1").text
    assert "1 sees it differently" in office.open(f"/moderation/cycles/{finished.cycle}").text


def test_on_the_challenge_day_it_is_too_late_and_what_was_typed_comes_back(
    app: Flask, finished: World, browser: Browser
) -> None:
    challenge_in(app, finished.police, 1)
    first, *_ = names(app, finished.police)
    browser.sign_in(POLICE_DEPUTY)
    browser.open(f"/moderation/{finished.police}/said")
    challenge_in(app, finished.police, 0)
    page = browser.submit("/said", status=409, **{first: "otherwise", f"{first}-text": "Too late, alas."})
    assert (
        "Replies were taken until the end of" in page.text and "the day before the challenge day" in page.text
    )
    assert page.form("/said").data()[f"{first}-text"] == "Too late, alas."
    page = browser.open(f"/moderation/{finished.police}/said")
    assert "Replies were taken until" in page.text and not [f for f in page.forms if "said" in f.action]
    assert not replies(app, finished.police)


def test_once_the_challenge_day_is_finished_nobody_replies_though_its_date_is_still_to_come(
    app: Flask, finished: World, browser: Browser
) -> None:
    challenge_in(app, finished.police, 5)
    browser.sign_in(POLICE_LEAD)
    assert browser.open(f"/moderation/{finished.police}/said").form("/said")
    with app.app_context(), unit_of_work():
        cycle = return_of(finished.police).cycle
        day = challenge.plan_day(cycle, title="Day", held_on=cycle.challenge_on, place="County Hall")
        live.open_day(day, by=None)
        live.finish(day, by=None)
    page = browser.open(f"/moderation/{finished.police}/said")
    assert "The challenge day was finished on" in page.text
    assert not [form for form in page.forms if "said" in form.action]
    assert "replies until" not in browser.open("/home").text
    with app.app_context(), unit_of_work():
        live.reopen(challenge_queries.of_cycle(return_of(finished.police).cycle_id), by=None)
    assert browser.open(f"/moderation/{finished.police}/said").form("/said")


@pytest.mark.parametrize(
    ("email", "status"), [(POLICE_VIEWER, 403), (POLICE_SIGNATORY, 403), (HOUSING_LEAD, 404)]
)
def test_colleagues_read_and_only_the_lead_and_deputy_reply(
    app: Flask, finished: World, browser: Browser, email: str, status: int
) -> None:
    browser.sign_in(email)
    path = f"/moderation/{finished.police}/said"
    if status == 403:
        page = browser.open(path)
        assert "Mo Derator on 1.1." in page.text
    else:
        browser.open(path, status=404)
    token = browser.page.form("/sign-out").data()
    browser.post(path, token | {names(app, finished.police)[0]: "accept"}, status=status)
    assert not replies(app, finished.police)


def test_nothing_is_shown_before_moderation_is_finished(app: Flask, world: World, browser: Browser) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    give(app, world.police, MODERATOR)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/moderation/{world.police}/said", status=404)
    assert "Mo Derator" not in browser.open(f"/returns/{world.police}/trail").text


def test_of_two_colleagues_who_reply_at_once_neither_is_lost(app: Flask, finished: World) -> None:
    with app.app_context(), unit_of_work():
        return_ = return_of(finished.police)
        first = returns.edition_of(return_).criteria[0]
        operations.reply(return_, first, accepts=True, by=person(POLICE_DEPUTY))
        with pytest.raises(Stale, match=r"Des Deputy replied to 1\.1 meanwhile and accepted it"):
            operations.reply(return_, first, accepts=False, text="No.", by=person(POLICE_LEAD))
        kept = operations.reply(return_, first, accepts=False, text="No.", version=1, by=person(POLICE_LEAD))
        assert (kept.version, kept.person_name) == (2, "Pat Lead")


def test_the_record_of_the_return_shows_the_mark_and_the_reply(app: Flask, finished: World) -> None:
    with app.app_context(), unit_of_work():
        return_ = return_of(finished.police)
        first = returns.edition_of(return_).criteria[0]
        operations.reply(return_, first, accepts=False, text="Seen in June.", by=person(POLICE_LEAD))
        view = returns.second_views_of(return_.id, return_.round)[first.key]
        assert view.words == ("Good practice to share", "You saw it differently: Seen in June.")
