"""`flask organisations`: founding a partnership and seating its organisations."""

import click
from flask.cli import AppGroup

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.organisations import operations, queries
from s11.organisations.rules import Kind

organisations_cli = AppGroup("organisations", help="Found a partnership and add its organisations.")


@organisations_cli.command("found")
@click.argument("code")
@click.option("--name", required=True, help="Name of the partnership.")
@click.option("--board-word", default="the Board", help="What people call it.")
def found(code: str, name: str, board_word: str) -> None:
    """Found a partnership under a short CODE."""
    with unit_of_work():
        partnership = operations.found(code=code, name=name, board_word=board_word)
        click.echo(f"{partnership.name} has the code {partnership.code}.")


@organisations_cli.command("add")
@click.argument("name")
@click.option("--partnership", "code", required=True, help="Code of the partnership it sits in.")
@click.option("--kind", required=True, type=click.Choice([str(kind) for kind in Kind]))
@click.option("--short-name", default="")
@click.option("--phase", default="", help="Of a school: nursery, primary, secondary, ...")
@click.option("--statutory", is_flag=True, help="Bound by section 11 itself.")
@click.option("--commissions", is_flag=True, help="Commissions services for children or families.")
@click.option("--residential", is_flag=True, help="Children live or sleep there.")
@click.option("--ofsted-grade", default="", help="In words, as questionnaires ask for it: Good.")
def add(
    name: str,
    code: str,
    kind: str,
    short_name: str,
    phase: str,
    statutory: bool,
    commissions: bool,
    residential: bool,
    ofsted_grade: str,
) -> None:
    """Add an organisation called NAME."""
    try:
        with unit_of_work():
            partnership = queries.partnership_by_code(code)
            if partnership is None:
                raise click.ClickException(f"No partnership has the code “{code}”.")
            organisation = operations.add(
                partnership,
                name=name,
                kind=kind,
                short_name=short_name,
                phase=phase,
                bound_by_statute=statutory,
                commissions_services=commissions,
                residential=residential,
                ofsted_grade=ofsted_grade,
            )
            click.echo(f"{organisation.name} sits in {partnership.name}.")
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None
