"""`flask trail`: proving that nothing in it was touched, and taking it out."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from s11.core import clock
from s11.core.sheets import write_csv
from s11.organisations import queries as organisations
from s11.trail import pages, queries, retention
from s11.trail.rules import Break, Head
from s11.trail.verifying import verify as verify_trail

trail_cli = AppGroup("trail", help="Check the trail and take it out.")


class HeadType(click.ParamType):
    """An entry and its hash, written NUMBER:HASH."""

    name = "NUMBER:HASH"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> Head:
        number, _, digest = value.partition(":")
        if not number.isdigit() or len(digest) != 64:
            self.fail(
                "Write it as `flask trail verify` printed it: the number, a colon, 64 letters and digits."
            )
        return Head(int(number), digest.lower())


@trail_cli.command("verify")
@click.option("--known", type=HeadType(), help="An entry whose hash was kept elsewhere.")
def verify(known: Head | None) -> None:
    """Read every entry and say whether one was changed, removed or moved."""
    found = verify_trail(known)
    if isinstance(found, Break):
        raise click.ClickException(found.sentence)
    click.echo(f"{found.number} {'entry' if found.number == 1 else 'entries'}, unbroken")
    if found.number:
        click.echo(f"The last is {found.number}:{found.hash}")


@trail_cli.command("export")
@click.option("--format", "_format", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option("--partnership", "code", default="", help="Code of a partnership; all entries otherwise.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to write instead.")
def export(_format: str, code: str, output: Path | None) -> None:
    """Every entry with every field, in order."""
    whose = None
    if code:
        partnership = organisations.partnership_by_code(code)
        if partnership is None:
            raise click.ClickException(f"No partnership has the code “{code}”.")
        whose = partnership.id
    try:
        with nullcontext() if output is None else output.open("wb") as file:
            for lines in sheet(whose):
                click.echo(lines, file=file, nl=False)
    except OSError as fault:
        raise click.ClickException(f"{output} could not be written: {fault.strerror}.") from None


def sheet(partnership_id: int | None) -> Iterator[bytes]:
    """The file piece by piece: however long the trail is, a thousand entries are held at a time."""
    yield write_csv([], pages.ALL_COLUMNS).encode()
    for rows in queries.batches(partnership_id=partnership_id):
        written = write_csv([pages.whole_row(row) for row in rows], pages.ALL_COLUMNS)
        yield written.partition("\r\n")[2].encode()


@trail_cli.command("retention")
def retention_() -> None:
    """Say what is older than the trail is kept. Nothing is removed."""
    years = current_app.config["S11"].trail_years
    for sentence in retention.sentences(years, today=clock.today()):
        click.echo(sentence)
