"""Reminders by the clock: on their day, each once, whoever runs it and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import event

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.schedule import tasks
from s11.cycles import operations as cycles
from s11.cycles.days import Dates
from s11.cycles.operations import exempt, extend
from s11.desk.operations import add_rule, remind_all
from s11.desk.operations.composing import Chase, look_ahead
from s11.desk.operations.reminding import remind_by_day
from s11.desk.queries.history import rules_of
from s11.desk.reminding import NewRule
from s11.desk.rules import Whom
from s11.notices.models import NoticeTemplate
from s11.organisations import operations as organisations
from s11.people.rules import Role
from s11.register.rules import ContactRole
from s11.returns.operations import issue
from tests.desk.some import a_contact, cycle_of, due_in, invitation_of, mails, reminded
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World, a_person, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database

UNDER_HALF = NewRule(7, Whom.UNDER, under_percent=50)
EVERYBODY = NewRule(7, Whom.EVERYBODY)
LATE = NewRule(-3, Whom.EVERYBODY, template="overdue", copies_senior=True)


def a_rule(world: World, *rules: NewRule) -> None:
    with world.app.app_context(), unit_of_work():
        for rule in rules:
            add_rule(cycle_of(world), rule)


def run(world: World, *, days_before: int) -> str:
    with due_in(world, days_before), world.app.app_context():
        return remind_all()


def test_seven_days_before_only_those_under_half_are_reminded(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A - -", by=POLICE_LEAD)  # 2 of 4
    a_return(app, world.housing, "G - - -", by=HOUSING_LEAD)  # 1 of 4
    a_rule(world, UNDER_HALF)
    assert run(world, days_before=8) == "0 organisations reminded in 0 mails."
    assert run(world, days_before=7) == "1 organisation reminded in 1 mail."
    ((to, subject),) = mails(app)
    assert to == HOUSING_LEAD and subject.startswith("Cycle TINY-2026 is due on ")


def test_however_often_it_runs_each_is_reminded_once(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    assert run(world, days_before=7) == "2 organisations reminded in 2 mails."
    for days_before in (7, 6, 5, 4, 3):
        assert run(world, days_before=days_before) == "0 organisations reminded in 0 mails."
    assert len(mails(app)) == 2


def test_two_runs_at_the_same_moment_send_one_mail_each(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    start = Barrier(2)

    def at_once() -> str:
        start.wait()
        return run(world, days_before=7)

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(at_once) for _ in range(2)]
        said = sorted(one.result() for one in runs)
    assert said == ["0 organisations reminded in 0 mails.", "2 organisations reminded in 2 mails."]
    assert len(mails(app)) == 2 and len(reminded(app)) == 2


def test_a_run_that_was_missed_is_made_up_for_three_days_and_no_longer(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    assert run(world, days_before=3) == "0 organisations reminded in 0 mails."
    assert run(world, days_before=4) == "2 organisations reminded in 2 mails."


def test_returned_and_let_off_are_left_alone(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        exempt(invitation_of(world, "Housing"), reason="It has closed.")
    a_rule(world, EVERYBODY)
    assert run(world, days_before=7) == "0 organisations reminded in 0 mails."


def test_whoever_was_given_longer_is_reminded_before_the_new_day(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    with app.app_context(), unit_of_work():
        until = cycle_of(world).due_on + timedelta(days=10)
        extend(invitation_of(world, "Police"), until=until, reason="A new lead.")
    assert run(world, days_before=7) == "1 organisation reminded in 1 mail."
    assert [name for name, _, _ in reminded(app)] == ["Housing"]
    assert run(world, days_before=-3) == "1 organisation reminded in 1 mail."
    assert reminded(app)[-1] == ("Police", until, 1)


def test_a_new_date_after_a_reminder_brings_another(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    run(world, days_before=7)
    with app.app_context(), unit_of_work():
        until = cycle_of(world).due_on + timedelta(days=10)
        extend(invitation_of(world, "Police"), until=until, reason="A new lead.")
    assert run(world, days_before=-3) == "1 organisation reminded in 1 mail."
    assert len(mails(app)) == 3


def test_three_days_after_it_is_overdue_and_the_senior_person_gets_a_copy(app: Flask, world: World) -> None:
    a_contact(world, "Chief Constable", "chief@police.example", ContactRole.SENIOR)
    a_rule(world, LATE)
    assert run(world, days_before=-3) == "2 organisations reminded in 3 mails."
    assert [to for to, _ in mails(app)] == [HOUSING_LEAD, POLICE_LEAD, "chief@police.example"]
    assert all("was due on" in subject for _, subject in mails(app))


def test_two_rules_of_one_day_write_once_and_the_other_is_noted(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY, UNDER_HALF)
    said = run(world, days_before=7)
    assert said == "2 organisations reminded in 2 mails; 2 reminded a short while before."
    assert run(world, days_before=5) == "0 organisations reminded in 0 mails."
    assert len(mails(app)) == 2 and [count for _, _, count in reminded(app)] == [1, 1, 0, 0]


def test_closed_stopped_and_cycles_nobody_is_asked_in_yet_remind_nobody(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    for column in ("closed_at", "issued_at"):
        with app.app_context(), unit_of_work():
            cycle = cycle_of(world)
            cycle.issued_at, cycle.closed_at = clock.now(), None
            setattr(cycle, column, clock.now() if column == "closed_at" else None)
        assert run(world, days_before=7) == "0 organisations reminded in 0 mails."
    with app.app_context(), unit_of_work():
        cycle_of(world).issued_at = clock.now()
        for rule in rules_of(cycle_of(world).id):
            rule.stopped_at = clock.now()
    assert run(world, days_before=7) == "0 organisations reminded in 0 mails."


def test_words_that_cannot_be_filled_in_hold_up_no_other_rule(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY, NewRule(7, Whom.NOT_STARTED, template="overdue"))
    with app.app_context(), unit_of_work():
        partnership = cycle_of(world).partnership_id
        db.session.add(
            NoticeTemplate(
                partnership_id=partnership,
                key="reminder",
                subject="S",
                body="((moon))",
                changed_at=clock.now(),
            )
        )
    assert run(world, days_before=7) == (
        "2 organisations reminded in 2 mails; 1 rule whose words cannot be filled in."
    )


def test_nobody_is_reminded_in_the_night(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    with app.app_context():
        day = cycle_of(world).due_on - timedelta(days=7)
        with clock.pretend(clock.end_of(day) - timedelta(hours=18)):
            assert remind_by_day() == "0 organisations reminded in 0 mails; 1 rule before 7 in the morning."
        with clock.pretend(clock.end_of(day) - timedelta(hours=16)):
            assert remind_by_day() == "2 organisations reminded in 2 mails."


def test_the_clock_knows_of_it(app: Flask) -> None:
    with app.app_context():
        assert "reminders" in [task.name for task in tasks()]


def test_a_dry_run_names_whom_it_would_remind_and_sends_nothing(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    with due_in(world, 7):
        said = app.test_cli_runner().invoke(args=["cycles", "remind", "--dry-run"]).output
        assert "Cycle TINY-2026: 7 days before its due day, to everybody who has not returned. " in said
        assert "2 organisations, 2 mails." in said and "Nothing was sent." in said
        assert mails(app) == []
        said = app.test_cli_runner().invoke(args=["cycles", "remind"]).output
    assert "2 organisations reminded in 2 mails." in said


def test_the_page_says_when_each_rule_writes_and_to_how_many(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/reminders")
    page = browser.submit("/reminders/usual")
    assert "4 rules are added." in page.text
    assert page.text.count("to those under 50 % of what they are asked") >= 2
    with app.app_context():
        due = cycle_of(world).due_on
    for days_before in (14, 7, 0, -3):
        on = due - timedelta(days=days_before)
        assert f"{on.day} {on:%B %Y}" in page.text
    assert "They are all there." in browser.submit("/reminders/usual").text
    shown = browser.open(page.href("7 days before its due day, to those under 50 %"))
    assert "it would send 2 mails to 2 organisations" in shown.text and "Dear Pat Lead" in shown.text


def test_a_rule_is_added_checked_and_stopped_on_the_page(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/reminders")
    page = browser.submit("/reminders", status=422, whom="under", days="abc", percent="")
    assert "Not a valid integer" not in page.text and "Enter a number of days from 0 to 90." in page.text
    assert "Enter a number from 1 to 100" in page.text and page.form("/reminders").data()["days"] == "abc"
    assert "Enter how many days." in browser.submit("/reminders", status=422, days="").text
    good = {"when": "after", "days": "2", "whom": "not_started", "template": "overdue", "copies_senior": "y"}
    page = browser.submit("/reminders", **good)
    sentence = "2 days after its due day, to those who have not started, with a copy to the senior person."
    assert f"Added: {sentence}" in page.text
    assert "There is this very rule already." in browser.submit("/reminders", status=422, **good).text
    browser.open(f"/cycles/{world.cycle}/reminders")
    assert f"Stopped: {sentence}" in browser.submit("/stop").text
    with app.app_context():
        assert rules_of(cycle_of(world).id) == []


def test_the_page_asks_as_much_of_the_database_for_two_as_for_sixty(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    counted = [_queries(app, world)]
    _ask_more(app, world, 58)
    counted.append(_queries(app, world))
    assert counted[0] == counted[1]


def _queries(app: Flask, world: World) -> int:
    asked: list[str] = []
    browser = Browser(app)
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/chase")
    with app.app_context():
        engine = db.engine

    def count(*args: object) -> None:
        asked.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", count)
    browser.open(f"/cycles/{world.cycle}/chase")
    browser.open(f"/cycles/{world.cycle}/reminders")
    event.remove(engine, "before_cursor_execute", count)
    return len(asked)


def _ask_more(app: Flask, world: World, count: int) -> None:
    with app.app_context(), unit_of_work():
        cycle = cycle_of(world)
        more = [
            organisations.add(
                cycle.partnership, name=f"Setting {turn}", short_name=f"S{turn}", kind="housing"
            )
            for turn in range(count)
        ]
        issue(cycle, more, tell=False)
        for turn, one in enumerate(more):
            a_person(f"Lead {turn}", f"lead{turn}@settings.example", Role.LEAD, one)


def test_the_morning_is_the_partnerships_own(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    with app.app_context():
        day = cycle_of(world).due_on - timedelta(days=7)
        with unit_of_work():
            cycle_of(world).partnership.time_zone = "Atlantic/Stanley"  # three hours behind London
        with clock.pretend(clock.start_of(day) + timedelta(hours=8)):
            assert remind_by_day() == "0 organisations reminded in 0 mails; 1 rule before 7 in the morning."
        with clock.pretend(clock.start_of(day + timedelta(days=1)) + timedelta(hours=2)):
            assert remind_by_day().startswith("2 organisations"), "in Stanley the day is not over"
    assert {due_on for _, due_on, _ in reminded(app)} == {day + timedelta(days=7)}


def test_whoever_closed_left_or_is_not_open_yet_is_not_written_to(app: Flask, world: World) -> None:
    a_rule(world, EVERYBODY)
    with app.app_context(), unit_of_work():
        cycle, police = cycle_of(world), invitation_of(world, "Police").organisation
        police.closed_on = clock.today()
        housing = invitation_of(world, "Housing")
        due = cycle.due_on
        housing.group = cycles.add_group(cycle, "Late", Dates(due - timedelta(days=3), due))
    assert run(world, days_before=7) == "0 organisations reminded in 0 mails."
    with due_in(world, 7), app.app_context():
        chased = look_ahead(cycle_of(world), Chase("reminder", frozenset({"lead"})))
        assert chased.parcels == []
        assert [(one.one.organisation, one.why[:22]) for one in chased.left_out] == [
            ("Harbour Housing", "Is not open to it befo"),
            ("Northshire Police", "Has closed or left by "),
        ]
