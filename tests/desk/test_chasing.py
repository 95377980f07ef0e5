"""Writing to many at once: every mail is looked at first, and exactly those go, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import event, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles.operations import exempt
from s11.desk.operations.composing import Chase, look_ahead
from s11.notices.models import Notice, Suppression
from s11.notices.rules import Bounce
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.register.rules import ContactRole
from s11.returns import queries as returns
from s11.returns.models import SignOff
from s11.returns.operations import tell_new_dates
from s11.returns.rules import Stage
from s11.trail.models import Entry
from tests.desk.some import a_contact, cycle_of, due_in, invitation_of, mails, organisation_ref, reminded
from tests.factories.counties import a_county
from tests.factories.world import (
    CHAIR,
    DSL,
    EDUCATION_ADVISER,
    GOVERNOR,
    HEAD,
    HOUSING_LEAD,
    INSPECTOR,
    MANAGER,
    OFFICE,
    POLICE_DEPUTY,
    POLICE_LEAD,
    QUALITY,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


def at_preview(app: Flask, world: World, *names: str, who: str = MANAGER) -> Browser:
    browser = Browser(app)
    browser.sign_in(who)
    chosen = "&".join(f"organisation={organisation_ref(world, name)}" for name in names)
    browser.open(f"/cycles/{world.cycle}/chase?{chosen}")
    return browser


def test_every_mail_is_shown_as_it_goes_out_and_nothing_is_sent_by_looking(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A - -", by=POLICE_LEAD)
    page = at_preview(app, world).page
    with app.app_context():
        due = cycle_of(world).due_on
        said = f"{due.day} {due:%B %Y}"
    assert "2 mails to 2 organisations" in page.text
    assert (
        f"Dear Pat Lead, The return of Northshire Police to Cycle TINY-2026 is due on {said}. " in page.text
    )
    assert "2 of 4 questions are answered." in page.text
    assert "Dear Hari Lead" in page.text and "Nothing has been answered yet." in page.text
    assert f"http://localhost/returns/{world.police}" in page.text
    assert mails(app) == [] and reminded(app) == []


def test_what_is_ticked_is_sent_once_and_the_numbers_are_said(app: Flask, world: World) -> None:
    browser = at_preview(app, world)
    page = browser.submit("/chase", act="send")
    assert "2 mails are on the way, to 2 organisations." in page.text
    assert [to for to, _ in mails(app)] == [HOUSING_LEAD, POLICE_LEAD]
    assert [(name, count) for name, _, count in reminded(app)] == [("Housing", 1), ("Police", 1)]
    with app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.template == "reminder")).first()
        assert notice is not None and notice.kind == "reminder" and notice.about == world.cycle
        assert notice.organisation_id and notice.partnership_id
        entry = db.session.scalars(select(Entry).where(Entry.tag == "cycle:organisations:reminded")).one()
        assert entry.after == {"organisations": 2}


def test_what_goes_out_is_to_the_letter_what_was_shown(app: Flask, world: World) -> None:
    browser = at_preview(app, world, "Police")
    shown = browser.page.text
    browser.submit("/chase", act="send")
    with app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.template == "reminder")).one()
        assert " ".join(notice.body.split()) in shown and notice.subject in shown


def test_an_organisation_that_is_unticked_gets_none(app: Flask, world: World) -> None:
    browser = at_preview(app, world)
    police = organisation_ref(world, "Police")
    kept = [value for value in browser.page.form("/chase").data()["mail"] if not value.startswith(police)]
    page = browser.submit("/chase", act="send", mail=kept)
    assert "1 mail is on the way, to 1 organisation." in page.text
    assert [to for to, _ in mails(app)] == [HOUSING_LEAD]


def test_with_nothing_ticked_nothing_goes_and_the_page_says_so(app: Flask, world: World) -> None:
    browser = at_preview(app, world)
    page = browser.submit("/chase", status=422, act="send", mail=[])
    assert "Tick at least one organisation." in page.text and mails(app) == []
    assert all(not line.startswith("mail") for line, _ in page.form("/chase").fields)


def test_a_second_click_sends_nothing_more_and_says_the_same(app: Flask, world: World) -> None:
    browser = at_preview(app, world)
    form = browser.page.form("/chase")
    for _ in range(2):
        page = browser.post(form.action, form.data(act="send"))
        assert "2 mails are on the way, to 2 organisations." in page.text
    assert len(mails(app)) == 2 and len(reminded(app)) == 2


def test_sixty_are_looked_at_and_written_to_in_as_many_queries_as_two(app: Flask, world: World) -> None:
    statements: list[str] = []

    def counted(browser: Browser) -> tuple[int, int]:
        form = browser.page.form("/chase")
        statements.clear()
        browser.open(f"/cycles/{world.cycle}/chase")
        looked_at = len(statements)
        statements.clear()
        browser.post(form.action, form.data(act="send"))
        return looked_at, len(statements)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    few = counted(at_preview(app, world))
    a_county(app, world.cycle, 120)
    looked_at, sent = counted(at_preview(app, world))
    # Where they get different words, none are read to begin one's own with: one query fewer.
    assert (looked_at, sent) == (few[0] - 1, few[1])
    assert len(mails(app, "reminder")) == 2 + 42, "of 120 half are in, the mail of six came back"
    assert len(mails(app, "signature")) == 12


def test_two_people_at_once_send_it_once(app: Flask, world: World) -> None:
    browsers = [at_preview(app, world, who=who) for who in (MANAGER, OFFICE)]
    start = Barrier(2)

    def click(browser: Browser) -> str:
        form = browser.page.form("/chase")
        start.wait()
        return browser.post(form.action, form.data(act="send")).text

    with ThreadPoolExecutor(2) as pool:
        said = sorted("2 mails are on the way" in text for text in pool.map(click, browsers))
    assert said == [False, True]
    assert len(mails(app)) == 2 and len(reminded(app)) == 2


def test_whoever_was_reminded_today_is_left_out_and_it_is_said_by_whom(app: Flask, world: World) -> None:
    at_preview(app, world, "Police").submit("/chase", act="send")
    page = at_preview(app, world).page
    assert "1 mail to 1 organisation" in page.text and "1 organisation gets no mail" in page.text
    assert (
        "Northshire Police : Was reminded on" in page.text.replace(":", " :")
        and "by Mary Manager" in page.text
    )
    with clock.pretend(clock.now() + timedelta(hours=21)):
        assert "2 mails to 2 organisations" in at_preview(app, world).page.text


def test_whoever_returns_meanwhile_gets_none_and_is_named(app: Flask, world: World) -> None:
    browser = at_preview(app, world)
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    page = browser.submit("/chase", act="send")
    assert "1 mail is on the way, to 1 organisation. Northshire Police: Has returned." in page.text
    assert [to for to, _ in mails(app, "reminder")] == [HOUSING_LEAD]


def test_a_mail_that_changed_meanwhile_is_looked_at_again_before_it_goes(app: Flask, world: World) -> None:
    browser = at_preview(app, world)
    a_return(app, world.police, "G - - -", by=POLICE_LEAD)
    form = browser.page.form("/chase")
    page = browser.post(form.action, form.data(act="send"), status=200)
    assert "1 mail is on the way, to 1 organisation." in page.text
    assert "Look at these again" in page.text and "1 of 4 questions are answered." in page.text
    assert [to for to, _ in mails(app)] == [HOUSING_LEAD]
    assert "1 mail is on the way" in browser.submit("/chase", act="send").text
    assert [to for to, _ in mails(app)] == [HOUSING_LEAD, POLICE_LEAD]


def test_whoever_is_let_off_is_left_out(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        exempt(invitation_of(world, "Housing"), reason="It has closed.")
    assert "1 mail to 1 organisation" in at_preview(app, world).page.text
    page = at_preview(app, world, "Housing").page
    assert "There is no mail to send" in page.text and "Need not return: It has closed." in page.text


def test_an_address_that_came_back_is_named_before_anything_goes(app: Flask, world: World) -> None:
    a_contact(world, "Chief Constable", "chief@police.example", ContactRole.SENIOR)
    with app.app_context(), unit_of_work():
        db.session.add(
            Notice(
                to_address="CHIEF@police.example", subject="Earlier", body="", queued_at=clock.now(),
                bounced_at=clock.now(), bounce=Bounce.HARD,
            )
        )  # fmt: skip
        db.session.add(Suppression(address=HOUSING_LEAD, why="bounced", at=clock.now()))
    browser = at_preview(app, world)
    page = browser.submit("/chase", status=200, act="preview", to=["lead", "senior"])
    day = f"{clock.today().day} {clock.today():%B %Y}"
    assert f"chief@police.example (Chief Constable) came back on {day}: correct it" in page.text
    assert f"{HOUSING_LEAD} (Hari Lead) came back on {day}: correct it" in page.text
    assert "1 mail to 1 organisation" in page.text
    browser.submit("/chase", act="send")
    assert [to for to, _ in mails(app, "reminder")] == [POLICE_LEAD]


def test_an_address_that_is_good_again_is_written_to(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        db.session.add(
            Notice(
                to_address=HOUSING_LEAD, subject="Earlier", body="", queued_at=clock.now(),
                bounced_at=clock.now() - timedelta(days=2), bounce=Bounce.HARD,
            )
        )  # fmt: skip
        db.session.add(
            Suppression(
                address=HOUSING_LEAD, why="bounced", at=clock.now() - timedelta(days=2), lifted_at=clock.now()
            )
        )
    assert "2 mails to 2 organisations" in at_preview(app, world).page.text


@pytest.mark.parametrize("typed", ["chief@@police.example", "chief police.example", "chief@police,example"])
def test_an_address_with_a_typing_mistake_is_named_before_anything_goes(
    app: Flask, world: World, typed: str
) -> None:
    a_contact(world, "Chief Constable", typed, ContactRole.SENIOR)
    browser = at_preview(app, world, "Police")
    page = browser.submit("/chase", status=200, act="preview", to=["lead", "senior"])
    assert f"“{typed}” (Chief Constable) is not an e-mail address: correct it" in page.text
    assert "1 mail to 1 organisation" in page.text


def test_deputy_and_senior_person_are_written_to_when_asked_for(app: Flask, world: World) -> None:
    a_contact(world, "Chief Constable", "chief@police.example", ContactRole.SENIOR)
    browser = at_preview(app, world)
    page = browser.submit("/chase", status=200, act="preview", to=["lead", "substitute", "senior"])
    assert "4 mails to 2 organisations" in page.text
    assert "No senior person is named for it." in page.text
    assert "4 mails are on the way, to 2 organisations." in browser.submit("/chase", act="send").text
    to = [to for to, _ in mails(app)]
    assert to == [HOUSING_LEAD, POLICE_LEAD, POLICE_DEPUTY, "chief@police.example"]


def test_own_words_are_used_once_and_their_placeholders_are_checked(app: Flask, world: World) -> None:
    browser = at_preview(app, world, "Police")
    own = {"template": "own", "subject": "Please, ((name))", "body": "Dear ((name)), see ((deadline))."}
    page = browser.submit("/chase", status=422, act="send", **own)
    assert "((deadline)) cannot be filled in. These can: ((name)), ((organisation))" in page.text
    assert page.form("/chase").data()["body"] == own["body"] and mails(app) == []
    browser.submit("/chase", status=200, act="preview", body="Dear ((name)), by ((due)).")
    browser.submit("/chase", act="send")
    assert mails(app) == [(POLICE_LEAD, "Please, Pat Lead")]


def test_after_the_due_day_the_usual_words_say_so(app: Flask, world: World) -> None:
    with due_in(world, -2):
        page = at_preview(app, world, "Police").page
    assert "Subject: Cycle TINY-2026 was due on" in page.text
    assert "Subject: Cycle TINY-2026 is due on" not in page.text


def test_own_words_begin_as_those_that_each_would_get(app: Flask, world: World) -> None:
    with due_in(world, -2):
        typed = at_preview(app, world, "Police").page.form("/chase").data()
    assert typed["subject"] == "((audit)) was due on ((due))"
    with app.app_context(), unit_of_work():
        invitation_of(world, "Police").extended_to = cycle_of(world).due_on + timedelta(days=9)
    with due_in(world, -2):
        both = at_preview(app, world).page.form("/chase").data()
    assert both["subject"] == "((audit)): the return of ((organisation))"


def test_whoever_has_to_sign_is_written_to_where_only_that_is_missing(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.school)
        assert return_ is not None
        return_.stage, return_.round = Stage.AWAITING_SIGN_OFF, 1
        lead = {"step": "lead", "label": "Lead", "name": "Dee Lead", "role": "Lead", "declaration": "Yes."}
        db.session.add(SignOff(return_id=return_.id, round=1, signed_at=clock.now(), **lead))
    browser = Browser(app)
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}/chase?show=waiting")
    typed = page.form("/chase").data()
    assert typed["to"] == ["lead", "signatory"] and "waits for a signature" in str(typed["subject"])
    assert "complete it" not in page.text
    browser.submit("/chase", act="send")
    assert [to for to, _ in mails(app, "signature")] == [DSL, GOVERNOR, HEAD]


def test_what_is_no_longer_taken_is_not_reminded_of(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        cycle = cycle_of(world)
        cycle.closes_on = cycle.due_on
    with due_in(world, -1):
        page = at_preview(app, world).page
    assert "There is no mail to send" in page.text and "Give it more time first." in page.text


@pytest.mark.parametrize("who", [CHAIR, QUALITY, INSPECTOR])
def test_those_who_only_read_cannot_remind(app: Flask, world: World, who: str) -> None:
    browser = Browser(app)
    browser.sign_in(who)
    browser.open(f"/cycles/{world.cycle}/chase", status=403)


def test_the_adviser_reminds_in_their_own_audit_only(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(EDUCATION_ADVISER)
    assert "Dear Dee Ess" in browser.open(f"/cycles/{world.school_cycle}/chase").text
    browser.open(f"/cycles/{world.cycle}/chase", status=404)


def test_a_closed_cycle_reminds_nobody(app: Flask, world: World) -> None:
    browser = at_preview(app, world)
    with app.app_context(), unit_of_work():
        cycle_of(world).closed_at = clock.now()
    browser.submit("/chase", status=409, act="send")
    assert mails(app) == []


def test_a_contact_without_an_account_reads_how_to_come_by_one(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        hari = people.by_address(HOUSING_LEAD)
        assert hari is not None
        for membership in hari.memberships:
            people_operations.end_role(membership, by=None)
    a_contact(world, "Ann New", "ann@housing.example", ContactRole.LEAD, at="Housing")
    a_contact(world, "Sir Senior", "sir@housing.example", ContactRole.SENIOR, at="Housing")
    with app.app_context():
        cycle = cycle_of(world)
        seen = look_ahead(cycle, Chase("reminder", frozenset({ContactRole.LEAD, ContactRole.SENIOR})))
        bodies = {mail.to_name: mail.body for parcel in seen.parcels for mail in parcel.mails}
        with unit_of_work():
            assert tell_new_dates(cycle_of(world), [invitation_of(world, "Housing")]) == 1
        letter = db.session.scalars(select(Notice).where(Notice.to_name == "Ann New")).one().body
    way_in = "You have no account in this service yet. Ask office@board.example for one"
    assert way_in in bodies["Ann New"] and way_in in letter
    assert way_in not in bodies["Pat Lead"] + bodies["Sir Senior"]
