"""One organisation in one cycle: longer, let off, calls, letters to senior persons, and what was done."""

import io
from datetime import date, timedelta

import docx
import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles.models import Extension
from s11.cycles.operations import exempt
from s11.desk.models import Call, Escalation
from s11.desk.queries import history
from s11.home.leaving import pseudonymise
from s11.home.own_data import held_about
from s11.notices.models import Notice
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.register.rules import ContactRole
from s11.returns import queries as returns
from tests.desk.some import a_contact, cycle_of, due_in, invitation_of, mails, organisation_ref
from tests.factories.world import (
    CHAIR,
    MANAGER,
    OFFICE,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    QUALITY,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


def typed(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def long(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    browser = Browser(app)
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/organisations/{organisation_ref(world, 'Police')}")
    return browser


def test_each_date_given_is_kept_with_who_when_and_why(app: Flask, world: World, office: Browser) -> None:
    page = office.submit("/extend", until=typed(40), reason="A new lead began.")
    assert f"Northshire Police has until {long(40)}. Pat Lead is told by mail." in page.text
    page = office.submit("/extend", until=typed(50), reason="She fell ill.")
    assert f"Given longer: until {long(50)} instead of {long(40)}" in page.text
    assert f"Given longer: until {long(40)} instead of {long(30)}" in page.text
    assert "A new lead began." in page.text and "She fell ill." in page.text and "Mary Manager" in page.text
    assert [to for to, subject in mails(app, "extension") if "you have until" in subject] == [POLICE_LEAD] * 2
    with app.app_context():
        kept = db.session.scalars(select(Extension).order_by(Extension.id)).all()
        assert [(one.until - one.before).days for one in kept] == [10, 10]


def test_nobody_is_told_where_the_office_does_not_want_it(app: Flask, office: Browser) -> None:
    form = office.page.form("/extend").data(until=typed(40), reason="A new lead.")
    del form["tell"]
    page = office.post(office.page.form("/extend").action, form)
    assert f"Northshire Police has until {long(40)}." in page.text and mails(app) == []


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (-1, "The new date has passed already. Choose today or a later day."),
        (30, "The new date must lie after the date it was first given."),
    ],
)
def test_a_date_that_gives_no_time_is_refused_at_the_field(
    office: Browser, until: int, sentence: str
) -> None:
    page = office.submit("/extend", status=422, until=typed(until), reason="A new lead.")
    assert sentence in page.text and page.form("/extend").data()["reason"] == "A new lead."


def test_one_may_have_longer_than_the_last_day_of_everybody_else(
    app: Flask, world: World, office: Browser
) -> None:
    with app.app_context(), unit_of_work():
        cycle = cycle_of(world)
        cycle.closes_on = cycle.due_on + timedelta(days=5)
    office.submit("/extend", until=typed(60), reason="A new lead.")
    with app.app_context():
        police, housing = returns.by_ref(world.police), returns.by_ref(world.housing)
        assert police is not None and housing is not None
        assert police.taken_until == clock.end_of(clock.today() + timedelta(days=60))
        assert housing.taken_until == clock.end_of(clock.today() + timedelta(days=35))


@pytest.mark.parametrize(("as_", "word"), [("exempt", "Exempt"), ("withdrawn", "Withdrawn")])
def test_whoever_is_let_off_leaves_the_count_and_can_be_asked_again(
    app: Flask, world: World, office: Browser, as_: str, word: str
) -> None:
    page = office.submit("/exempt", **{"as": as_, "reason": "It became part of another force."})
    assert f"{word} since" in page.text and "It became part of another force." in page.text
    assert "0 of 1" in office.open(f"/cycles/{world.cycle}").text
    office.open(f"/cycles/{world.cycle}/organisations/{organisation_ref(world, 'Police')}")
    page = office.submit("/ask-again")
    assert "Northshire Police is asked again and counts as due." in page.text
    assert "0 of 2" in office.open(f"/cycles/{world.cycle}").text


def test_a_reminder_of_the_old_day_that_waits_does_not_go(app: Flask, world: World, office: Browser) -> None:
    until = clock.today() + timedelta(days=60)
    until += timedelta(days=(6 - until.weekday()) % 7)
    with app.app_context(), unit_of_work():
        cycle = cycle_of(world)
        for name in ("Police", "Housing"):
            queue(
                to_address="lead@police.example",
                to_name="Pat",
                subject="Due on the old day",
                body="Due.",
                kind=Kind.REMINDER,
                organisation_id=invitation_of(world, name).organisation_id,
                partnership_id=cycle.partnership_id,
                about=cycle.ref,
                template="reminder",
            )
    days = (until - clock.today()).days
    page = office.submit("/extend", until=typed(days), reason="A new lead.", tell="y")
    assert "is a Sunday: nobody can ring for help that day." in page.text
    with app.app_context():
        found = db.session.scalars(select(Notice).where(Notice.kind == Kind.REMINDER).order_by(Notice.id))
        assert [(one.template, one.given_up_at is None) for one in found] == [
            ("reminder", False), ("reminder", True), ("extension", True),
        ]  # fmt: skip


def test_letting_off_somebody_at_work_is_asked_once_more(app: Flask, world: World, office: Browser) -> None:
    a_return(app, world.police, "G A R -", by=POLICE_LEAD)
    answer = {"as": "withdrawn", "reason": "Asked by mistake."}
    page = office.submit("/exempt", status=422, **answer)
    assert "3 of 4 are answered already." in page.text
    page = office.submit("/exempt", **answer, sure="y")
    assert "Northshire Police is withdrawn." in page.text and "is not told by itself" in page.text
    lead = Browser(app)
    home = lead.sign_in(POLICE_LEAD).text
    assert "Withdrawn" in home and "Asked by mistake." in home and "Under way" not in home
    assert "This was withdrawn: Asked by mistake." in lead.open(f"/returns/{world.police}").text
    overview = office.open(f"/analysis/cycles/{world.cycle}").text
    assert "Withdrawn 1 Northshire Police (Asked by mistake.)" in overview and "Exempted" not in overview
    closing = office.open(f"/cycles/{world.cycle}/closing").text
    assert "1 organisation is withdrawn" in closing and "Asked by mistake." in closing


def test_letting_off_wants_a_reason(office: Browser) -> None:
    page = office.submit("/exempt", status=422, **{"as": "withdrawn", "reason": " "})
    assert "Say why this organisation need not return." in page.text


def test_a_call_is_kept_once_and_says_when_to_ring_again(app: Flask, office: Browser) -> None:
    form = office.page.form("/calls").data(
        spoke_to="Dee at the front desk", said="Back on Monday.", call_back_on=typed(3)
    )
    for _ in range(2):
        page = office.post(office.page.form("/calls").action, form)
        assert "The call is noted." in page.text
    assert "Call with Dee at the front desk" in page.text and f"Call back on {long(3)}." in page.text
    with app.app_context():
        (call,) = db.session.scalars(select(Call)).all()
        assert (call.by_name, call.said) == ("Mary Manager", "Back on Monday.")
    page = office.submit("/calls", said="It comes tomorrow.", spoke_to="Pat")
    assert page.text.count(f"Call back on {long(3)}.") == 1  # in the history, and no longer to be done


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"on": typed(1)}, "The day of the call is still to come."),
        ({"on": "31 2 2027"}, "Enter a date that exists"),
        ({"said": "  "}, "Say in a few words what was said"),
        ({"call_back_on": typed(-1)}, "That day has passed."),
        ({"call_back_on": "soon"}, "Enter a date that exists"),
    ],
)
def test_a_call_that_cannot_be_is_said_at_its_field(
    office: Browser, fields: dict[str, str], sentence: str
) -> None:
    page = office.submit("/calls", status=422, **{"said": "Nobody answered.", **fields})
    assert sentence in page.text


def at_letter(world: World, office: Browser) -> Browser:
    office.open(f"/cycles/{world.cycle}/organisations/{organisation_ref(world, 'Police')}/escalate")
    return office


def test_the_letter_to_the_senior_contact_is_ready(app: Flask, world: World, office: Browser) -> None:
    a_contact(world, "Dame Chief", "chief@police.example", ContactRole.SENIOR)
    held = at_letter(world, office).page.form("/escalate").data()
    assert (held["to_name"], held["to_email"]) == ("Dame Chief", "chief@police.example")
    assert held["subject"] == "Cycle TINY-2026: the return of Northshire Police is missing"
    assert "Dear Dame Chief,\n\nThe return of Northshire Police" in str(held["letter"])
    assert f"by {long(7)}." in str(held["letter"]) and "((" not in str(held["letter"])


def test_without_a_senior_contact_it_goes_to_whoever_signs(world: World, office: Browser) -> None:
    held = at_letter(world, office).page.form("/escalate").data()
    assert (held["to_name"], held["to_email"]) == ("Sig Natory", POLICE_SIGNATORY)


def test_a_head_whose_address_nobody_has_is_written_to_by_post(
    app: Flask, world: World, office: Browser
) -> None:
    """The national register names every head, and no address."""
    with app.app_context(), unit_of_work():
        (signs,) = people.by_address(POLICE_SIGNATORY).memberships
        signs.ended_on = clock.today()
    a_contact(world, "Sir Chair", "", ContactRole.CHAIR)
    a_contact(world, "Ms Head", "", ContactRole.HEAD)
    held = at_letter(world, office).page.form("/escalate").data()
    assert (held["to_name"], held["to_email"], held["how"]) == ("Ms Head", "", "post")
    assert "Dear Ms Head,\n\nThe return of" in str(held["letter"])
    page = office.submit("/escalate", act="send")
    assert "The letter to Ms Head is ready: download it below and post it." in page.text
    assert mails(app) == []


def test_a_letter_goes_once_as_it_was_written_and_its_answer_is_noted(
    app: Flask, world: World, office: Browser
) -> None:
    at_letter(world, office)
    form = office.page.form("/escalate")
    data = form.data(letter="Dear Sig,\n\nplease.", act="send")
    for _ in range(2):
        page = office.post(form.action, data)
    assert "The letter to Sig Natory is on its way by mail." in page.text
    assert "Escalated to Sig Natory" in page.text and "Waiting for an answer" in page.text
    assert [to for to, _ in mails(app)] == [POLICE_SIGNATORY]
    with app.app_context():
        (letter,) = db.session.scalars(select(Escalation)).all()
        assert letter.letter == "Dear Sig,\n\nplease." and letter.answer_by is not None
    office.open(page.href("Letter to Sig Natory"))
    assert "Say what was answered" in office.submit(f"/{letter.ref}", status=422, outcome=" ").text
    page = office.submit(f"/{letter.ref}", outcome="It comes next week.")
    assert "Answer to the escalation to Sig Natory" in page.text and "It comes next week." in page.text


def test_a_second_letter_shows_the_first(world: World, office: Browser) -> None:
    at_letter(world, office).submit("/escalate", act="send")
    page = at_letter(world, office).page
    assert "Escalated before: to Sig Natory" in page.text and "No answer is noted." in page.text


def test_a_letter_is_posted_as_a_word_document(app: Flask, world: World, office: Browser) -> None:
    with app.app_context(), unit_of_work():
        cycle_of(world).partnership.mail_signature = "Mary Manager\nNorthshire Partnership"
    at_letter(world, office)
    page = office.submit(
        "/escalate",
        act="send",
        how="post",
        to_email="",
        to_name="Dame =Chief",
        letter="Dear Dame,\n\n\x0bplease.",
    )
    assert "is ready: download it below and post it" in page.text and mails(app) == []
    page = office.open(page.href("Letter to Dame =Chief"))
    answer = office.client.get(page.href("Download it as a Word document"))
    lines = [line.text for line in docx.Document(io.BytesIO(answer.data)).paragraphs]
    assert "Dame =Chief" in lines[1] and lines[-2:] == ["please.", "Mary Manager\nNorthshire Partnership"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"to_email": ""}, "Enter the address it is sent to, or choose to post it."),
        ({"to_email": "chief@@police"}, "“chief@@police” is not an e-mail address. Correct it."),
        ({"to_name": ""}, "Enter the name of the senior person."),
        ({"answer_by": typed(-1), "letter": "Please."}, "That day has passed."),
        ({"letter": "Dear ((nmae))"}, "((nmae)) cannot be filled in."),
        ({"answer_by": typed(10)}, "Change the day in the letter, or write the letter anew."),
    ],
)
def test_a_letter_that_cannot_go_is_said_at_its_field(
    app: Flask, world: World, office: Browser, fields: dict[str, str], sentence: str
) -> None:
    page = at_letter(world, office).submit("/escalate", status=422, **{"act": "send", **fields})
    assert sentence in page.text and mails(app) == []


def test_the_letter_is_written_anew_for_another_name_and_day(world: World, office: Browser) -> None:
    at_letter(world, office)
    page = office.submit("/escalate", status=200, act="anew", to_name="Dame Chief", answer_by=typed(10))
    held = page.form("/escalate").data()
    assert str(held["letter"]).startswith("Dear Dame Chief,") and long(10) in str(held["letter"])
    assert "is on its way by mail" in office.submit("/escalate", act="send").text


def test_who_was_given_more_time_is_not_escalated_before_it_is_over(
    app: Flask, world: World, office: Browser
) -> None:
    form = at_letter(world, office).page.form("/escalate")
    due = office_day(world)
    with app.app_context(), unit_of_work():
        invitation_of(world, "Police").extended_to = due + timedelta(days=21)
    page = at_letter(world, office).page
    assert f"is not due before {said(due + timedelta(days=21))}, as more time was given." in page.text
    office.post(form.action, form.data(act="send"), status=409)
    assert mails(app, "escalation") == []
    with due_in(world, -22):
        office.sign_in(MANAGER)
        letter = str(at_letter(world, office).page.form("/escalate").data()["letter"])
    assert f"was due on {said(due)} (we gave until {said(due + timedelta(days=21))}) and has not" in letter


def office_day(world: World) -> date:
    with world.app.app_context():
        return cycle_of(world).due_on


def said(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def test_what_has_come_is_not_escalated(app: Flask, world: World, office: Browser) -> None:
    at_letter(world, office)
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    office.submit("/escalate", status=409, act="send")
    assert mails(app, "escalation") == []


@pytest.mark.parametrize("who", [CHAIR, QUALITY])
def test_those_who_only_read_see_no_button_and_no_page(app: Flask, world: World, who: str) -> None:
    browser = Browser(app)
    browser.sign_in(who)
    ref = organisation_ref(world, "Police")
    assert "/chase" not in browser.open(f"/cycles/{world.cycle}").text
    for path in (f"organisations/{ref}", f"organisations/{ref}/escalate", "reminders", "chase"):
        browser.open(f"/cycles/{world.cycle}/{path}", status=403)


def test_a_letter_of_another_organisation_is_not_reached_through_this_one(
    app: Flask, world: World, office: Browser
) -> None:
    at_letter(world, office).submit("/escalate", act="send")
    with app.app_context():
        ref = db.session.scalars(select(Escalation.ref)).one()
    housing = organisation_ref(world, "Housing")
    office.open(f"/cycles/{world.cycle}/organisations/{housing}/escalations/{ref}", status=404)
    office.open(f"/cycles/{world.cycle}/organisations/{housing}/escalations/{ref}/letter.docx", status=404)


def test_calls_stand_on_the_page_of_the_organisation(world: World, office: Browser) -> None:
    office.submit("/calls", said="Back on Monday.", spoke_to="Dee", call_back_on=typed(3))
    page = office.open(f"/organisations/{organisation_ref(world, 'Police')}")
    assert "Dee: Back on Monday." in page.text


def test_what_somebody_did_is_given_out_and_goes_with_their_name(
    app: Flask, world: World, office: Browser
) -> None:
    at_letter(world, office).submit("/escalate", act="send")
    office.submit("/extend", until=typed(40), reason="A new lead.")
    office.submit("/calls", said="Back on Monday.", spoke_to="Sig Natory")
    office.open(f"/cycles/{world.cycle}/chase?organisation={organisation_ref(world, 'Police')}")
    office.submit("/chase", act="send")
    with app.app_context(), unit_of_work():
        mary, sig = people.by_address(MANAGER), people.by_address(POLICE_SIGNATORY)
        olive = people.by_address(OFFICE)
        assert mary is not None and sig is not None
        held = held_about(mary)
        for what in (
            "organisations you reminded",
            "calls you noted",
            "escalations you wrote",
            "organisations you gave longer",
        ):
            assert [one["organisation"] for one in held[what]] == ["Northshire Police"], what  # type: ignore[attr-defined]
        assert len(held_about(sig)["escalations written to you"]) == 1  # type: ignore[arg-type]
        for person in (mary, sig):
            for membership in person.memberships:
                people_operations.end_role(membership, by=olive)
            pseudonymise(person, by=olive)
    with app.app_context():
        invitation = invitation_of(world, "Police")
        (letter,) = history.escalations(invitation.id)
        (call,) = history.calls(invitation.organisation_id, cycle_of(world).partnership_id)
        (extension,) = history.extensions(invitation.id)
        (reminder,) = history.reminders(invitation.id)
        told = [letter.by_name, call.by_name, extension.by_name, reminder.by_name]
        assert not {"Mary Manager"} & set(told)
        assert letter.to_email == "" and "Sig Natory" not in (letter.to_name, call.spoke_to)
        assert "Sig Natory" not in letter.letter


def test_nobody_who_returned_or_need_not_is_given_longer(app: Flask, browser: Browser, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        exempt(invitation_of(world, "Housing"), reason="It has closed.")
        until = cycle_of(world).due_on + timedelta(days=10)
    browser.sign_in(MANAGER)
    sent = {"until": f"{until.day} {until.month} {until.year}", "reason": "A new lead", "tell": "y"}
    for name, status in (("Police", 409), ("Housing", 422)):
        place = f"/cycles/{world.cycle}/organisations/{organisation_ref(world, name)}"
        token = browser.open(place).form("/calls").data()["csrf_token"]
        browser.post(f"{place}/extend", {**sent, "csrf_token": token}, status=status)
    assert mails(app, "extension") == []
