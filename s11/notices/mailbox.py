"""The mailbox to which undelivered mail comes back, read over IMAP."""

import imaplib
import ssl
from collections.abc import Iterator
from typing import Protocol

from s11.core.config import Settings

PATIENCE_SECONDS = 30
AT_MOST = 500


class Away(Exception):
    """The mailbox cannot be read."""


class Mailbox(Protocol):
    """Messages nobody has read yet, and saying that one was."""

    def unread(self) -> Iterator[tuple[str, bytes]]: ...

    def note_read(self, name: str) -> None: ...

    def close(self) -> None: ...


class ImapMailbox:
    """A folder of an IMAP server. Opening it raises Away."""

    def __init__(self, settings: Settings) -> None:
        try:
            self.server = _signed_in(settings)
            answer, _ = self.server.select(_quoted(settings.bounce_folder))
        except (OSError, imaplib.IMAP4.error) as error:
            raise Away(f"{type(error).__name__}: {error}") from None
        if answer != "OK":
            raise Away(f"The mailbox has no folder “{settings.bounce_folder}”.")

    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Each by its number that stays; looking does not mark it as read."""
        try:
            _, found = self.server.uid("SEARCH", "UNSEEN")
            for name in (found[0] or b"").split()[:AT_MOST]:
                _, parts = self.server.uid("FETCH", name.decode(), "(BODY.PEEK[])")
                for part in parts:
                    if isinstance(part, tuple):
                        yield name.decode(), part[1]
        except (OSError, imaplib.IMAP4.error) as error:
            raise Away(f"{type(error).__name__}: {error}") from None

    def note_read(self, name: str) -> None:
        try:
            self.server.uid("STORE", name, "+FLAGS", r"(\Seen)")
        except (OSError, imaplib.IMAP4.error) as error:
            raise Away(f"{type(error).__name__}: {error}") from None

    def close(self) -> None:
        try:
            self.server.logout()
        except (OSError, imaplib.IMAP4.error):
            self.server.shutdown()


def _signed_in(settings: Settings) -> imaplib.IMAP4:
    where = (settings.bounce_imap, settings.bounce_port)
    if settings.bounce_tls:
        context = ssl.create_default_context()
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(*where, ssl_context=context, timeout=PATIENCE_SECONDS)
    else:
        server = imaplib.IMAP4(*where, timeout=PATIENCE_SECONDS)
    server.login(settings.bounce_user, settings.bounce_password.get_secret_value())
    return server


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_set_up(settings: Settings) -> bool:
    return bool(settings.bounce_imap)


def mailbox_of(settings: Settings) -> Mailbox:
    """The mailbox the settings name. Raises Away."""
    return ImapMailbox(settings)
