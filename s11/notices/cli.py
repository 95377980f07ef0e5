"""`flask notices`: the one place mail leaves from, and where what came back is read."""

import click
from flask import current_app
from flask.cli import AppGroup

from s11.core.database import glance
from s11.notices import mailbox, queries, running

notices_cli = AppGroup("notices", help="Send the mail that is waiting, and read what came back.")


@notices_cli.command("send")
def send() -> None:
    """Send every waiting mail once."""
    done = running.send_waiting(current_app.config["S11"])
    click.echo(done.sentence)
    with glance():
        _, unsure, lost = queries.numbers()
        last = queries.given_up(at_most=20)
        for notice in last:
            click.echo(
                f"Not sent after {notice.tries} tries: {notice.to_address}: {notice.last_error}", err=True
            )
    if lost > len(last):
        click.echo(f"{lost - len(last)} more were not sent.", err=True)
    if unsure:
        click.echo(f"{unsure} may have been sent: the office or the administrator decides.", err=True)
    if done.away:
        raise click.ClickException(f"The mail server does not answer: {done.away}")


@notices_cli.command("bounces")
def bounces() -> None:
    """Read the mailbox of undelivered mail, and stop mail to addresses that are not there."""
    settings = current_app.config["S11"]
    if not mailbox.is_set_up(settings):
        click.echo("No mailbox is set up (S11_BOUNCE_IMAP), so nothing was read.")
        return
    try:
        click.echo(running.read_mailbox(settings))
    except mailbox.Away as error:
        raise click.ClickException(f"The mailbox cannot be read: {error}") from None


@notices_cli.command("digests")
def digests() -> None:
    """Put news together for whoever wants it once a day or a week."""
    click.echo(running.fold_news())
