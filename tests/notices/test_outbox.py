"""The outbox as the office sees it, and what it can do about a mail."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices import operations, queries
from s11.notices.models import Notice
from s11.notices.rules import Kind, State, Why, state_of
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from tests.factories.world import CHAIR, MODERATOR, OFFICE, OUTSIDER, World
from tests.notices.letterbox import put
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def an_empty_outbox(world: World) -> None:
    """Without the letters with which the world's cycles were issued."""
    with world.app.app_context(), unit_of_work():
        db.session.execute(delete(Notice))


def a_letter(world: World, *, to: str = "lead@police.example", **more: object) -> str:
    """A letter of the Board to the police, by its ref."""
    with world.app.app_context():
        board = organisations.partnership_by_code("northshire")
        police = db.session.scalars(select(Organisation).where(Organisation.short_name == "Police")).one()
        assert board is not None
        ids = {"partnership_id": board.id, "organisation_id": police.id, "about": world.cycle}
    number = put(world.app, to, kind=Kind.LETTER, subject="Please answer", **ids, **more)
    with world.app.app_context():
        return queries.by_id(number).ref


def change(world: World, ref: str, **moments: object) -> None:
    with world.app.app_context(), unit_of_work():
        notice = queries.by_ref(ref)
        for name, value in moments.items():
            setattr(notice, name, value)


def state(world: World, ref: str) -> State:
    with world.app.app_context():
        notice = queries.by_ref(ref)
        assert notice is not None
        return state_of(notice, clock.now())


def test_the_office_finds_its_mail_by_cycle_state_and_address(world: World, browser: Browser) -> None:
    a_letter(world)
    change(world, a_letter(world, to="head@school.example"), handed_at=clock.now())
    browser.sign_in(OFFICE)
    page = browser.open("/mail/")
    assert "2 mails" in page.text and "may or may not have been sent" in page.text
    assert "1 mail found" in browser.open("/mail/?words=HEAD%40school").text
    assert "2 mails found" in browser.open(f"/mail/?about={world.cycle}").text
    page = browser.open("/mail/?state=unsure")
    assert "1 mail found" in page.text and "head@school.example" in page.text
    assert "0 mails found" in browser.open("/mail/?kind=news").text
    assert "0 mails found" in browser.open("/mail/?organisation=unknown").text
    browser.open("/mail/?state=odd", status=422)


def test_the_words_of_a_mail_are_shown_while_it_waits_and_no_longer(world: World, browser: Browser) -> None:
    ref = a_letter(world)
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code("northshire")
        assert board is not None
        board.mail_signature = "Mary Manager, Town Hall"
    browser.sign_in(OFFICE)
    assert "Please sign. Mary Manager, Town Hall" in browser.open(f"/mail/{ref}").text
    world.app.test_cli_runner().invoke(args=["notices", "send"])
    page = browser.open(f"/mail/{ref}")
    assert "Please sign." not in page.text and "Sent" in page.text and "Northshire Police" in page.text


def test_the_link_in_an_invitation_is_shown_to_nobody_else(world: World, browser: Browser) -> None:
    ref = a_letter(world, body="Open https://host.example/join/secret")
    change(world, ref, kind=Kind.ACCOUNT)
    browser.sign_in(OFFICE)
    page = browser.open(f"/mail/{ref}")
    assert "secret" not in page.text and "meant for whoever gets it alone" in page.text


def test_a_mail_that_may_have_gone_is_left_or_sent_again_as_the_office_says(
    world: World, browser: Browser
) -> None:
    came, lost = a_letter(world), a_letter(world)
    change(world, came, handed_at=clock.now())
    change(world, lost, handed_at=clock.now())
    browser.sign_in(OFFICE)
    browser.open(f"/mail/{came}")
    browser.submit("/came")
    assert state(world, came) == State.SENT
    browser.post(f"/mail/{came}/came", browser.page.forms[0].data(), status=409)
    browser.open(f"/mail/{lost}")
    browser.submit("/again")
    assert state(world, lost) == State.WAITING


def test_a_mail_that_is_on_its_way_is_touched_by_nobody(world: World, browser: Browser) -> None:
    ref = a_letter(world)
    browser.sign_in(OFFICE)
    browser.open(f"/mail/{ref}")
    change(world, ref, claimed_at=clock.now(), handed_at=clock.now())
    page = browser.submit("/cancel", status=409)
    assert "has moved on meanwhile" in page.text
    assert state(world, ref) == State.SENDING


def test_a_waiting_mail_is_cancelled_and_its_words_go(world: World, browser: Browser) -> None:
    ref = a_letter(world)
    browser.sign_in(OFFICE)
    browser.open(f"/mail/{ref}")
    page = browser.submit("/cancel")
    assert "Cancelled by Olive Office" in page.text and state(world, ref) == State.NOT_SENT
    assert "0 sent" in world.app.test_cli_runner().invoke(args=["notices", "send"]).output
    with world.app.app_context():
        notice = queries.by_ref(ref)
        assert notice is not None and notice.sent_at is None and not notice.body


def test_an_address_is_let_in_again_by_the_office(world: World, browser: Browser) -> None:
    ref = a_letter(world)
    with world.app.app_context(), unit_of_work():
        operations.stop("Lead@police.example", Why.BOUNCED)
        operations.stop("lead@police.example", Why.UNSUBSCRIBED, kind=Kind.NEWS)
    browser.sign_in(OFFICE)
    assert "there is no such address" in browser.open(f"/mail/{ref}").text
    browser.submit("/let-in")
    with world.app.app_context():
        assert queries.known_of("lead@police.example") == [(Why.UNSUBSCRIBED, Kind.NEWS)]


def test_nobody_else_sees_it(world: World, browser: Browser) -> None:
    ref = a_letter(world)
    for who in (MODERATOR, CHAIR, OUTSIDER):
        other = Browser(world.app)
        other.sign_in(who)
        other.open(f"/mail/{ref}", status=404)
    other.open("/mail/")  # their own, which is empty
    assert "No mail yet" in other.page.text


def test_the_office_is_told_when_mail_does_not_go_out(world: World, browser: Browser) -> None:
    ref = a_letter(world)
    with world.app.app_context(), unit_of_work():
        for notice in db.session.scalars(select(Notice)):
            notice.queued_at = clock.now() - timedelta(minutes=10)
    browser.sign_in(OFFICE)
    assert "has been waiting to go out" not in browser.open("/cycles/").text
    change(world, ref, queued_at=clock.now() - timedelta(minutes=16))
    for path in ("/cycles/", "/mail/"):
        assert "Mail has been waiting to go out since" in browser.open(path).text
    moderator = Browser(world.app)
    moderator.sign_in(MODERATOR)
    assert "has been waiting to go out" not in moderator.open("/cycles/").text


def test_what_was_sent_to_an_organisation_is_told_with_how_it_stands(world: World) -> None:
    first, second = a_letter(world), a_letter(world)
    change(world, first, sent_at=clock.now() - timedelta(days=2), queued_at=clock.now() - timedelta(days=2))
    change(world, second, handed_at=clock.now())
    with world.app.app_context():
        police = db.session.scalars(select(Organisation).where(Organisation.short_name == "Police")).one()
        ids = [
            found.id
            for code in ("northshire", "elsewhere")
            if (found := organisations.partnership_by_code(code))
        ]
        rows = queries.sent_to_organisation(police.id, ids[0], 10)
        assert [(row.ref, row.state_label) for row in rows][:2] == [
            (second, "May have been sent"),
            (first, "Sent"),
        ]
        assert queries.sent_to_organisation(police.id, ids[1], 10) == []


def test_a_long_outbox_is_shown_in_pages(world: World, browser: Browser) -> None:
    for place in range(60):
        a_letter(world, to=f"lead{place}@police.example")
    browser.sign_in(OFFICE)
    page = browser.open("/mail/?page=2")
    assert "60 mails" in page.text
    with world.app.app_context():
        assert db.session.scalar(select(func.count(Notice.id)).where(Notice.about == world.cycle)) >= 60


def test_a_key_that_ends_in_a_very_long_address_is_kept_whole_in_meaning(world: World) -> None:
    def put_under(key: str) -> int:
        told = {"to_address": "ann@police.example", "to_name": "Ann", "subject": "S", "body": "B"}
        notice = operations.queue(**told, once=key)
        db.session.flush()
        return notice.id

    with world.app.app_context(), unit_of_work():
        long = f"letter:{'a' * 240}@police.example"
        assert put_under(long) == put_under(long) != put_under(f"{long}:2027-03-31")
        kept = db.session.scalars(select(Notice.once).where(Notice.once.is_not(None))).all()
        assert {len(one) for one in kept if one.startswith("letter:aaa")} == {160}
