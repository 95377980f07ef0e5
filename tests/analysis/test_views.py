"""Reading figures."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.moderation import operations as moderation
from s11.people import queries as people
from s11.returns import queries as returns
from s11.trail import queries as trail
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    MODERATOR,
    OUTSIDER,
    POLICE_LEAD,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture
def chair(app: Flask, world: World, browser: Browser) -> Browser:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    browser.sign_in(CHAIR)
    return browser


def moderate(app: Flask, ref: str) -> None:
    """Mark the first rating down and agree with the rest."""
    with app.app_context(), unit_of_work():
        return_, by = returns.by_ref(ref), people.by_address(MODERATOR)
        assert return_ is not None and by is not None
        first = returns.edition_of(return_).criteria[0]
        moderation.rate(return_, first, level_id=first.scale.levels[1].id, reason="Policy of 2019.", by=by)
        moderation.agree_rest(return_, by=by)


def test_the_cycles_to_choose_from_say_how_many_returns_are_in(chair: Browser, world: World) -> None:
    page = chair.open("/analysis/")
    assert "1 of 2" in page.text and "0 of 1" in page.text
    assert page.href("Cycle TINY-2026") == f"/analysis/cycles/{world.cycle}"


def test_the_overview_says_where_to_look(app: Flask, chair: Browser, world: World) -> None:
    moderate(app, world.police)
    page = chair.open(f"/analysis/cycles/{world.cycle}")
    assert "1 of 2" in page.text and "2 of 3 ratings given" in page.text and "66.7 %" in page.text
    assert "2 Standard 2 0 of 1 green 0.0 %" in page.text
    assert "Moderators agreed with 3 of 4 ratings (75.0 %)" in page.text
    assert "1 Standard 1 1 rated higher by the agency 1 of 2" in page.text
    assert "Best ratings with nothing attached" in page.text and "Northshire Police 2 of 2" in page.text
    assert "Not started 1 Harbour Housing" in page.text
    assert page.href("Northshire Police") == f"/analysis/cycles/{world.cycle}/organisations/{world.police}"
    assert "not applicable and blank are left out" in page.text


def test_a_cycle_with_nothing_in_says_so(browser: Browser, world: World) -> None:
    browser.sign_in(CHAIR)
    assert "No return is in yet" in browser.open(f"/analysis/cycles/{world.cycle}").text
    for basis in ("self", "moderated", "both"):
        assert (
            "No return is in yet" in browser.open(f"/analysis/cycles/{world.cycle}/matrix?basis={basis}").text
        )
        browser.open(f"/analysis/cycles/{world.cycle}/matrix.csv?basis={basis}")
    browser.open(f"/analysis/cycles/{world.cycle}/charts/standards.svg")
    browser.open(f"/analysis/cycles/{world.cycle}/charts/standards-narrow.svg")


def test_charts_are_pictures_of_their_own(chair: Browser, world: World) -> None:
    for name in ("standards", "standards-narrow"):
        chair.open(f"/analysis/cycles/{world.cycle}/charts/{name}.svg")
        assert chair.response.mimetype == "image/svg+xml" and chair.response.text.startswith("<svg")
    chair.open(f"/analysis/cycles/{world.cycle}/charts/weather.svg", status=404)


def test_the_matrix_has_totals_and_names_who_is_not_in(app: Flask, chair: Browser, world: World) -> None:
    moderate(app, world.police)
    page = chair.open(f"/analysis/cycles/{world.cycle}/matrix")
    assert "How many of the ratings given are green." in page.text
    assert "2 of 2" in page.text and "0 of 1 1 N/A" in page.text and "2 of 3 66.7 %, 1 N/A" in page.text
    assert "All organisations" in page.text and "Not started 1 Harbour Housing" in page.text
    page = chair.open(f"/analysis/cycles/{world.cycle}/matrix?basis=moderated")
    assert "1 of 2" in page.text
    page = chair.open(f"/analysis/cycles/{world.cycle}/matrix?basis=both")
    assert "S 2 of 2 G A M 1 of 2 1 differs" in page.text
    assert "S 0 of 1 1 N/A" in page.text


def test_what_nobody_has_moderated_has_no_bar(chair: Browser, world: World) -> None:
    page = chair.open(f"/analysis/cycles/{world.cycle}/matrix?basis=moderated")
    assert "Police not yet not yet not yet" in page.text
    page = chair.open(f"/analysis/cycles/{world.cycle}/matrix?basis=both")
    assert "S 2 of 2 M not yet" in page.text


def test_late_organisations_are_named_late(app: Flask, chair: Browser, world: World) -> None:
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.housing)
        assert return_ is not None
        return_.cycle.due_on = clock.today() - timedelta(days=1)
    assert "Not started, late 1 Harbour Housing" in chair.open(f"/analysis/cycles/{world.cycle}").text


def test_a_cell_opens_the_answers_behind_it_and_the_look_is_kept(
    app: Flask, chair: Browser, world: World
) -> None:
    moderate(app, world.police)
    page = chair.open(f"/analysis/cycles/{world.cycle}/matrix")
    page = chair.open(page.href("2 of 2"))
    assert "Why 1.1 is G." in page.text and "Policy of 2019." in page.text and "Mo Derator" in page.text
    page = chair.open(f"/analysis/cycles/{world.cycle}/answers/{world.police}/2")
    assert "We do not do this." in page.text
    with app.app_context():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        looks = [e for e in trail.of("return", return_.id) if e.tag == "return:submission:opened"]
        assert len(looks) == 2 and looks[0].person_name == "Colin Chair"
        assert looks[0].organisation_id == return_.organisation_id


def test_answers_of_a_return_that_is_not_in_are_nobodys_to_open(
    app: Flask, chair: Browser, world: World
) -> None:
    a_return(app, world.housing, "G G A N", by=HOUSING_LEAD)
    base = f"/analysis/cycles/{world.cycle}/answers"
    chair.open(f"{base}/{world.housing}/1", status=404)
    chair.open(f"{base}/{world.police}/99", status=404)
    chair.open(f"{base}/nothing/1", status=404)
    chair.open(f"/analysis/cycles/{world.school_cycle}/answers/{world.police}/1", status=404)


def test_the_matrix_comes_as_csv(app: Flask, chair: Browser, world: World) -> None:
    moderate(app, world.police)
    chair.open(f"/analysis/cycles/{world.cycle}/matrix.csv?basis=both")
    rows = list(csv.DictReader(io.StringIO(chair.response.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [(row["basis"], row["standard"], row["green"]) for row in rows] == [
        ("self", "1", "2"), ("self", "2", "0"), ("moderated", "1", "1"), ("moderated", "2", "0"),
    ]  # fmt: skip


@pytest.mark.parametrize("email", [POLICE_LEAD, OUTSIDER])
def test_figures_of_a_cycle_are_for_its_own_board(
    app: Flask, world: World, browser: Browser, email: str
) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    browser.sign_in(email)
    for path in ("", "/matrix", "/matrix.csv", "/charts/standards.svg", f"/answers/{world.police}/1"):
        browser.open(f"/analysis/cycles/{world.cycle}{path}", status=404)
