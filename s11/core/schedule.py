"""What is done by the clock: one cron line runs everything that is due, without a broker.

Rooms name their tasks to `create_app`, which alone knows every room. `flask schedule run` does each that
is due and keeps when it ran, how it ended and what it said, so that a page can warn when nothing ran.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from s11.core.database import Base, Moment

EXTENSION = "s11-tasks"


@dataclass(frozen=True)
class Task:
    """Something done by the clock. `do` opens its own units of work and says in a line what it did."""

    name: str
    what: str  # in words, for the page
    every: timedelta
    do: Callable[[], str]


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
