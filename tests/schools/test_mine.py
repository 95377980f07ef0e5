"""Several schools side by side, and every year of one."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.people import queries as people_queries
from s11.people.rules import Role
from s11.returns import queries as returns
from tests.factories.world import MANAGER, POLICE_LEAD, TRUST_LEAD, World, a_person
from tests.pages import Browser
from tests.schools.some import Asking, also_leads, asking, lead_of

pytestmark = pytest.mark.database
SCHOOLS = {"Trust Elm": "GG AR", "Trust Fir": "GG GA", "Trust Oak": "", "Other Ash": "RR RR"}


@pytest.fixture
def asked(app: Flask, world: World) -> Asking:
    return asking(app, world, SCHOOLS)


def test_a_trust_lead_sees_its_schools_and_no_other(browser: Browser, asked: Asking) -> None:
    browser.sign_in(TRUST_LEAD)
    page = browser.open(f"/schools/?cycle={asked.cycle}")
    assert "Trust Elm" in page.text and "Trust Oak" in page.text and "Other Ash" not in page.text
    assert "All 3 Not in yet 1 Late 0 Awaiting sign-off 0 Submitted 2" in page.text
    assert page.href("Trust Oak") == f"/returns/{asked.returns['Trust Oak']}"
    # Elm has 2 of 4 at the best level, Fir 3 of 4: the lowest first.
    gaps = page.text[page.text.index("Gaps across your schools") :]
    assert gaps.index("Trust Elm") < gaps.index("Trust Fir") and "5 of 8" in gaps
    assert "2.2 Criterion 2.2 is met. 2 of 2 Trust Elm" in " ".join(gaps.split())


def test_schools_are_filtered_by_stage_and_name(browser: Browser, app: Flask, asked: Asking) -> None:
    with app.app_context(), unit_of_work():
        returns.by_ref(asked.returns["Trust Oak"]).cycle.due_on = clock.today() - timedelta(days=1)
    browser.sign_in(TRUST_LEAD)
    late = browser.open(f"/schools/?cycle={asked.cycle}&show=late")
    assert "Trust Oak" in late.text and "Late 1" in late.text
    none = browser.open(f"/schools/?cycle={asked.cycle}&show=signing&words=zzz")
    assert "None of your schools stands here." in none.text


@pytest.mark.parametrize("nonsense", ["?cycle=nothing", "?show=what", "?trust=%00", "?words=" + "x" * 500])
def test_what_an_address_may_say_is_no_error(browser: Browser, asked: Asking, nonsense: str) -> None:
    browser.sign_in(TRUST_LEAD)
    browser.open(f"/schools/{nonsense}")


def test_one_lead_of_several_schools_sees_the_same(browser: Browser, app: Flask, asked: Asking) -> None:
    browser.sign_in(lead_of("Trust Elm"))
    browser.open("/schools/", status=404)
    also_leads(app, lead_of("Trust Elm"), "Other Ash")
    page = browser.open("/schools/")
    assert "Other Ash" in page.text and "Trust Fir" not in page.text and "2 of 8" in page.text


def test_an_agency_alone_has_no_such_page(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/schools/", status=404)


def years_of(app: Flask, name: str) -> str:
    with app.app_context():
        return f"/schools/organisations/{organisations.by_name(name).ref}/years"


def test_every_year_has_its_copies_for_whoever_leads_now(browser: Browser, app: Flask, asked: Asking) -> None:
    """The old lead left, the school closed: the new one still takes the copies away."""
    with app.app_context(), unit_of_work():
        school = organisations.by_name("Trust Elm")
        old = people_queries.by_address(lead_of("Trust Elm"))
        for membership in list(old.memberships):
            membership.ended_on = clock.today()
        school.closed_on = clock.today()
        returns.by_ref(asked.returns["Trust Elm"]).cycle.closed_at = clock.now()
        a_person("New Lead", "new@schools.example", Role.LEAD, school)
    browser.sign_in("new@schools.example")
    page = browser.open(years_of(app, "Trust Elm"))
    assert "Cycle PRIMARY-2026" in page.text and "Beside others" in page.text
    for kind in ("pdf", "docx"):
        browser.open(f"/returns/{asked.returns['Trust Elm']}/submitted.{kind}?round=1")
        assert len(browser.response.data) > 1000


def test_what_became_part_of_a_school_is_read_there(browser: Browser, app: Flask, asked: Asking) -> None:
    with app.app_context(), unit_of_work():
        organisations.by_name("Trust Elm").merged_into_id = organisations.by_name("Trust Oak").id
    browser.sign_in(lead_of("Trust Oak"))
    page = browser.open(years_of(app, "Trust Oak"))
    assert "Of Trust Elm" in page.text
    read = browser.open(f"/returns/{asked.returns['Trust Elm']}/submitted?round=1")
    assert "Why 1.1 is G." in read.text
    browser.open(f"/returns/{asked.returns['Trust Elm']}", status=404)  # its working copy stays its own


@pytest.mark.parametrize("who", [MANAGER, lead_of("Trust Fir")])
def test_nobody_else_sees_the_years_of_a_school(
    browser: Browser, app: Flask, asked: Asking, who: str
) -> None:
    browser.sign_in(who)
    browser.open(years_of(app, "Trust Elm"), status=404)
