"""Who runs the installation sees how it is and who may sign in, and no word of what was written."""

import pytest
from flask import Flask
from sqlalchemy import select

from s11.access.models import SecondFactor
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.models import Person
from s11.system import pages
from s11.trail.models import Entry
from tests.factories.world import ADMINISTRATOR, CHAIR, MANAGER, POLICE_LEAD, World, a_return
from tests.joining.mail import link_to, mails
from tests.pages import PASSWORD, Browser, Page

pytestmark = pytest.mark.database


def find(browser: Browser, email: str, *, status: int = 302) -> Page:
    browser.open("/system/")
    return browser.submit("/system/people", email=email, status=status)


def act(browser: Browser, what: str) -> Page:
    """Press one of the buttons of a person's page."""
    form = browser.page.form("/end-sign-ins")
    return browser.post(form.action.replace("end-sign-ins", what), form.data())


def test_the_overview_says_how_the_installation_is(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        notice = db.session.scalars(select(Notice)).first()
        waiting = len(db.session.scalars(select(Notice).where(Notice.sent_at.is_(None))).all())
        assert notice is not None
        notice.given_up_at = clock.now()
    page = browser.sign_in(ADMINISTRATOR)
    page = browser.open(page.href("Installation"))
    assert f"Mail waiting to go out {waiting - 1}" in page.text
    assert "Mail that could not be delivered 1 Look at this" in page.text
    assert "up to date (" in page.text and "GB free" in page.text and "entries" in page.text
    assert "Northshire Partnership northshire 4 Mary Manager (manager@board.example)" in page.text
    assert "thirty-two bytes long" not in browser.response.get_data(as_text=True)


def test_a_schema_that_is_behind_is_named_with_what_to_do(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        assert not pages.schema().fault
        monkeypatch.setattr(pages.queries, "schema", lambda: "0001")
        assert "flask db upgrade" in pages.schema().fault


def test_a_partnership_is_founded_and_its_manager_joins(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(ADMINISTRATOR)
    browser.open("/system/partnerships/new")
    told = {
        "name": "Southshire Partnership",
        "code": "southshire",
        "manager": "Sue South",
        "manager_email": "sue@south.example",
    }
    page = browser.submit("/partnerships/new", **told)
    assert "Southshire Partnership is founded, and Sue South is invited to run it." in page.text
    assert "Southshire Partnership southshire 0 Nobody" in page.text
    browser.open("/system/partnerships/new")
    page = browser.submit("/partnerships/new", **told, status=422)
    assert "Another partnership has this code." in page.text
    page = browser.submit("/partnerships/new", **told | {"code": "South Shire"}, status=422)
    assert "Use small letters, digits and single dashes" in page.text
    manager = Browser(app)
    manager.open(link_to(app, "sue@south.example"), status=302)
    manager.open("/join")
    page = manager.submit("/join", password="seven purple kettles sing")
    assert "business manager at Southshire Partnership" in page.text and "The year" in page.text
    assert "Sue South (sue@south.example)" in browser.open("/system/").text


def test_a_manager_is_invited_where_there_is_one_and_the_chair_is_told(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(ADMINISTRATOR)
    with app.app_context():
        ref = organisations.partnership_by_code(world.partnership).ref  # type: ignore[union-attr]
    browser.open(f"/system/partnerships/{ref}/manager")
    browser.submit("/manager", manager="Moira More", manager_email="not an address", status=422)
    browser.submit("/manager", manager="Moira More", manager_email="moira@board.example")
    assert "Business manager" in mails(app, CHAIR)[-1].body


def test_somebody_is_switched_off_at_once_and_on_again(app: Flask, world: World, browser: Browser) -> None:
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    browser.sign_in(ADMINISTRATOR)
    page = find(browser, f" {POLICE_LEAD.upper()}")
    assert "Pat Lead" in page.text and "Safeguarding lead, Northshire Police" in page.text
    assert POLICE_LEAD not in browser.response.request.path
    act(browser, "switch-off")
    assert "No: switched off" in browser.page.text
    lead.open("/home", status=302)
    lead.open("/sign-in")
    lead.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD, status=422)
    act(browser, "switch-on")
    assert "Hello, Pat" in Browser(app).sign_in(POLICE_LEAD).text
    with app.app_context():
        tags = list(
            db.session.scalars(select(Entry.tag).where(Entry.tag.startswith("person:account:switched")))
        )
        assert tags == ["person:account:switched_off", "person:account:switched_on"]


def test_all_sign_ins_of_a_person_end(app: Flask, world: World, browser: Browser) -> None:
    one, two = Browser(app), Browser(app)
    one.sign_in(POLICE_LEAD)
    two.sign_in(POLICE_LEAD)
    browser.sign_in(ADMINISTRATOR)
    assert "2 browsers" in find(browser, POLICE_LEAD).text
    assert "2 sign-ins of Pat Lead ended." in act(browser, "end-sign-ins").text
    one.open("/home", status=302)
    two.open("/home", status=302)


def give_second_step(app: Flask, email: str) -> None:
    with app.app_context(), unit_of_work():
        person = people.by_address(email)
        assert person is not None
        db.session.add(SecondFactor(person_id=person.id, hidden_secret="", confirmed_at=clock.now()))


def test_a_lost_telephone_is_helped_by_the_administrator(app: Flask, world: World, browser: Browser) -> None:
    one = Browser(app)
    one.sign_in(MANAGER)
    give_second_step(app, MANAGER)
    browser.sign_in(ADMINISTRATOR)
    find(browser, MANAGER)
    assert "Remove the second step" in browser.response.get_data(as_text=True)
    assert "The second step of Mary Manager is removed" in act(browser, "remove-second-step").text
    assert "Remove the second step" not in browser.response.get_data(as_text=True)
    one.open("/home", status=302)
    assert "second step was removed" in mails(app, MANAGER)[-1].subject
    assert "Mary Manager has no second step to remove." in act(browser, "remove-second-step").text


def test_the_name_of_a_leaver_is_taken_out_on_the_page(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(ADMINISTRATOR)
    find(browser, POLICE_LEAD)
    assert "Take out the name" not in browser.page.text, "while there is a role, there is no such link"
    ref = browser.page.form("/end-sign-ins").action.split("/")[-2]
    path = f"/system/people/{ref}/take-name-out"
    page = browser.open(path)
    assert "Pat Lead still has a role: safeguarding lead at Northshire Police. End it first" in page.text
    token = browser.page.form("/sign-out").data()
    assert "still has a role" in browser.post(path, token, status=409).text
    with app.app_context(), unit_of_work():
        person = people.by_address(POLICE_LEAD)
        assert person is not None
        for membership in person.memberships:
            people_operations.end_role(membership, by=None)
    find(browser, POLICE_LEAD)
    browser.open(browser.page.href("Take out the name of this person"))
    assert "Pat Lead is Former member" in browser.submit("/take-name-out").text
    find(browser, POLICE_LEAD, status=422)
    assert "Nobody has this address." in browser.page.text


def test_nobody_switches_themselves_off_and_strangers_are_not_found(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(ADMINISTRATOR)
    assert "Nobody has this address." in find(browser, "nobody@nowhere.example", status=422).text
    page = find(browser, ADMINISTRATOR)
    assert "This is you" in page.text and "Switch off" not in page.text
    with app.app_context():
        ref = people.by_address(ADMINISTRATOR).ref  # type: ignore[union-attr]
    token = browser.page.form("/sign-out").data()
    browser.post(f"/system/people/{ref}/switch-off", token, status=409)
    with app.app_context():
        assert db.session.scalars(select(Person).where(Person.email == ADMINISTRATOR)).one().active


def test_the_administrator_reads_no_return(app: Flask, world: World, browser: Browser) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(ADMINISTRATOR)
    for path in (
        f"/returns/{world.police}",
        f"/returns/{world.police}/submitted",
        f"/cycles/{world.cycle}",
        "/trail/",
        "/analysis/",
        "/people",
        "/questionnaires/",
    ):
        browser.open(path, status=404)


@pytest.mark.parametrize("who", [MANAGER, POLICE_LEAD])
def test_others_find_nothing_here(app: Flask, world: World, browser: Browser, who: str) -> None:
    assert "Installation" not in browser.sign_in(who).text
    browser.open("/system/", status=404)
    browser.open("/system/partnerships/new", status=404)
