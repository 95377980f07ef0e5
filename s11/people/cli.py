"""`flask people`: letting the first people in."""

from datetime import date

import click
from flask.cli import AppGroup

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.people import operations
from s11.people.rules import BOARD_ROLES, INSTALLATION_ROLES, Role

people_cli = AppGroup("people", help="Add people and give them roles.")


@people_cli.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Full name.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option(
    "--at",
    "place",
    default="",
    help="Code of a partnership, or name of an organisation; none for a system administrator.",
)
@click.option("--job-title", default="", help="What they are called where they work.")
@click.option("--signs-as", default="", help="The step of a sign-off chain a signatory gives.")
@click.option("--until", default="", help="Last day of the role, as 2027-03-31; an inspector needs one.")
@click.password_option(help="Their password; asked for when it is not given.")
def add(
    email: str,
    name: str,
    role: str,
    place: str,
    job_title: str,
    signs_as: str,
    until: str,
    password: str,
) -> None:
    """Add a person, or give a further role to one who is known by this address."""
    wanted = Role(role)
    try:
        with unit_of_work():
            at = place_of(wanted, place)
            last_day = day_of(wanted, until)
            person = operations.add(name=name, email=email, password=password)
            held = operations.give_role(
                person, wanted, at=at, job_title=job_title, signs_as=signs_as, until=last_day
            )
            click.echo(f"{person.name} <{person.email}> is now {wanted} at {held.full_place}.")
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None


def place_of(role: Role, named: str) -> Partnership | Organisation | None:
    """The place a role is to be held at; None for one that belongs to the installation."""
    if role in INSTALLATION_ROLES and (not named or named == "installation"):
        return None
    at: Partnership | Organisation | None
    if role in BOARD_ROLES | INSTALLATION_ROLES:
        kind, at = "partnership has the code", organisations.partnership_by_code(named)
    else:
        kind, at = "organisation has the name", organisations.by_name(named)
    if at is None:
        raise click.ClickException(f"No {kind} “{named}”.")
    return at


def day_of(role: Role, typed: str) -> date | None:
    """The last day of a role: an inspector's always has one."""
    if not typed:
        if role is Role.INSPECTOR:
            raise click.ClickException("Give the last day on which an inspector may look, with --until.")
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise click.ClickException(f"“{typed}” is no day. Write it as 2027-03-31.") from None
