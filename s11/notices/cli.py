"""`flask notices`: the one place mail leaves from."""

import smtplib
from collections import Counter

import click
from flask import current_app
from flask.cli import AppGroup

from s11.core.config import Settings
from s11.core.database import unit_of_work
from s11.notices import operations, queries
from s11.notices.mail import Mail, compose, mail_of

notices_cli = AppGroup("notices", help="Send the mail that is waiting.")


@notices_cli.command("send")
def send() -> None:
    """Send every waiting mail once.

    No transaction is open while a mail is on its way: a slow mail server must not hold up
    whoever is saving an answer.
    """
    settings = current_app.config["S11"]
    mail = mail_of(settings)
    results = Counter(deliver(notice.id, notice.tries, mail, settings) for notice in queries.waiting())
    click.echo(f"{results['sent']} sent, {results['failed']} could not be sent and stay in the outbox.")
    for notice in queries.given_up():
        click.echo(f"Given up after {notice.tries} tries: {notice.to_address}: {notice.last_error}", err=True)


def deliver(notice_id: int, tries: int, mail: Mail, settings: Settings) -> str:
    """Send one mail if nobody else is sending it: "sent", "failed" or "taken"."""
    with unit_of_work():
        if not operations.claim(notice_id, tries):
            return "taken"
        message = compose(queries.by_id(notice_id), settings.mail_from)
    fault = ""
    try:
        mail.send(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        fault = f"{type(error).__name__}: {error}"
    with unit_of_work():
        notice = queries.by_id(notice_id)
        if fault:
            operations.mark_failed(notice, fault)
        else:
            operations.mark_sent(notice)
    return "failed" if fault else "sent"
