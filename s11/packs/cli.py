"""`flask packs`: building a pack on the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from s11.challenge import queries as challenge
from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.core.storage import files
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.packs import operations, queries
from s11.packs.pdf import NotSet
from s11.returns import queries as returns
from s11.web.filters import plural

packs_cli = AppGroup("packs", help="Build challenge-day packs.")


@packs_cli.command("build")
@click.option("--cycle", "code", required=True, help="Code of the cycle.")
@click.option("--partnership", "board", default="", help="Code of the partnership, if several use the code.")
@click.option(
    "--organisation", "names", multiple=True, help="Name of an organisation; all that are in if none."
)
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def build(code: str, board: str, names: tuple[str, ...], output: Path) -> None:
    """Build the pack of a cycle, keep it, and write a copy to a file."""
    try:
        with unit_of_work():
            cycle = _cycle(code, board)
            pack = operations.build(cycle, _organisations(cycle.id, names), by=None)
            (written,) = queries.files_of([pack.id])[pack.id]
            with files().open(written.storage_key) as kept:
                output.write_bytes(kept.read())
            click.echo(
                f"{output}: {written.pages} pages about {plural(len(pack.organisations), 'organisation')}."
            )
    except (DomainError, NotSet, OSError) as refusal:
        raise click.ClickException(getattr(refusal, "sentence", str(refusal))) from None


def _cycle(code: str, board: str) -> Cycle:
    partnership = organisations.partnership_by_code(board) if board else None
    if board and partnership is None:
        raise click.ClickException(f"No partnership has the code “{board}”.")
    found = cycles.by_code(code, partnership.id if partnership else None)
    if not found:
        raise click.ClickException(f"No cycle has the code “{code}”.")
    if len(found) > 1:
        raise click.ClickException(
            f"Several partnerships have a cycle “{code}”. Say which with --partnership."
        )
    return found[0]


def _organisations(cycle_id: int, names: tuple[str, ...]) -> list[Organisation]:
    """The organisations named, or every one whose return is in."""
    if names:
        return [_organisation(name) for name in names]
    is_in = {one.organisation_id for one in returns.submitted(cycle_id)}
    return [one for one in challenge.asked(cycle_id) if one.id in is_in]


def _organisation(name: str) -> Organisation:
    found = organisations.by_name(name)
    if found is None:
        raise click.ClickException(f"No organisation, or more than one, is called “{name}”.")
    return found
