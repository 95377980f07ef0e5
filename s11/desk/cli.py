"""`flask cycles remind`: what the clock does once an hour, done by hand."""

import click

from s11.core.database import glance
from s11.desk.operations import remind_all, would_go
from s11.desk.reminding import said
from s11.returns.cli import cycles_cli
from s11.web.filters import plural

__all__ = ["cycles_cli"]


@cycles_cli.command("remind")
@click.option("--dry-run", is_flag=True, help="Say whom it would remind, and send nothing.")
def remind(dry_run: bool) -> None:
    """Remind whoever is due to be reminded today by the rules of the cycles, each once."""
    if not dry_run:
        click.echo(remind_all())
        return
    with glance():
        for rule, outlook in would_go():
            who = plural(len(outlook.parcels), "organisation")
            click.echo(f"{rule.cycle.title}: {said(rule)} {who}, {plural(outlook.mails, 'mail')}.")
            for one in outlook.left_out:
                click.echo(f"  {one.one.organisation}: {one.why}")
    click.echo("Nothing was sent.")
