"""A school beside the others of its phase: from the day the cycle closes, without names, and not too few."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycle_queries
from s11.cycles import queries as cycles
from s11.cycles.days import Dates
from s11.cycles.operations import add_group
from s11.organisations import queries as organisations
from s11.returns import queries as returns
from s11.returns.models import Submission
from tests.factories.world import HEAD, MANAGER, World, a_return
from tests.pages import Browser, Page
from tests.schools.some import Asking, also_leads, asking, close, lead_of

pytestmark = pytest.mark.database
SEVEN = {"Ash": "GG AR", **{f"School {n}": "GA AN" for n in range(1, 7)}}


def page(browser: Browser, asked: Asking, name: str = "Ash") -> Page:
    browser.sign_in(lead_of(name))
    return browser.open(f"/schools/returns/{asked.returns[name]}/beside")


def test_it_is_not_seen_before_the_cycle_closes(app: Flask, browser: Browser, world: World) -> None:
    found = page(browser, asking(app, world, SEVEN))
    assert "from the day this cycle closes" in found.text and "6 others" not in found.text


def test_own_ratings_stand_beside_counts_and_shares_of_the_others(
    app: Flask, browser: Browser, world: World
) -> None:
    asked = asking(app, world, SEVEN)
    close(app, asked)
    found = page(browser, asked)
    assert "6 other primary schools had returned when this cycle closed" in found.text
    # All together: own 2 G, 1 A, 1 R of 4; the others 6 G and 12 A of 18, 6 not applicable.
    assert "2 (50.0 %) 1 (25.0 %) 1 (25.0 %) 0 0" in found.text
    assert "6 (33.3 %) 12 (66.7 %) 0 6 0" in found.text
    assert "School 3" not in found.text


def test_a_cycle_that_closed_with_its_last_day_closed_on_that_day(
    app: Flask, browser: Browser, world: World
) -> None:
    asked = asking(app, world, SEVEN)
    last_day = clock.today() - timedelta(days=1)
    with app.app_context(), unit_of_work():
        cycle = cycle_queries.by_ref(asked.cycle)
        cycle.due_on, cycle.closes_on = last_day, last_day
        at_noon = clock.end_of(last_day) - timedelta(hours=12)
        db.session.execute(update(Submission).values(submitted_at=at_noon))
    assert f"closed on {last_day.day} {last_day:%B %Y}." in page(browser, asked).text


def test_five_others_are_shown_and_four_are_not(app: Flask, browser: Browser, world: World) -> None:
    asked = asking(app, world, dict(list(SEVEN.items())[:6]))
    close(app, asked)
    assert "5 other primary schools" in page(browser, asked).text
    with app.app_context(), unit_of_work():
        organisations.partnership_by_code(world.partnership).small_group = 6
    hidden = browser.open(f"/schools/returns/{asked.returns['Ash']}/beside").text
    assert "Too few to compare" in hidden and "33.3" not in hidden and "5 other" not in hidden


def test_home_and_the_return_lead_to_it_once_the_cycle_has_closed(
    app: Flask, browser: Browser, world: World
) -> None:
    asked = asking(app, world, SEVEN)
    browser.sign_in(lead_of("Ash"))
    read, beside = (
        f"/returns/{asked.returns['Ash']}/submitted",
        f"/schools/returns/{asked.returns['Ash']}/beside",
    )
    for path in ("/home", read):
        hrefs = [href for href, _ in browser.open(path).links]
        assert beside not in hrefs and any(href.endswith("/years") for href in hrefs), path
    close(app, asked)
    for path in ("/home", read):
        assert beside in [href for href, _ in browser.open(path).links], path
    browser.sign_out()
    browser.sign_in(MANAGER)
    hrefs = [href for href, _ in browser.open(read).links]
    assert beside not in hrefs and not any(href.endswith("/years") for href in hrefs)


def test_schools_of_another_phase_are_not_among_them(app: Flask, browser: Browser, world: World) -> None:
    asked = asking(app, world, SEVEN, **{"School 1": "secondary", "School 2": "secondary"})
    close(app, asked)
    assert "Fewer than 5 other primary schools" in page(browser, asked).text


def test_whoever_leads_several_schools_cannot_take_the_others_apart(
    app: Flask, browser: Browser, world: World
) -> None:
    """Six others less the two whose answers the reader knows are four strangers: too few."""
    asked = asking(app, world, SEVEN)
    close(app, asked)
    also_leads(app, lead_of("Ash"), "School 1")
    also_leads(app, lead_of("Ash"), "School 2")
    assert "Too few to compare" in page(browser, asked).text


def test_who_comes_late_changes_nothing_for_the_others(app: Flask, browser: Browser, world: World) -> None:
    """Else the figures before and after would tell what the late one said."""
    asked = asking(app, world, {**SEVEN, "Late": ""})
    close(app, asked)
    before = page(browser, asked).text
    with app.app_context(), unit_of_work():
        returns.by_ref(asked.returns["Late"]).invitation.extended_to = clock.today() + timedelta(days=3)
    a_return(app, asked.returns["Late"], "R R R R", by=lead_of("Late"), submit=True)
    assert browser.open(f"/schools/returns/{asked.returns['Ash']}/beside").text == before
    browser.sign_out()
    late = page(browser, asked, "Late").text
    assert "7 other primary schools" in late and "Yours came in after the closing" in late


def test_who_returned_nothing_has_nothing_to_compare(app: Flask, browser: Browser, world: World) -> None:
    asked = asking(app, world, {**SEVEN, "Late": ""})
    close(app, asked)
    assert "You have not submitted a return" in page(browser, asked, "Late").text


@pytest.mark.parametrize("who", [HEAD, MANAGER, lead_of("School 1")])
def test_nobody_else_sees_it(app: Flask, browser: Browser, world: World, who: str) -> None:
    asked = asking(app, world, SEVEN)
    browser.sign_in(who)
    browser.open(f"/schools/returns/{asked.returns['Ash']}/beside", status=404)


def test_it_waits_for_the_last_group_that_still_answers(app: Flask, browser: Browser, world: World) -> None:
    asked = asking(app, world, SEVEN)
    with app.app_context(), unit_of_work():
        cycle = cycles.by_ref(asked.cycle)
        assert cycle is not None
        today, due = clock.today(), clock.today() - timedelta(days=2)
        cycle.due_on = cycle.closes_on = due
        add_group(cycle, "Summer term", Dates(due, today + timedelta(days=5), today + timedelta(days=9)))
    assert "from the day this cycle closes" in page(browser, asked).text
    with clock.pretend(clock.now() + timedelta(days=10)):
        assert "6 other primary schools" in page(browser, asked).text
