"""Owners are reminded on their days and never twice; leads and the office hear when nothing happens."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import event, select

from s11.actions import operations, queries
from s11.actions.reminding import operations as reminding
from s11.actions.reminding import queries as told
from s11.actions.reminding.letters import letters_due
from s11.actions.rules import PlanRules, Reminders
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import Stale
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.people import queries as people
from tests.actions.some import an_action
from tests.factories.world import MANAGER, POLICE_LEAD, World

pytestmark = pytest.mark.database
OFFICE = "office@northshire.example"


def mails(app: Flask, template: str = "") -> list[tuple[str, str, str]]:
    """To whom, with what subject and words, in the order they were queued."""
    query = select(Notice.to_address, Notice.subject, Notice.body).order_by(Notice.id)
    if template:
        query = query.where(Notice.template == template)
    with app.app_context():
        return [tuple(row) for row in db.session.execute(query.where(Notice.template.like("action%")))]


def on(app: Flask, days: int) -> None:
    """Let the clock remind, so many days from today."""
    with app.app_context(), clock.pretend(clock.now() + timedelta(days=days)):
        reminding.remind_what_is_due()


@pytest.fixture
def office(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        board.office_email = OFFICE


def test_an_owner_is_reminded_on_each_of_the_days_once_however_often_it_runs(
    app: Flask, world: World
) -> None:
    an_action(world, owner_name="Pat Lead", days=20)
    # Two weeks before, three days before, on the day, the day after.
    for day, so_far in ((5, 0), (6, 1), (6, 1), (7, 1), (17, 2), (18, 2), (20, 3), (21, 4), (22, 4)):
        on(app, day)
        assert len(mails(app, "action_reminder")) == so_far, day
    address, subject, body = mails(app, "action_reminder")[0]
    assert (address, subject) == (POLICE_LEAD, "Actions of yours: 1 action")
    assert "/actions/" in body and "Train every duty sergeant" not in body


def test_several_actions_of_one_day_come_in_one_mail(app: Flask, world: World) -> None:
    for text in ("One.", "Two.", "Three."):
        an_action(world, owner_name="Pat Lead", days=20, text=text)
    on(app, 6)
    assert [subject for _, subject, _ in mails(app)] == ["Actions of yours: 3 actions"]


def test_a_day_on_which_nothing_ran_is_made_up_for_and_long_ago_is_not(app: Flask, world: World) -> None:
    an_action(world, owner_name="Pat Lead", days=40)
    on(app, 29)  # three days after the first day
    assert len(mails(app)) == 1
    an_action(world, owner_name="Pat Lead", days=40, text="Another.")
    on(app, 30)
    assert len(mails(app)) == 1


def test_nobody_is_reminded_of_what_is_done_or_of_what_was_agreed_today(app: Flask, world: World) -> None:
    an_action(world, owner_name="Pat Lead", days=0)
    on(app, 0)
    ref = an_action(world, owner_name="Pat Lead", days=20)
    with app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        action.status = "complete"
    on(app, 20)
    assert not mails(app, "action_reminder")


def test_who_wants_one_mail_a_week_gets_one(app: Flask, world: World) -> None:
    an_action(world, owner_name="Pat Lead", days=20)
    an_action(world, owner_name="Pat Lead", days=60, text="Far away.")
    with app.app_context(), unit_of_work():
        lead = people.by_address(POLICE_LEAD)
        assert lead is not None
        reminding.choose_for_oneself(lead, Reminders.WEEKLY)
    today = clock.today()
    monday = (7 - today.weekday()) % 7 or 7
    for day in range(monday, monday + 14):
        on(app, day)
    weekly = mails(app, "action_weekly")
    assert len(weekly) == 2 and not mails(app, "action_reminder")
    assert weekly[0][1] == "Your actions this week: 1 action"


def test_who_wants_none_gets_none(app: Flask, world: World) -> None:
    an_action(world, owner_name="Pat Lead", days=20)
    with app.app_context(), unit_of_work():
        lead = people.by_address(POLICE_LEAD)
        assert lead is not None
        reminding.choose_for_oneself(lead, Reminders.NONE)
    on(app, 20)
    assert not mails(app)


@pytest.mark.usefixtures("office")
def test_the_lead_and_then_the_office_hear_of_what_stays_overdue_once(app: Flask, world: World) -> None:
    ref = an_action(world, days=10)  # its owner has no account: the lead is reminded in their place
    for day in (10, 23, 24, 25, 37, 38, 39):
        on(app, day)
    assert [to for to, *_ in mails(app, "action_lead")] == [POLICE_LEAD]
    assert [to for to, *_ in mails(app, "action_office")] == [OFFICE]
    assert "Owner: Asha Rahman, Head of Protecting Vulnerable People" in mails(app, "action_lead")[0][2]
    # Moved with a reason, and late again: they hear again.
    with app.app_context(), unit_of_work():
        action, lead = queries.by_ref(ref), people.by_address(POLICE_LEAD)
        assert action is not None and lead is not None
        operations.update(
            action, status="at_risk", text="The trainer left.", due_on=clock.today() + timedelta(days=60),
            reason="A new one comes.", by=lead, version=1,
        )  # fmt: skip
    on(app, 75)
    assert len(mails(app, "action_lead")) == 2


@pytest.mark.usefixtures("office")
def test_of_the_boards_own_action_the_office_is_reminded(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        operations.add(
            board, None, source="audit", text="Write the protocol.", owner_name="Ada Frost",
            owner_role="Independent scrutineer", due_on=clock.today() + timedelta(days=20), by=None,
        )  # fmt: skip
    on(app, 20)
    assert [to for to, *_ in mails(app, "action_reminder")] == [OFFICE]


def test_the_owner_is_asked_what_difference_it_made(app: Flask, world: World) -> None:
    ref = an_action(world, owner_name="Pat Lead", days=20)
    with app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        action.status, action.verified_at = "verified", clock.now()
        action.ask_on = clock.today() + timedelta(days=90)
    on(app, 89)
    assert not mails(app)
    on(app, 90)
    on(app, 90)
    (mail,) = mails(app)
    assert mail[1] == "What difference did it make? 1 action" and "status=asked" in mail[2]


def test_two_runs_at_once_tell_everybody_once(app: Flask, world: World) -> None:
    for number in range(4):
        an_action(world, owner_name="Pat Lead", days=20, text=f"Action {number}.")
    start, both = clock.now() + timedelta(days=20), Barrier(2)

    def run() -> None:
        with app.app_context(), clock.pretend(start):
            both.wait()
            reminding.remind_what_is_due()

    runs = [Thread(target=run) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert len(mails(app)) == 1


def test_of_what_somebody_was_told_the_mail_is_known(app: Flask, world: World) -> None:
    ref = an_action(world, owner_name="Pat Lead", days=20)
    on(app, 20)
    with app.app_context():
        action = queries.by_ref(ref)
        assert action is not None
        (one,) = told.told_of(action.id)
        assert one.notice is not None and one.notice.to_address == POLICE_LEAD and one.kind == "due"


# Chosen by the partnership


def test_a_partnership_chooses_its_days_and_two_at_once_are_told(app: Flask, world: World) -> None:
    an_action(world, owner_name="Pat Lead", days=20)
    chosen = PlanRules(before=(5,), after=(), to_lead_after=None, to_office_after=None, ask_after_months=(6,))
    with app.app_context(), unit_of_work():
        board, manager = organisations.partnership_by_code(world.partnership), people.by_address(MANAGER)
        assert board is not None and manager is not None
        reminding.choose(board, chosen, version=0, by=manager)
        with pytest.raises(Stale):
            reminding.choose(board, PlanRules(), version=0, by=manager)
        assert queries.settings_of(board.id) == chosen
    for day in (6, 15, 17, 20, 21, 80):
        on(app, day)
    assert len(mails(app)) == 2  # five days before, and on the day


def test_thirty_actions_take_as_many_queries_as_one(app: Flask, world: World) -> None:
    def asked_for() -> int:
        statements: list[str] = []

        def note(*told: object) -> None:
            statements.append(str(told[2]))

        with app.app_context():
            board = organisations.partnership_by_code(world.partnership)
            assert board is not None
            event.listen(db.engine, "before_cursor_execute", note)
            letters_due(board, clock.today() + timedelta(days=20))
            event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    an_action(world, owner_name="Pat Lead", days=20)
    few = asked_for()
    for number in range(30):
        an_action(world, owner_name="Pat Lead", days=20, text=f"Action {number}.")
    assert 0 < asked_for() <= few
