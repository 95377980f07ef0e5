"""Inviting somebody, and what they do with the link."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.people import operations as people
from s11.people import queries
from s11.people.models import Membership, Person
from s11.people.rules import Role
from s11.trail.models import Entry
from s11.trail.words import said
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    MANAGER,
    OFFICE,
    OUTSIDER,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    TRUST_LEAD,
    World,
)
from tests.joining.mail import link_to, mails
from tests.pages import PASSWORD, Browser, Page

pytestmark = pytest.mark.database

NEW = "nina.newcomer@police.example"
GOOD = "seven purple kettles sing"


def place(app: Flask, name: str) -> str:
    """Where the people of an organisation are."""
    with app.app_context():
        found = organisations.by_name(name)
        assert found is not None
        return f"/organisations/{found.ref}/people"


def board(app: Flask, code: str = "northshire") -> str:
    with app.app_context():
        found = organisations.partnership_by_code(code)
        assert found is not None
        return f"/partnerships/{found.ref}/people"


def invite(browser: Browser, at: str, email: str = NEW, *, status: int = 302, **fields: object) -> Page:
    browser.open(f"{at}/invite")
    told = {"name": "Nina Newcomer", "email": email, "role": "contributor"} | fields
    return browser.submit("/people/invite", status=status, **told)


def acts(app: Flask, beginning: str = "person:") -> list[str]:
    """What the trail says was done to roles and invitations, the oldest first."""
    with app.app_context():
        query = select(Entry).where(Entry.tag.startswith(beginning)).order_by(Entry.number)
        return [
            f"{entry.person_name} {said(entry.tag, entry.before, entry.after)}"
            for entry in db.session.scalars(query)
            if "session" not in entry.tag
        ]


def test_a_lead_invites_a_colleague_who_joins_and_sees_the_return(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    page = invite(browser, place(app, "Police"), job_title="Analyst")
    assert "Nina Newcomer has been sent an invitation" in page.text
    assert "Invited, not here yet" in page.text and "Open until" in page.text
    browser.sign_out()
    page = browser.open(link_to(app, NEW), status=302)
    page = browser.open("/join")
    assert "You were invited to Northshire Police as contributor, by Pat Lead" in page.text
    assert page.form("/join").data()["name"] == "Nina Newcomer"
    page = browser.submit("/join", name="Nina New-Comer", password=GOOD)
    assert "Hello, Nina" in page.text and "contributor at Northshire Police" in page.text
    assert "Standard 1" in browser.open(f"/returns/{world.police}").text
    browser.open(f"/returns/{world.housing}", status=404)
    assert "Nina New-Comer" in browser.open(place(app, "Police")).text
    browser.sign_out()
    assert "Hello, Nina" in browser.sign_in(NEW, GOOD).text
    assert acts(app)[-2:] == [
        "Pat Lead offered Nina Newcomer the role of contributor",
        "Nina New-Comer took up the role of contributor",
    ]


def test_nothing_is_given_before_the_invitation_is_taken_up(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    invite(browser, place(app, "Police"))
    with app.app_context():
        person = queries.by_address(NEW)
        assert person is not None and person.password_hash is None
        assert (
            person.current == []
            and person.roles_at(person.memberships[0].organisation_id or 0) == frozenset()
        )
    browser.sign_out()
    browser.open("/sign-in")
    browser.submit("/sign-in", email=NEW, password=PASSWORD, status=422)


def test_following_the_link_uses_nothing_up_and_takes_the_token_out_of_the_address(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    invite(browser, place(app, "Police"))
    link = link_to(app, NEW)
    scanner = app.test_client()
    for _ in range(3):
        assert scanner.head(link).status_code == 302
        assert scanner.get(link).headers["Location"] == "/join"
        assert scanner.head("/join").status_code == 200 and scanner.get("/join").status_code == 200
    newcomer = Browser(app)
    newcomer.open(link, status=302)
    page = newcomer.open("/join")
    assert link.removeprefix("/join/") not in newcomer.response.get_data(as_text=True)
    assert "Hello, Nina" in newcomer.submit("/join", password=GOOD).text
    assert page.h1 == 1


def spent(browser: Browser, link: str) -> str:
    browser.open(link, status=302)
    return browser.open("/join", status=410).text


def test_used_expired_withdrawn_and_invented_links_say_the_same(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    at = place(app, "Police")
    invite(browser, at)
    used = link_to(app, NEW)
    newcomer = Browser(app)
    newcomer.open(used, status=302)
    newcomer.open("/join")
    newcomer.submit("/join", password=GOOD)
    invite(browser, at, "expired@police.example")
    expired = link_to(app, "expired@police.example")
    invite(browser, at, "withdrawn@police.example", name="Wilma Withdrawn")
    withdrawn = link_to(app, "withdrawn@police.example")
    assert "no longer works" in take_back(browser, at, "Wilma Withdrawn").text
    said_of = {spent(Browser(app), link) for link in (used, withdrawn, "/join/invented-by-somebody")}
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        said_of.add(spent(Browser(app), expired))
        browser.sign_in(POLICE_LEAD)
        assert "Expired" in browser.open(at).text
    assert len(said_of) == 1 and "Ask for a new one" in said_of.pop()


def take_back(browser: Browser, at: str, name: str) -> Page:
    browser.open(browser.open(at).href(name))
    form = browser.page.form("/resend")
    return browser.post(form.action.replace("/resend", "/withdraw"), form.data())


def test_a_link_is_good_until_the_last_minute_of_its_seven_days(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    invite(browser, place(app, "Police"))
    link = link_to(app, NEW)
    with time_machine.travel(clock.now() + timedelta(days=6, hours=23)):
        newcomer = Browser(app)
        newcomer.open(link, status=302)
        assert "Choose a password" in newcomer.open("/join").text


def test_sending_again_makes_the_earlier_link_dead(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    at = place(app, "Police")
    invite(browser, at)
    first = link_to(app, NEW)
    browser.open(browser.open(at).href("Nina Newcomer"))
    refused = browser.submit("/resend", status=409).text
    assert "sent a moment ago" in refused and "Somebody else acted first" not in refused
    with time_machine.travel(clock.now() + timedelta(days=8)):
        browser.sign_in(POLICE_LEAD)
        browser.open(browser.open(at).href("Nina Newcomer"))
        assert "sent again" in browser.submit("/resend").text
        assert "Ask for a new one" in spent(Browser(app), first)
        newcomer = Browser(app)
        newcomer.open(link_to(app, NEW), status=302)
        newcomer.open("/join")
        assert "Hello, Nina" in newcomer.submit("/join", password=GOOD).text
    with app.app_context():
        assert (
            db.session.scalar(select(func.count(Membership.id)).join(Person).where(Person.email == NEW)) == 1
        )


def test_what_is_wrong_with_a_password_is_said_and_the_link_stays_good(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    invite(browser, place(app, "Police"))
    newcomer = Browser(app)
    newcomer.open(link_to(app, NEW), status=302)
    newcomer.open("/join")
    page = newcomer.submit("/join", password="short", status=422)
    assert "Use at least 12 characters" in page.text
    page = newcomer.submit("/join", name=" ", password=GOOD, status=422)
    assert "Enter a name." in page.text
    assert "Hello, Nina" in newcomer.submit("/join", name="Nina", password=GOOD).text


def test_the_inviter_sees_the_same_for_a_known_and_an_unknown_address(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    at = place(app, "Police")
    shown = []
    for address in (NEW, HOUSING_LEAD):
        page = invite(browser, at, address, name="Somebody Invited")
        shown.append(page.text.replace(address, "ADDRESS"))
        take_back(browser, at, "Somebody Invited")
    assert "Hari" not in shown[1]
    assert shown[0] == shown[1]


def test_somebody_with_an_account_accepts_by_signing_in(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    invite(browser, place(app, "Police"), HOUSING_LEAD, name="H. Lead", role="viewer")
    guest = Browser(app)
    guest.open(link_to(app, HOUSING_LEAD), status=302)
    page = guest.open("/join")
    assert "Sign in to accept" in page.text and "Choose a password" not in page.text
    token = guest.open("/sign-in").form("/sign-in").data()
    guest.post("/join", token | {"name": "Taken Over", "password": GOOD}, status=200)
    guest.open("/sign-in?next=/home")
    page = guest.submit("/sign-in", email=HOUSING_LEAD, password=PASSWORD)
    assert "You were invited to Northshire Police as viewer" in page.text
    guest.open(f"/returns/{world.police}", status=404)
    guest.open(guest.open("/home").href("See the invitation"))
    assert "viewer at Northshire Police" in guest.submit("/accept").text
    guest.open(f"/returns/{world.police}")
    with app.app_context():
        known = queries.by_address(HOUSING_LEAD)
        assert known is not None and known.name == "Hari Lead"


def test_who_declines_gets_nothing_and_the_inviter_is_told(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    invite(browser, place(app, "Police"), HOUSING_LEAD)
    guest = Browser(app)
    guest.sign_in(HOUSING_LEAD)
    guest.open(guest.open("/home").href("See the invitation"))
    form = guest.page.form("/accept")
    page = guest.post(form.action.replace("/accept", "/decline"), form.data())
    assert "Declined" in page.text and "See the invitation" not in page.text
    guest.post(form.action, form.data(), status=404)
    guest.open(f"/returns/{world.police}", status=404)
    assert "declined" in mails(app, POLICE_LEAD)[-1].subject
    assert "Invited, not here yet" not in browser.open(place(app, "Police")).text
    assert acts(app)[-1] == "Hari Lead declined the role of contributor"


def test_an_invitation_of_somebody_else_cannot_be_taken_up(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    invite(browser, place(app, "Police"), HOUSING_LEAD)
    thief = Browser(app)
    thief.sign_in(OUTSIDER)
    thief.open(link_to(app, HOUSING_LEAD), status=302)
    page = thief.open("/join")
    assert "This invitation is for somebody else" in page.text
    assert HOUSING_LEAD not in page.text
    with app.app_context():
        person = queries.by_address(HOUSING_LEAD)
        assert person is not None
        (pending,) = [m.ref for m in person.memberships if m.pending]
    thief.open(f"/invitations/{pending}", status=404)
    token = thief.open("/home").form("/sign-out").data()
    thief.post(f"/invitations/{pending}/accept", token, status=404)
    thief.post("/join", token | {"name": "T", "password": GOOD}, status=200)
    with app.app_context():
        person = queries.by_address(HOUSING_LEAD)
        assert person is not None and [m.pending for m in person.memberships] == [False, True]


def test_a_pending_role_makes_no_moderator_conflicted(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        manager = queries.by_address(MANAGER)
        police = organisations.by_name("Police")
        assert manager is not None and police is not None
        with unit_of_work():
            people.give_role(manager, Role.VIEWER, at=police, pending=True)
        assert manager.bound_to == frozenset()


GIVEN = [
    (POLICE_LEAD, "Police", ["lead", "deputy", "contributor", "signatory", "viewer"]),
    (POLICE_DEPUTY, "Police", ["deputy", "contributor", "signatory", "viewer"]),
    (TRUST_LEAD, "Hill Primary", ["lead", "deputy", "contributor", "viewer"]),
    (TRUST_LEAD, "Harbour Trust", ["contributor", "viewer", "trust_lead"]),
    (OFFICE, "Police", ["lead", "deputy", "contributor", "signatory", "viewer"]),
    (OFFICE, "Harbour Trust", ["lead", "deputy", "contributor", "signatory", "viewer", "trust_lead"]),
    (OFFICE, "", ["office", "quality", "moderator", "education_adviser", "early_years_adviser"]),
    (
        MANAGER, "",
        ["business_manager", "office", "chair", "quality", "moderator", "education_adviser",
         "early_years_adviser", "inspector"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("who", "where", "roles"), GIVEN)
def test_each_gives_the_roles_of_the_table_and_no_other(
    app: Flask, world: World, browser: Browser, who: str, where: str, roles: list[str]
) -> None:
    at = place(app, where) if where else board(app)
    browser.sign_in(who)
    browser.open(f"{at}/invite")
    html = browser.response.get_data(as_text=True)
    assert [role for role in Role if f'value="{role}"' in html] == roles
    for role in set(Role) - set(roles):
        data = {"name": "Eve", "email": f"{role}@x.example", "role": str(role), "until": "1 1 2030"}
        invite(browser, at, data["email"], status=422, role=role)
    with app.app_context():
        assert (
            db.session.scalar(select(func.count(Person.id)).where(Person.email.endswith("@x.example"))) == 0
        )


@pytest.mark.parametrize("who", [POLICE_HELPER, CHAIR])
def test_who_gives_no_role_is_shown_no_way_to(app: Flask, world: World, browser: Browser, who: str) -> None:
    at = board(app) if who == CHAIR else place(app, "Police")
    browser.sign_in(who)
    assert "Invite somebody" not in browser.open(at).text
    browser.open(f"{at}/invite", status=403)


def test_nobody_gives_a_role_to_themselves(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    page = invite(browser, place(app, "Police"), POLICE_LEAD.upper(), role="signatory", status=422)
    assert "That is your own address" in page.text


def test_an_inspector_has_an_end_within_a_year_and_the_chair_is_told(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    at = board(app)
    today = clock.today()
    for typed, sentence in (
        ("", "An inspector’s access always has an end."),
        ((today - timedelta(days=1)).isoformat(), "That day is over."),
        ((today + timedelta(days=400)).isoformat(), "Enter a day within a year"),
        ("ongoing", "Enter a date that exists"),
    ):
        page = invite(browser, at, "i@ofsted.example", role="inspector", until=typed, status=422)
        assert sentence in page.text
    end = today + timedelta(days=14)
    page = invite(browser, at, "i@ofsted.example", role="inspector", until=end.isoformat())
    assert f"until {end.day} {end:%B %Y}" in page.text
    told = mails(app, CHAIR)[-1]
    assert "Inspector (read only)" in told.body and "i@ofsted.example" not in told.body
    newcomer = Browser(app)
    newcomer.open(link_to(app, "i@ofsted.example"), status=302)
    newcomer.open("/join")
    newcomer.submit("/join", password=GOOD)
    newcomer.open("/cycles/")
    with time_machine.travel(clock.now() + timedelta(days=15)):
        newcomer.sign_in("i@ofsted.example", GOOD)
        newcomer.open("/cycles/", status=404)


def test_faults_are_listed_in_the_order_of_the_page(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    page = invite(browser, place(app, "Police"), name="", email="", role="", status=422)
    places = [
        page.text.index(said) for said in ("Enter their name.", "Enter their e-mail", "Choose what they")
    ]
    assert places == sorted(places)


def test_an_invitation_mail_says_where_and_as_what_and_leads_to_our_own_address(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    form = browser.open(f"{place(app, 'Police')}/invite").form("/people/invite")
    data = form.data(name="Nina", email=NEW, role="contributor")
    refused = browser.client.post(form.action, data=data, headers={"Host": "evil.example"})
    assert refused.status_code == 400 and not mails(app, NEW)
    browser.post(form.action, data)
    (mail,) = mails(app, NEW)
    assert "Dear Nina" in mail.body and "Northshire Police as contributor" in mail.body
    assert "http://localhost/join/" in mail.body and "evil" not in mail.body
    assert "Pat" not in mail.subject + mail.body


def test_a_name_cannot_carry_an_address_of_a_page_into_a_strangers_mailbox(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(POLICE_LEAD)
    page = invite(browser, place(app, "Police"), name="Win at http://evil.example", status=422)
    assert "Enter a name only" in page.text and page.form("/people/invite").data()["email"] == NEW


def test_a_mail_that_was_given_up_shows_on_the_list(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    at = place(app, "Police")
    invite(browser, at)
    with app.app_context(), unit_of_work():
        notice = db.session.scalars(select(Notice).where(Notice.to_address == NEW)).one()
        notice.given_up_at = clock.now()
    page = browser.open(at)
    assert "Could not be delivered" in page.text
    assert "Check the address" in browser.open(page.href("Nina Newcomer")).text


def test_inviting_the_same_twice_leaves_one_invitation(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    at = place(app, "Police")
    invite(browser, at)
    first = link_to(app, NEW)
    page = invite(browser, at)
    assert page.text.count(NEW) == 1
    assert "Ask for a new one" in spent(Browser(app), first)
    page = invite(browser, at, POLICE_HELPER, status=422)
    assert "holds this role here already" in page.text
