"""`flask schedule`: everything that is done by the clock, from one cron line or timer."""

import click
from flask.cli import AppGroup

from s11.core import schedule
from s11.core.database import glance
from s11.web.filters import moment

schedule_cli = AppGroup("schedule", help="Do what is due by the clock, and say when it was last done.")


@schedule_cli.command("run")
def run() -> None:
    """Do everything that is due. Run it every minute; what is not due is left, and nothing is done twice."""
    ran = schedule.run_due()
    for one in ran:
        click.echo(f"{one.task.name}: {one.fault or one.said}", err=bool(one.fault))
    if any(one.fault for one in ran):
        raise click.exceptions.Exit(1)


@schedule_cli.command("show")
def show() -> None:
    """Say of every task when it last ran, and how that ended."""
    with glance():
        for standing in schedule.standings():
            last = standing.last
            began = moment(last.started_at) if last and last.started_at else "never"
            click.echo(f"{standing.task.name}: {began}. {(last.fault or last.said) if last else ''}".rstrip())
