"""Handing mails to a server, many over one connection, or to the log where no server is set."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Protocol

import click

from s11.core.config import Settings
from s11.notices.composing import STATUS, as_sent

PATIENCE_SECONDS = 20
TLS_FROM_THE_START = 465
TAKEN = (250, 251, 252)
GO_ON = 354


class ServerAway(Exception):
    """No server to hand anything to, or it does not know us: no single mail is to blame."""


class Refused(Exception):
    """The server did not take this mail, for certain."""

    def __init__(self, code: int, said: str, *, of_recipient: bool = False) -> None:
        super().__init__(f"{code} {said}" if code else said)
        self.code, self.of_recipient = code, of_recipient
        found = STATUS.search(said)
        self.status = found[0] if found else ""


class Lost(Exception):
    """The connection broke while the mail was on its way: it may have arrived."""


class Withheld(Exception):
    """Just before the mail would have left, it turned out to be in other hands."""


# Called when everything is agreed and the words are about to go. Raises Withheld to stop that.
Handing = Callable[[], None]


class Mail(Protocol):
    """Anything that can deliver messages."""

    def ready(self) -> None: ...

    def send(self, message: EmailMessage, handing: Handing) -> None: ...

    def close(self) -> None: ...


class ConsoleMail:
    """Prints instead of sending: the default, so that a laptop never mails anybody by accident."""

    def ready(self) -> None: ...

    def send(self, message: EmailMessage, handing: Handing) -> None:
        handing()
        words = message.get_body(("plain",))
        said = words.get_content() if words is not None else ""
        files = "".join(f"Attached: {part.get_filename()}\n" for part in message.iter_attachments())
        click.echo(f"To: {message['To']}\nSubject: {message['Subject']}\n\n{said}\n{files}")

    def close(self) -> None: ...


class SmtpMail:
    """A mail server, spoken to over TLS with its certificate checked; one connection for all."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server: smtplib.SMTP | None = None

    def ready(self) -> None:
        """Be connected. Raises ServerAway."""
        if self.server is None:
            try:
                self.server = self._connected()
            except (OSError, ValueError, smtplib.SMTPException) as error:
                raise ServerAway(_said(error)) from None

    def send(self, message: EmailMessage, handing: Handing) -> None:
        """Hand one mail over. Raises Refused, Lost, Withheld or ServerAway."""
        server = self._agreed(message)
        try:
            handing()
        except Withheld:
            self._drop()
            raise
        try:
            code, said = server.data(as_sent(message))
        except smtplib.SMTPDataError as error:
            self._begin_again(server)
            raise Refused(error.smtp_code, _text(error.smtp_error)) from None
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Lost(_said(error)) from None
        if code not in TAKEN:
            self._begin_again(server)
            raise Refused(code, _text(said))

    def close(self) -> None:
        if self.server is not None:
            try:
                self.server.quit()
            except (OSError, smtplib.SMTPException):
                self._drop()
            self.server = None

    def _connected(self) -> smtplib.SMTP:
        settings, context = self.settings, ssl.create_default_context()
        where = (settings.mail_server, settings.mail_port)
        if settings.mail_tls and settings.mail_port == TLS_FROM_THE_START:
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE_SECONDS, context=context)
        else:
            server = smtplib.SMTP(*where, timeout=PATIENCE_SECONDS)
            if settings.mail_tls:
                server.starttls(context=context)
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password.get_secret_value())
        return server

    def _agreed(self, message: EmailMessage) -> smtplib.SMTP:
        """From whom and to whom, as the server takes it. A connection that went stale is made anew once."""
        for is_last in (False, True):
            self.ready()
            assert self.server is not None
            try:
                self._envelope(self.server, message)
                return self.server
            except (OSError, smtplib.SMTPServerDisconnected) as error:
                self._drop()
                if is_last:
                    raise Refused(0, _said(error)) from None
        raise AssertionError("unreachable")

    def _envelope(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        server.ehlo_or_helo_if_needed()
        for_sender = self.settings.bounce_address or parseaddr(str(message["From"]))[1]
        self._agree(server, server.mail(for_sender))
        self._agree(server, server.rcpt(parseaddr(str(message["To"]))[1]), of_recipient=True)

    def _agree(self, server: smtplib.SMTP, answer: tuple[int, bytes], *, of_recipient: bool = False) -> None:
        code, said = answer
        if code not in TAKEN:
            self._begin_again(server)
            raise Refused(code, _text(said), of_recipient=of_recipient)

    def _begin_again(self, server: smtplib.SMTP) -> None:
        """Be ready for the next mail; a server that says goodbye is left."""
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server = None


def mail_of(settings: Settings) -> Mail:
    return SmtpMail(settings) if settings.mail_server else ConsoleMail()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())
