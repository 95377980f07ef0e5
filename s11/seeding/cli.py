"""`flask seed`: a partnership to look at, with three years behind it."""

import json
from dataclasses import asdict
from importlib import import_module
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from s11.core.errors import DomainError
from s11.core.safety import is_in_use

seed_cli = AppGroup("seed", help="Load the demonstration: an invented partnership.")


@seed_cli.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Print who can sign in, as JSON and nothing else.")
def demo(as_json: bool) -> None:
    """Load the invented partnership, once; a second time changes nothing."""
    if is_in_use(current_app.config["S11"]):
        raise click.ClickException(
            "The demonstration is not loaded into a service that others can reach: everybody knows the "
            "password of its people. Load it on your own machine, without S11_HOST and S11_BASE_URL."
        )
    # Typesetter and Word writer, which only this command needs, are loaded when it runs.
    seeding: Any = import_module("s11.seeding.demo")
    try:
        size, made = seeding.prepare(lambda step: click.echo(f"  {step}...", err=True))
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(
            f"The database cannot be used ({error.orig}). If it is new, run flask db upgrade first; "
            "if somebody else is writing to it, wait a little and run this again."
        ) from None
    if as_json:
        click.echo(json.dumps([asdict(person) for person in seeding.people()], ensure_ascii=False, indent=1))
        return
    counted = ", ".join(f"{number} {thing}" for thing, number in asdict(size).items())
    click.echo(f"{'Loaded' if made else 'Already here'}: {counted}.")
    first = seeding.people()[0]
    click.echo(f"Sign in at {current_app.config['S11'].address}/sign-in as {first.address}: {first.password}")
    click.echo("Everybody else who can sign in: flask seed demo --json")
