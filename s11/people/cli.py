"""`flask people`: letting the first people in."""

import click
from flask.cli import AppGroup

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.organisations import queries as organisations
from s11.people import operations
from s11.people.rules import BOARD_ROLES, Role

people_cli = AppGroup("people", help="Add people and give them roles.")


@people_cli.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Full name.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--at", "place", required=True, help="Code of a partnership, or name of an organisation.")
@click.option("--job-title", default="", help="What they are called where they work.")
@click.option("--signs-as", default="", help="The step of a sign-off chain a signatory gives.")
@click.password_option(help="Their password; asked for when it is not given.")
def add(email: str, name: str, role: str, place: str, job_title: str, signs_as: str, password: str) -> None:
    """Add a person, or give a further role to one who is known by this address."""
    wanted = Role(role)
    try:
        with unit_of_work():
            at = (
                organisations.partnership_by_code(place)
                if wanted in BOARD_ROLES
                else organisations.by_name(place)
            )
            if at is None:
                kind = "partnership has the code" if wanted in BOARD_ROLES else "organisation has the name"
                raise click.ClickException(f"No {kind} “{place}”.")
            person = operations.add(name=name, email=email, password=password)
            operations.give_role(person, wanted, at=at, job_title=job_title, signs_as=signs_as)
            click.echo(f"{person.name} <{person.email}> is now {wanted} at {at.name}.")
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None
