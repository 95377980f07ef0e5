"""Handing one mail to a server, or to the log where no server is set."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid
from typing import Protocol

import click

from s11.core.config import Settings
from s11.notices.models import Notice

PATIENCE_SECONDS = 20


class Mail(Protocol):
    """Anything that can deliver a message."""

    def send(self, message: EmailMessage) -> None: ...


class ConsoleMail:
    """Prints instead of sending: the default, so that a laptop never mails anybody by accident."""

    def send(self, message: EmailMessage) -> None:
        click.echo(f"To: {message['To']}\nSubject: {message['Subject']}\n\n{message.get_content()}\n")


class SmtpMail:
    """A mail server, spoken to over TLS with its certificate checked."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, message: EmailMessage) -> None:
        settings = self.settings
        with smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=PATIENCE_SECONDS) as server:
            if settings.mail_tls:
                server.starttls(context=ssl.create_default_context())
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password.get_secret_value())
            server.send_message(message)


def mail_of(settings: Settings) -> Mail:
    return SmtpMail(settings) if settings.mail_server else ConsoleMail()


def compose(notice: Notice, sender: str) -> EmailMessage:
    """The message of a notice. The policy refuses line breaks in headers."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = formataddr((notice.to_name, notice.to_address))
    message["Subject"] = notice.subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid()
    message.set_content(notice.body)
    return message
