"""`flask cycles`: opening a year from the command line.

The group is named for what an office opens; it lives here because opening gives every
organisation its return.
"""

from datetime import datetime

import click
from flask.cli import AppGroup

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.cycles import operations as cycles
from s11.organisations import queries as organisations
from s11.questionnaires import queries as questionnaires
from s11.returns.operations import issue, tell_of_unsigned

cycles_cli = AppGroup("cycles", help="Open a cycle, and tell the office of returns that nobody can sign.")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@cycles_cli.command("open")
@click.argument("code")
@click.option("--partnership", "partnership_code", required=True, help="Code of the partnership.")
@click.option("--edition", "edition_code", required=True, help="Code of the questionnaire's edition.")
@click.option("--title", required=True)
@click.option("--opens", type=DAY, required=True, help="Day it opens, as 2027-01-31.")
@click.option("--due", type=DAY, required=True, help="Day returns are due.")
@click.option("--kind", "kinds", multiple=True, help="Ask organisations of this kind; repeat for several.")
@click.option("--organisation", "names", multiple=True, help="Ask this organisation; repeat for several.")
def open_cycle(
    code: str,
    partnership_code: str,
    edition_code: str,
    title: str,
    opens: datetime,
    due: datetime,
    kinds: tuple[str, ...],
    names: tuple[str, ...],
) -> None:
    """Open the cycle CODE and ask organisations by kind, by name, or both."""
    try:
        with unit_of_work():
            partnership = organisations.partnership_by_code(partnership_code)
            if partnership is None:
                raise click.ClickException(f"No partnership has the code “{partnership_code}”.")
            edition = questionnaires.edition_by_code(edition_code)
            if edition is None:
                raise click.ClickException(f"No edition has the code “{edition_code}”. Load it first.")
            seated = organisations.seated(partnership.id)
            wanted = [o for o in seated if o.kind in kinds or o.name in names or o.short_name in names]
            if not wanted:
                raise click.ClickException("Nobody would be asked. Name a --kind or an --organisation.")
            cycle = cycles.plan(
                partnership, edition, code=code, title=title, opens_on=opens.date(), due_on=due.date()
            )
            returns = issue(cycle, wanted)
            click.echo(f"{cycle.title} is open: {len(returns)} organisations are asked.")
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None


@cycles_cli.command("unsigned")
def unsigned() -> None:
    """Tell each office of the returns that wait for a signature nobody can give, once in each round.

    Signing tells it by itself; this finds those whose signatory has left since. Run it once a day.
    """
    with unit_of_work():
        waiting, told = tell_of_unsigned()
    click.echo(f"{waiting} returns wait to be signed; of {told} the office was told just now.")
