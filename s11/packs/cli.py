"""`flask packs`: building a pack on the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from s11.challenge import queries as challenge
from s11.core import clock
from s11.core.database import glance, unit_of_work
from s11.core.errors import DomainError
from s11.core.storage import files
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.packs import operations, queries
from s11.packs.contents import Wanted
from s11.packs.kinds import Audience, Format
from s11.packs.models import Pack, PackFile
from s11.packs.rules import HOLDS
from s11.returns import queries as returns
from s11.web.filters import plural

packs_cli = AppGroup("packs", help="Build challenge-day packs.")
AUDIENCES = [str(one) for one in Audience]
FORMATS = [str(one) for one in Format]


@packs_cli.command("build")
@click.option("--cycle", "code", required=True, help="Code of the cycle.")
@click.option("--partnership", "board", default="", help="Code of the partnership, if several use the code.")
@click.option("--audience", type=click.Choice(AUDIENCES), default=AUDIENCES[0], help="Whom it is for.")
@click.option(
    "--organisation",
    "names",
    multiple=True,
    help="Name of an organisation: whose pack it is, or whom it is about; all that are in if none.",
)
@click.option("--format", "ending", type=click.Choice(FORMATS), help="As the output ends, if not given.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def build(
    code: str, board: str, audience: str, names: tuple[str, ...], ending: str | None, output: Path
) -> None:
    """Build a pack of a cycle, keep it, and write a copy to a file."""
    try:
        format_ = Format(ending or format_of(output))
        with glance():
            cycle = _cycle(code, board)
            with clock.in_zone(cycle.partnership.time_zone):
                prepared = operations.prepare(cycle, _wanted(cycle, Audience(audience), names), by=None)
        with unit_of_work():
            pack_id = operations.begin(cycle, prepared, [format_], by=None).id
        while operations.write_next(pack_id):
            pass
        with glance():
            click.echo(_copied(pack_id, format_, output))
    except (DomainError, OSError) as refusal:
        raise click.ClickException(getattr(refusal, "sentence", str(refusal))) from None


def format_of(output: Path) -> str:
    """The format a file's name ends with; PDF where it says none."""
    ending = output.suffix.removeprefix(".").lower()
    return ending if ending in FORMATS else Format.PDF


def _copied(pack_id: int, format_: Format, output: Path) -> str:
    """Write a copy, and say in a line what it is."""
    written: PackFile = next(one for one in queries.files_of([pack_id])[pack_id] if one.format == format_)
    if written.written_at is None:
        raise click.ClickException(written.fault or "The file was not written. Try again.")
    with files().open(written.storage_key) as kept:
        output.write_bytes(kept.read())
    pack: Pack = written.pack
    pages = f"{written.pages} pages " if written.pages else ""
    return f"{output}: {pages}about {plural(len(pack.organisations), 'organisation')}."


def _wanted(cycle: Cycle, audience: Audience, names: tuple[str, ...]) -> Wanted:
    if HOLDS[audience].about_one:
        if len(names) != 1:
            raise click.ClickException("Name the one organisation whose pack it is, with --organisation.")
        return Wanted(audience, organisation=_organisation(names[0]))
    about = ", ".join(names) if audience is Audience.CLUSTER else ""
    return Wanted(audience, tuple(one.id for one in _organisations(cycle.id, names)), about=about)


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
