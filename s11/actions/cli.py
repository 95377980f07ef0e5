"""`flask actions`: the plan on the command line."""

import click
from flask.cli import AppGroup

from s11.actions import pages, queries
from s11.core import clock
from s11.core.sheets import write_csv
from s11.organisations import queries as organisations

actions_cli = AppGroup("actions", help="Read the composite action plan.")


@actions_cli.command("list")
@click.option("--partnership", "code", required=True, help="Code of the partnership.")
@click.option("--format", "form", type=click.Choice(["csv", "text"]), default="text", show_default=True)
def list_(code: str, form: str) -> None:
    """Print every action of a partnership's plan."""
    partnership = organisations.partnership_by_code(code)
    if partnership is None:
        raise click.ClickException(f"No partnership has the code “{code}”.")
    today = clock.today()
    rows = list(pages.sheet_rows(queries.sheet_of_partnership(partnership.id), today))
    if form == "csv":
        click.echo(write_csv(rows, pages.COLUMNS), nl=False)
        return
    for row in rows:
        said = f"{row['Owner']}, {row['Date']}, {row['Standing']}"
        click.echo(f"{row['Ref']}  {row['Organisation']}: {row['Action']} ({said})")
    overdue = sum(1 for row in rows if row["Days overdue"])
    click.echo(f"{len(rows)} actions, {overdue} overdue.")
