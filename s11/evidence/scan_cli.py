"""`flask evidence scan`: the scanner is asked about what waits for it, and leftovers are swept away."""

import click
from flask.cli import with_appcontext

from s11.evidence import scanning
from s11.evidence.operations import scan_waiting, sweep


@click.command("scan")
@with_appcontext
def scan() -> None:
    """Scan files that wait for the virus scanner, and sweep away what nobody decided about in a day."""
    undecided, parts = sweep()
    click.echo(f"Swept away: {undecided} files nobody decided about, {parts} left by broken uploads.")
    if not scanning.is_configured():
        click.echo("No scanner is set up (S11_CLAMAV), so nothing was scanned.")
        return
    told = scan_waiting()
    click.echo(
        f"Scanned: {told.clean} clean, {told.infected} infected, {told.unchecked} could not be checked, "
        f"{told.missing} missing from the store."
    )
    if told.waiting:
        raise click.ClickException(
            f"The scanner does not answer. {told.waiting} files wait and stay locked; run this again later."
        )
