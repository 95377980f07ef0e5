"""What becomes of somebody's role: changed, ended, and what stays of them."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.access.models import SecondFactor
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import queries as organisations
from s11.people import operations as people
from s11.people import queries
from s11.people.rules import Role
from tests.factories.world import (
    CHAIR,
    DSL,
    HOUSING_LEAD,
    INSPECTOR,
    MANAGER,
    OFFICE,
    OUTSIDER,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_VIEWER,
    TRUST_LEAD,
    World,
    a_return,
)
from tests.joining.mail import mails
from tests.joining.test_inviting import acts, board, place
from tests.pages import Browser

pytestmark = pytest.mark.database


def member(app: Flask, email: str) -> str:
    """The page of the first role somebody holds."""
    with app.app_context():
        person = queries.by_address(email)
        assert person is not None
        return f"/members/{person.memberships[0].ref}"


def end(browser: Browser, app: Flask, email: str) -> str:
    browser.open(f"{member(app, email)}/end")
    return browser.submit("/end").text


def test_who_leaves_has_no_access_from_the_next_request_on_and_their_words_keep_their_name(
    app: Flask, world: World, browser: Browser
) -> None:
    a_return(app, world.police, "G A - -", by=POLICE_HELPER)
    leaver = Browser(app)
    leaver.sign_in(POLICE_HELPER)
    leaver.open(f"/returns/{world.police}")
    browser.sign_in(POLICE_LEAD)
    assert "Helen Helper has no access here any more" in end(browser, app, POLICE_HELPER)
    assert "You hold no role here" in leaver.open(f"/returns/{world.police}", status=404).text
    page = leaver.open("/home")
    assert "You hold no role here at the moment" in page.text and POLICE_HELPER in page.text
    leaver.open("/people", status=404)
    trail = browser.open(f"/returns/{world.police}/trail").text
    assert "Helen Helper" in trail and "saved answers 1.1, 1.2" in trail
    page = browser.open(place(app, "Police"))
    assert "Ended: 1" in page.text and page.text.count("Helen Helper") == 1
    assert "has ended" in mails(app, POLICE_HELPER)[-1].subject
    assert acts(app)[-1] == "Pat Lead ended for Helen Helper the role of contributor"


def test_the_last_lead_is_ended_with_a_warning_only(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(OFFICE)
    page = browser.open(f"{member(app, POLICE_LEAD)}/end")
    assert "the only safeguarding lead of Northshire Police" in page.text
    assert "nobody can sign a return" not in browser.open(place(app, "Police")).text
    end(browser, app, POLICE_LEAD)
    assert "nobody can sign a return" in browser.open(place(app, "Police")).text


def test_a_partnership_keeps_a_business_manager(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"{member(app, MANAGER)}/end")
    assert "This is the only business manager" in browser.submit("/end", status=409).text
    browser.open(f"{member(app, MANAGER)}/change", status=403)


def test_another_role_takes_effect_at_once_and_the_person_is_told(
    app: Flask, world: World, browser: Browser
) -> None:
    helper = Browser(app)
    helper.sign_in(POLICE_HELPER)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"{member(app, POLICE_HELPER)}/change")
    assert page.form("/change").data()["role"] == "contributor"
    browser.submit("/change", role="viewer", job_title="Analyst")
    assert "Viewer" in browser.page.text and "Analyst" in browser.page.text
    with app.app_context():
        person, police = queries.by_address(POLICE_HELPER), organisations.by_name("Police")
        assert person is not None and police is not None
        assert person.roles_at(police.id) == {Role.VIEWER}
        assert [m.role for m in person.memberships] == ["contributor", "viewer"]
    assert "is now “Viewer”. It was “Contributor”." in mails(app, POLICE_HELPER)[-1].body
    assert acts(app)[-2:] == [
        "Pat Lead ended for Helen Helper the role of contributor",
        "Pat Lead gave Helen Helper the role of viewer",
    ]


def test_a_job_title_is_put_right_without_a_mail(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open(f"{member(app, POLICE_HELPER)}/change")
    browser.submit("/change", job_title="Analyst")
    assert "Analyst" in browser.page.text and not mails(app, POLICE_HELPER)
    with app.app_context():
        person = queries.by_address(POLICE_HELPER)
        assert person is not None and len(person.memberships) == 1


def test_nobody_raises_anybody_above_what_they_may_give(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_DEPUTY)
    browser.open(f"{member(app, POLICE_HELPER)}/change")
    browser.submit("/change", role="lead", status=422)
    browser.open(f"{member(app, POLICE_LEAD)}/end", status=403)
    browser.open(f"{member(app, POLICE_DEPUTY)}/change", status=403)
    browser.sign_out()
    browser.sign_in(OFFICE)
    browser.open(f"{member(app, CHAIR)}/end", status=403)
    browser.open(f"{member(app, INSPECTOR)}/change", status=403)


@pytest.mark.parametrize("who", [HOUSING_LEAD, OUTSIDER, TRUST_LEAD])
@pytest.mark.parametrize("act", ["", "/change", "/end"])
def test_others_do_not_find_the_page(app: Flask, world: World, browser: Browser, who: str, act: str) -> None:
    browser.sign_in(who)
    browser.open(f"{member(app, POLICE_HELPER)}{act}", status=404)
    browser.open(place(app, "Police"), status=404)


@pytest.mark.parametrize(
    ("who", "where", "status"),
    [
        (POLICE_VIEWER, "Police", 200),
        (POLICE_VIEWER, "Housing", 404),
        (INSPECTOR, "Police", 200),
        (CHAIR, "Police", 404),
        (TRUST_LEAD, "Hill Primary", 200),
        (TRUST_LEAD, "Harbour Trust", 200),
        (DSL, "Hill Primary", 200),
        (DSL, "Harbour Trust", 404),
        (OFFICE, "Harbour Trust", 200),
        (CHAIR, "", 200),
        (POLICE_LEAD, "", 404),
        (OUTSIDER, "", 404),
    ],
)
def test_who_sees_the_people_of_a_place(
    app: Flask, world: World, browser: Browser, who: str, where: str, status: int
) -> None:
    browser.sign_in(who)
    browser.open(place(app, where) if where else board(app), status=status)


def test_an_inspectors_last_day_is_given_again_without_a_new_invitation(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"{member(app, INSPECTOR)}/change")
    day = clock.today() + timedelta(days=60)
    browser.submit("/change", until=day.isoformat())
    assert f"until {day.day} {day:%B %Y}" in browser.page.text


def test_the_office_finds_an_organisation_among_many(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(OFFICE)
    page = browser.open("/people")
    assert "4 organisations." in page.text and "Northshire Police" in page.text
    page = browser.open("/people?q=hill+prim")
    assert "1 organisation found." in page.text and "Northshire Police" not in page.text
    assert "Hetty Head" in browser.open(page.href("Hill Primary School")).text
    assert "No organisation found" in browser.open("/people?q=%25").text


def test_who_belongs_to_one_organisation_goes_straight_to_its_people(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_VIEWER)
    browser.open("/people", status=302)
    assert "People of Northshire Police" in browser.open(browser.response.headers["Location"]).text


def test_a_role_that_has_ended_meanwhile_is_not_changed(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open(f"{member(app, POLICE_HELPER)}/change")
    with app.app_context(), unit_of_work():
        person = queries.by_address(POLICE_HELPER)
        assert person is not None
        people.end_role(person.memberships[0], by=None)
    assert "has ended meanwhile" in browser.submit("/change", role="lead", status=409).text


def test_a_lost_telephone_is_helped_by_who_is_set_over_every_role(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        person = queries.by_address(POLICE_HELPER)
        assert person is not None
        db.session.add(SecondFactor(person_id=person.id, hidden_secret="", confirmed_at=clock.now()))
    path = member(app, POLICE_HELPER)
    viewer = Browser(app)
    viewer.sign_in(POLICE_VIEWER)
    token = viewer.page.form("/sign-out").data()
    viewer.post(f"{path}/remove-second-step", token, status=403)
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    form = lead.open(path).form("/reset")
    page = lead.post(f"{path}/remove-second-step", form.data())
    assert "The second step of Helen Helper has been removed" in page.text
    assert "Remove their second step" not in lead.response.get_data(as_text=True)
    assert "Pat Lead removed the telephone" in mails(app, POLICE_HELPER)[-1].body
