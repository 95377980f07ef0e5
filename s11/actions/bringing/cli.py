"""`flask actions import`: an action plan that exists already, brought into the composite plan."""

from datetime import datetime
from pathlib import Path

import click

from s11.actions.bringing import operations
from s11.actions.bringing.columns import guess_all
from s11.actions.bringing.known import known_of
from s11.actions.bringing.reading import read
from s11.actions.bringing.telling import lines_of
from s11.actions.bringing.understanding import understand
from s11.actions.cli import actions_cli
from s11.actions.operations import source_there
from s11.actions.rules import WITH_RECOMMENDATIONS, Source
from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.organisations import queries as organisations
from s11.organisations.models import Partnership

KINDS = [str(kind) for kind in WITH_RECOMMENDATIONS]


@actions_cli.command("import")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--partnership", "code", required=True, help="Code of the partnership whose plan it is.")
@click.option("--title", required=True, help="Title of the review, inspection or audit it answers.")
@click.option("--kind", type=click.Choice(KINDS), default=str(Source.REVIEW), show_default=True)
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="Day it was published, as 2027-03-31.")
@click.option("--dry-run", is_flag=True, help="Only say what is understood.")
def import_(path: Path, code: str, title: str, kind: str, dated: datetime | None, dry_run: bool) -> None:
    """Bring in the action plan in FILE: Word, Excel, CSV or text. What it lacks is mended in the plan."""
    partnership = organisations.partnership_by_code(code)
    if partnership is None:
        raise click.ClickException(f"No partnership has the code “{code}”.")
    try:
        with clock.in_zone(partnership.time_zone):
            if dry_run:
                only_say(partnership, path, kind=kind, title=title)
                return
            about = operations.About(kind, title, dated.date() if dated else None)
            take_in(code, path, about)
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None


def only_say(partnership: Partnership, path: Path, *, kind: str, title: str) -> None:
    tables = read(path.read_bytes(), path.name)
    source = source_there(partnership, kind=kind, title=title)
    known = known_of(partnership, today=clock.today(), source=source)
    for line in lines_of(understand(tables, guess_all(tables), {}, known)):
        click.echo(line)
    click.echo("\nNothing was changed.")


def take_in(code: str, path: Path, about: operations.About) -> None:
    with unit_of_work():
        partnership = organisations.partnership_by_code(code)
        begun = operations.begin(
            partnership, about=about, data=path.read_bytes(), file_name=path.name, by=None
        )
        for line in lines_of(operations.understood(begun)):
            click.echo(line)
        actions = operations.bring_in(begun, by=None)
    click.echo(f"\n{len(actions)} actions are in the plan.")
