"""Commands about personal data: they touch every room, so they stand in the last."""

import click
from flask import current_app
from flask.cli import with_appcontext

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.home import leaving, retention
from s11.people import queries as people
from s11.people.cli import people_cli
from s11.people.models import Person


@people_cli.command("pseudonymise")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def pseudonymise(email: str, yes: bool) -> None:
    """Take the name and address of somebody who left out of everything that is still open."""
    try:
        person = person_or_fault(email)
        leaving.check_has_left(person)
        name = person.name
        if not yes:
            click.confirm(
                f"{name} <{person.email}> can never sign in again, and their name cannot be brought back. "
                "Signatures, submissions and the trail keep it. Go on?",
                abort=True,
            )
        with unit_of_work():
            known_as = leaving.pseudonymise(person_or_fault(email), by=None)
        click.echo(f"{name} is now {known_as}.")
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None


def person_or_fault(email: str) -> Person:
    person = people.by_address(email)
    if person is None:
        raise click.ClickException(f"Nobody has the address “{email}”.")
    return person


@click.command("retention")
@with_appcontext
@click.option("--run", is_flag=True, help="Remove it. Without this, nothing is changed.")
def retention_cli(run: bool) -> None:
    """Say what is past its time by the settings; remove it with --run."""
    settings = current_app.config["S11"]
    if not run:
        found = retention.past_its_time(settings).sentences()
        for sentence in found:
            click.echo(sentence)
        click.echo("Nothing was changed. To remove it: flask retention --run" if found else NOTHING)
        return
    with unit_of_work():
        gone = retention.remove(retention.past_its_time(settings))
    for what, count in gone.items():
        click.echo(f"Removed: {count} {what}")
    if not gone:
        click.echo(NOTHING)


NOTHING = "Nothing is past its time."
