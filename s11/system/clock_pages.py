"""What the page of the clock prints."""

from dataclasses import dataclass
from datetime import datetime

from s11.core import clock, schedule
from s11.core.config import PROJECT
from s11.core.schedule import Standing
from s11.notices import queries as notices
from s11.system import queries


@dataclass(frozen=True)
class Line:
    """One task and its last run, in words."""

    what: str
    began: datetime | None
    state: str
    tone: str
    said: str
    succeeded: datetime | None
    next_at: datetime | None


@dataclass(frozen=True)
class ClockPage:
    """Every task, the numbers of the outbox, and how to set the clock up."""

    lines: list[Line]
    silent: bool
    last_at: datetime | None
    waiting: int
    unsure: int
    not_sent: int
    own_unsure: int

    @property
    def cron(self) -> str:
        return f"* * * * * cd {PROJECT} && .venv/bin/flask --app wsgi schedule run >/dev/null"

    @property
    def service(self) -> str:
        return (
            "# /etc/systemd/system/s11-clock.service\n[Service]\nType=oneshot\nUser=s11\n"
            f"WorkingDirectory={PROJECT}\nEnvironmentFile=/etc/s11.env\n"
            f"ExecStart={PROJECT}/.venv/bin/flask --app wsgi schedule run"
        )

    @property
    def timer(self) -> str:
        return (
            "# /etc/systemd/system/s11-clock.timer\n[Timer]\nOnCalendar=minutely\nAccuracySec=5s\n\n"
            "[Install]\nWantedBy=timers.target"
        )


def clock_page() -> ClockPage:
    waiting, unsure, not_sent = notices.numbers()
    return ClockPage(
        [line_of(standing) for standing in schedule.standings()],
        schedule.is_silent(clock.now()),
        schedule.last_started(),
        waiting,
        unsure,
        not_sent,
        queries.unsure_of_no_partnership(),
    )


def line_of(standing: Standing) -> Line:
    last = standing.last
    state, tone = how(standing)
    return Line(
        standing.task.what,
        last.started_at if last else None,
        state,
        tone,
        (last.fault or last.said) if last else "",
        last.succeeded_at if last else None,
        standing.next_at,
    )


def how(standing: Standing) -> tuple[str, str]:
    """How the last run ended, and the tone in which to say so."""
    if standing.last is None or standing.last.started_at is None:
        return "Never ran", "todo"
    if standing.was_killed:
        return "Never ended", "alert"
    if standing.is_running:
        return "Running", "doing"
    return ("Went wrong", "alert") if standing.last.fault else ("Well", "done")
