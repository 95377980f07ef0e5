"""`flask evidence`: what happens to stored files by themselves, and whether they are still what was added."""

import click
from flask.cli import AppGroup

from s11.evidence.scan_cli import scan
from s11.evidence.verifying import verify as verify_store

evidence_cli = AppGroup("evidence", help="Check the stored files.")
evidence_cli.add_command(scan)


@evidence_cli.command("verify")
def verify() -> None:
    """Read every stored file and say which is missing or altered; meant for every night."""
    count, faults = verify_store()
    for fault in faults:
        click.echo(f"{fault.organisation}, revision {fault.revision}: {fault.sentence}")
    what = f"{count} stored {'file' if count == 1 else 'files'}"
    if faults:
        raise click.ClickException(f"Of {what}, {len(faults)} cannot be handed out. See the README.")
    click.echo(f"{what}, all as they were added")
