"""`flask notices`: the one place mail leaves from."""

import smtplib

import click
from flask import current_app
from flask.cli import AppGroup

from s11.core.database import unit_of_work
from s11.notices import operations, queries
from s11.notices.mail import compose, mail_of

notices_cli = AppGroup("notices", help="Send the mail that is waiting.")


@notices_cli.command("send")
def send() -> None:
    """Send every waiting mail once."""
    settings = current_app.config["S11"]
    mail, sent, failed = mail_of(settings), 0, 0
    with unit_of_work():
        for notice in queries.waiting():
            try:
                mail.send(compose(notice, settings.mail_from))
            except (OSError, ValueError, smtplib.SMTPException) as error:
                operations.mark_failed(notice, f"{type(error).__name__}: {error}")
                failed += 1
            else:
                operations.mark_sent(notice)
                sent += 1
    click.echo(f"{sent} sent, {failed} could not be sent and stay in the outbox.")
