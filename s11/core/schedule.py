"""What is done by the clock: one cron line runs everything that is due, without a broker.

Rooms name their tasks to `create_app`, which alone knows every room. `flask schedule run` does each that
is due and keeps when it ran, how it ended and what it said, so that a page can warn when nothing ran.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import Flask, current_app
from sqlalchemy import ColumnElement, String, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from s11.core import clock
from s11.core.database import Base, Moment, db, unit_of_work
from s11.core.errors import DomainError

EXTENSION = "s11-tasks"
# A cron line never comes to the second: a task of every minute must not wait for the minute after.
EARLY = timedelta(seconds=20)
# A run that was killed is in the way for so long: ten times its pause, within these.
SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=10), timedelta(hours=2)
# Longer without any run than this, and something is wrong with whatever starts it.
SILENT_AFTER = timedelta(minutes=15)
log = logging.getLogger("s11.schedule")


@dataclass(frozen=True)
class Task:
    """Something done by the clock. `do` opens its own units of work and says in a line what it did."""

    name: str
    what: str  # in words, for the page
    every: timedelta
    do: Callable[[], str]
    # What is done once a day is done after this time in London; without it, a day after the last time.
    at: time | None = None

    @property
    def lease(self) -> timedelta:
        """How long a run has before it counts as killed."""
        return min(max(self.every * 10, SHORTEST_LEASE), LONGEST_LEASE)

    def due_since(self, now: datetime) -> datetime:
        """The moment before which the last run has to have begun for another to be due."""
        if self.at is None:
            return now - max(self.every - EARLY, self.every / 2)
        today = datetime.combine(clock.local(now).date(), self.at, clock.LONDON)
        return today if today <= now else today - timedelta(days=1)

    def next_after(self, began: datetime) -> datetime:
        """When it is due again after a run that began then."""
        if self.at is None:
            return began + self.every
        today = datetime.combine(clock.local(began).date(), self.at, clock.LONDON)
        return today if today > began else today + timedelta(days=1)


class ScheduledRun(Base):
    """The last run of one task."""

    __tablename__ = "scheduled_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    said: Mapped[str] = mapped_column(String(300), default="")
    # The last time it ended well, and what went wrong in the last run; empty where nothing did.
    succeeded_at: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str] = mapped_column(String(300), default="")


def tasks_are(app: Flask, tasks: Iterable[Task]) -> None:
    """Name the tasks of this application."""
    app.extensions.setdefault(EXTENSION, []).extend(tasks)


def tasks() -> list[Task]:
    """Every task, in the order in which they are done."""
    named: list[Task] = current_app.extensions.get(EXTENSION, [])
    return named


# Running


@dataclass(frozen=True)
class Ran:
    """How one task went: what it said, or what went wrong."""

    task: Task
    said: str
    fault: str = ""


def run_due() -> list[Ran]:
    """Do everything that is due, each by itself: what goes wrong in one stops no other."""
    return [ran for task in tasks() if (ran := run(task)) is not None]


def run(task: Task) -> Ran | None:
    """Do one task if it is due and nobody is at it."""
    with unit_of_work():
        _know(task)
    with unit_of_work():
        began = _claim(task)
    if began is None:
        return None
    ran = _done(task)
    with unit_of_work():
        _finish(ran, began)
    return ran


def _done(task: Task) -> Ran:
    try:
        return Ran(task, task.do())
    except DomainError as refusal:
        return Ran(task, "", refusal.sentence)
    except Exception as error:
        # Whatever it is: the tasks after it have to be done all the same.
        log.exception("the task %s failed", task.name)
        return Ran(task, "", f"{type(error).__name__}: {error}")
    finally:
        db.session.remove()


def _know(task: Task) -> None:
    """Have a row for it; two that make it at the same moment make one."""
    if db.session.scalar(select(ScheduledRun.id).where(ScheduledRun.name == task.name)) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(ScheduledRun(name=task.name))
    except IntegrityError:
        log.info("the task %s was made known by another run", task.name)


def _claim(task: Task) -> datetime | None:
    """Begin it, in one statement; None when it is not due or somebody is at it."""
    now = clock.now()
    began = db.session.scalar(
        update(ScheduledRun)
        .where(ScheduledRun.name == task.name, _is_due(task, now))
        .values(started_at=now, finished_at=None)
        .returning(ScheduledRun.id)
        .execution_options(synchronize_session=False)
    )
    return now if began is not None else None


def _is_due(task: Task, now: datetime) -> ColumnElement[bool]:
    last, ended = ScheduledRun.started_at, ScheduledRun.finished_at
    return or_(
        last.is_(None),
        and_(ended.is_not(None), last < task.due_since(now)),
        and_(ended.is_(None), last < now - task.lease),
    )


def _finish(ran: Ran, began: datetime) -> None:
    """Keep how it ended, unless it took so long that another run has begun."""
    now = clock.now()
    ended = {"finished_at": now, "said": ran.said[:300], "fault": ran.fault[:300]}
    if not ran.fault:
        ended["succeeded_at"] = now
    db.session.execute(
        update(ScheduledRun)
        .where(ScheduledRun.name == ran.task.name, ScheduledRun.started_at == began)
        .values(**ended)
        .execution_options(synchronize_session=False)
    )


# Looking


@dataclass(frozen=True)
class Standing:
    """A task and its last run."""

    task: Task
    last: ScheduledRun | None

    @property
    def next_at(self) -> datetime | None:
        """When it is due again; None when it has never run, and is due now."""
        began = self.last.started_at if self.last else None
        return self.task.next_after(began) if began else None

    @property
    def is_running(self) -> bool:
        return bool(self.last and self.last.started_at and not self.last.finished_at and not self.was_killed)

    @property
    def was_killed(self) -> bool:
        """It began, never ended, and has had its time."""
        if self.last is None or self.last.started_at is None or self.last.finished_at:
            return False
        return self.last.started_at < clock.now() - self.task.lease


def standings() -> list[Standing]:
    """Every task with its last run."""
    found = {run.name: run for run in db.session.scalars(select(ScheduledRun).order_by(ScheduledRun.id))}
    return [Standing(task, found.get(task.name)) for task in tasks()]


def last_started() -> datetime | None:
    """When anything was last begun by the clock; None when nothing ever was."""
    return db.session.scalar(select(func.max(ScheduledRun.started_at)))


def is_silent(now: datetime) -> bool:
    """Whether nothing has been begun for so long that somebody should look."""
    last = last_started()
    return last is None or last < now - SILENT_AFTER
