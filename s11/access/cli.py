"""`flask access`: for the day nobody who could help can get in."""

import click
from flask.cli import AppGroup

from s11.access.operations import factors
from s11.core.database import unit_of_work
from s11.people import queries as people

access_cli = AppGroup("access", help="Help people who cannot get in.")


@access_cli.command("reset-factor")
@click.argument("address")
def reset_factor(address: str) -> None:
    """Remove the second step of the person with this e-mail ADDRESS, and tell them by mail."""
    with unit_of_work():
        person = people.by_address(address)
        if person is None:
            raise click.ClickException(f"Nobody has the address “{address}”.")
        removed = factors.reset_factor(person, by=None)
        name = person.name
    click.echo(f"{name}’s second step is removed." if removed else f"{name} has no second step to remove.")
