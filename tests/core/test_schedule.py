"""What is done by the clock: everything due, in order, each by itself, and never twice at once."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from s11.core import clock, schedule
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.core.schedule import EXTENSION, ScheduledRun, Task

pytestmark = pytest.mark.database
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


def tasks_are(app: Flask, *tasks: Task) -> None:
    app.extensions[EXTENSION] = list(tasks)


def a_task(
    name: str, do: Callable[[], str] = lambda: "done", minutes: int = 1, at: time | None = None
) -> Task:
    return Task(name, name.capitalize(), timedelta(minutes=minutes), do, at)


def run(app: Flask) -> list[str]:
    with app.app_context():
        return [f"{ran.task.name}: {ran.fault or ran.said}" for ran in schedule.run_due()]


def test_what_is_due_is_done_in_order_and_what_is_not_is_left(app: Flask) -> None:
    tasks_are(app, a_task("one"), a_task("two", minutes=10))
    with time_machine.travel(NINE, tick=False) as now:
        assert run(app) == ["one: done", "two: done"]
        assert run(app) == []
        now.shift(timedelta(seconds=55))  # a cron line never comes to the second
        assert run(app) == ["one: done"]
        now.shift(timedelta(minutes=9))
        assert run(app) == ["one: done", "two: done"]


def test_what_goes_wrong_in_one_stops_no_other_and_is_kept(app: Flask) -> None:
    def refuses() -> str:
        raise DomainError("The scanner does not answer.")

    def breaks() -> str:
        raise RuntimeError("out of paper")

    tasks_are(app, a_task("one", breaks), a_task("two", refuses), a_task("three"))
    assert run(app) == ["one: RuntimeError: out of paper", "two: The scanner does not answer.", "three: done"]
    with app.app_context():
        found = {r.name: r for r in db.session.scalars(select(ScheduledRun))}
        assert found["one"].fault == "RuntimeError: out of paper" and found["one"].succeeded_at is None
        assert found["three"].succeeded_at and not found["three"].fault


def test_a_task_that_is_running_is_not_begun_again_until_it_counts_as_killed(app: Flask) -> None:
    again: list[list[str]] = []

    def looks() -> str:
        again.append(run(app))
        return "done"

    tasks_are(app, a_task("one", looks))
    with time_machine.travel(NINE, tick=False) as now:
        assert run(app) == ["one: done"] and again == [[]]
        with app.app_context(), unit_of_work():
            db.session.scalars(select(ScheduledRun)).one().finished_at = None  # killed
        now.shift(timedelta(minutes=9))
        assert run(app) == []
        now.shift(timedelta(minutes=2))
        tasks_are(app, a_task("one"))
        with app.app_context():
            assert [s.was_killed for s in schedule.standings()] == [True]
        assert run(app) == ["one: done"]


def test_a_run_that_ends_after_its_time_does_not_speak_for_the_next(app: Flask) -> None:
    tasks_are(app, a_task("one"))
    run(app)
    with app.app_context():
        with unit_of_work():
            schedule._finish(schedule.Ran(a_task("one"), "late"), clock.now() - timedelta(hours=1))
        assert db.session.scalars(select(ScheduledRun.said)).all() == ["done"]


def test_what_is_done_at_night_is_done_once_after_its_hour_in_london(app: Flask) -> None:
    tasks_are(app, a_task("night", minutes=24 * 60, at=time(2)))
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC), tick=False) as now:
        assert run(app) == ["night: done"]  # never ran: at once, so that whoever sets it up sees it
        now.move_to(datetime(2026, 7, 2, 0, 59, tzinfo=UTC))
        assert run(app) == []
        now.move_to(datetime(2026, 7, 2, 1, 1, tzinfo=UTC))  # two in London, in summer
        assert run(app) == ["night: done"]
        now.move_to(datetime(2026, 7, 3, 0, 59, tzinfo=UTC))
        assert run(app) == []


def test_silence_is_noticed_after_a_quarter_of_an_hour(app: Flask) -> None:
    tasks_are(app, a_task("one"))
    with app.app_context(), time_machine.travel(NINE, tick=False) as now:
        assert schedule.is_silent(clock.now())
        schedule.run_due()
        now.shift(timedelta(minutes=15))
        assert not schedule.is_silent(clock.now())
        now.shift(timedelta(minutes=1))
        assert schedule.is_silent(clock.now())


def test_the_command_does_what_is_due_and_says_when_it_was_last_done(app: Flask) -> None:
    tasks_are(app, a_task("one", lambda: "3 sent."))
    runner = app.test_cli_runner()
    assert "one: never." in runner.invoke(args=["schedule", "show"]).output
    assert runner.invoke(args=["schedule", "run"]).output == "one: 3 sent.\n"
    shown = runner.invoke(args=["schedule", "show"]).output
    assert shown.startswith("one: ") and shown.endswith("3 sent.\n") and "never" not in shown


def test_every_task_of_the_product_runs(app: Flask) -> None:
    """Nothing is set up, and nothing fails for that."""
    result = app.test_cli_runner().invoke(args=["schedule", "run"])
    assert result.exit_code == 0, result.output
    names = {line.split(":")[0] for line in result.output.splitlines()}
    assert {
        "mail",
        "digests",
        "bounces",
        "evidence scan",
        "evidence verify",
        "unsigned",
        "retention",
    } <= names
