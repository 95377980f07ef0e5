"""Every setting of the product, read from the environment in one place.

Each has a safe default, so that a laptop needs none of them. `S11_SECRET_KEY` is
made on first use and kept in the data folder, readable by its owner alone. What keeps
a service from starting with them is in `s11.core.safety`.
"""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from s11.core.providers import Provider, each_once, read_providers

PROJECT = Path(__file__).resolve().parents[2]


def scanner_address(value: str) -> str:
    """Where the virus scanner listens, checked for its form only."""
    host, _, port = value.rpartition(":")
    if value and not value.startswith("/") and not (host and port.isdigit()):
        raise PydanticCustomError(
            "scanner", "write host:port, such as localhost:3310, or the path of a socket, from / on"
        )
    return value


class UnsafeSettings(Exception):
    """Settings the service does not start with; `sentences` say what to set instead."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences

    def __str__(self) -> str:
        """What whoever starts the service reads."""
        listed = "\n".join(f"  - {sentence}" for sentence in self.sentences)
        return f"The service does not start with these settings:\n{listed}\nREADME.md lists every setting."


class Settings(BaseSettings):
    """Settings by name: the environment variable is `S11_` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="S11_", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    data: Path = Field(PROJECT / "data", description="Folder for the database and the evidence files.")
    database_url: str = Field(
        "", description="SQLAlchemy address of the database; SQLite in the data folder when empty."
    )
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8011, description="Port the server listens on.", ge=1, le=65535)
    base_url: str = Field(
        "", description="Public address of the service, used in every link that leaves it by mail."
    )
    trusted_hosts: str = Field(
        "", description="Further host names the service answers to, separated by commas."
    )
    proxies: int = Field(
        0, description="Reverse proxies before the service whose X-Forwarded-For is believed.", ge=0, le=10
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs sessions and forms; made and kept in the data folder when empty."
    )
    old_secret_keys: SecretStr = Field(
        SecretStr(""), description="Secret keys used before, separated by commas: they still reveal."
    )
    upload_max_mb: int = Field(25, description="Largest evidence file, in megabytes.", ge=1, le=500)
    clamav: Annotated[str, AfterValidator(scanner_address)] = Field(
        "", description="ClamAV’s daemon: host:port, or the path of its socket; no scan when empty."
    )
    disk_free_mb: int = Field(
        1024, description="Free space in megabytes below which no more files are taken.", ge=0
    )
    session_hours: int = Field(12, description="Hours after which a sign-in ends.", ge=1, le=72)
    idle_minutes: int = Field(
        60, description="Minutes without activity after which a sign-in ends.", ge=10, le=1440
    )
    board_idle_minutes: int = Field(
        30, description="The same for whoever holds a role of the Board or runs the service.", ge=10, le=1440
    )
    second_factor_roles: str = Field(
        "", description="Whose roles need a second factor: role codes, or all, board, none."
    )
    remember_device_days: int = Field(
        30, description="Days for which a device may be remembered; 0 for never.", ge=0, le=90
    )
    sso_providers: Annotated[
        tuple[Provider, ...], NoDecode, BeforeValidator(read_providers), AfterValidator(each_once)
    ] = Field((), description="Providers with whose accounts people may sign in, as JSON.")
    trail_years: int = Field(7, description="Years for which the trail is kept.", ge=1, le=100)
    leaver_years: int = Field(
        7, description="Years after which somebody who left goes under a pseudonym.", ge=1, le=100
    )
    sign_in_days: int = Field(90, description="Days for which a sign-in that is over is kept.", ge=1)
    link_days: int = Field(
        90, description="Days for which spent links and offers not taken up are kept.", ge=1
    )
    mail_days: int = Field(365, description="Days for which it is kept that a mail was sent.", ge=1)
    rate_limits: str = Field(
        "memory://", description="Where uploads and downloads are counted: memory:// or redis://host:port/0."
    )
    mail_server: str = Field("", description="SMTP server; mail is written to the log when empty.")
    mail_port: int = Field(587, description="Port of the SMTP server.")
    mail_tls: bool = Field(True, description="Speak to the SMTP server over TLS, its certificate checked.")
    mail_user: str = Field("", description="User name for the SMTP server.")
    mail_password: SecretStr = Field(SecretStr(""), description="Password for the SMTP server.")
    mail_from: str = Field("no-reply@localhost", description="Sender of every mail.")
    bounce_address: str = Field(
        "", description="Where undelivered mail is returned to; the sender's address when empty."
    )
    bounce_imap: str = Field("", description="IMAP server of the mailbox that gets undelivered mail.")
    bounce_port: int = Field(993, description="Port of the IMAP server.", ge=1, le=65535)
    bounce_tls: bool = Field(True, description="Speak to it over TLS, its certificate checked.")
    bounce_user: str = Field("", description="User name for the mailbox.")
    bounce_password: SecretStr = Field(SecretStr(""), description="Password for the mailbox.")
    bounce_folder: str = Field("INBOX", description="Folder of the mailbox that is read.")
    bounce_secret: SecretStr = Field(
        SecretStr(""), description="Shared secret of whoever reports undelivered mail to /notices/bounces."
    )
    demo_password: SecretStr = Field(
        SecretStr("calm harbour morning 26"), description="Password of the invented people of the demo."
    )
    fast_passwords: bool = Field(
        False, description="Weak, quick password hashing for automated tests only; never set it in use."
    )

    @property
    def address(self) -> str:
        """The address people type, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """Host names the service answers to; any other `Host` header is refused."""
        own = urlsplit(self.address).hostname or "localhost"
        return ["localhost", "127.0.0.1", "[::1]", own, *self.further_hosts]

    @property
    def further_hosts(self) -> list[str]:
        return [host.strip() for host in self.trusted_hosts.split(",") if host.strip()]

    @property
    def older_keys(self) -> list[str]:
        """Secret keys used before, the newest first."""
        return [key.strip() for key in self.old_secret_keys.get_secret_value().split(",") if key.strip()]

    @property
    def sqlalchemy_url(self) -> str:
        url = self.database_url or f"sqlite:///{self.data.resolve() / 's11.sqlite3'}"
        # Hosting services hand out the short forms; we speak to PostgreSQL through psycopg 3 only.
        for short in ("postgres://", "postgresql://"):
            if url.startswith(short):
                return "postgresql+psycopg://" + url.removeprefix(short)
        return url

    @property
    def evidence_folder(self) -> Path:
        return self.data / "evidence"


def read_settings() -> Settings:
    """The settings of the environment; raises UnsafeSettings for a value that cannot be read."""
    try:
        return Settings()
    except ValidationError as error:
        # The value itself is left out: it may be a password.
        sentences = [
            f"S11_{'_'.join(str(part) for part in fault['loc']).upper()} cannot be read: "
            f"{fault['msg'][0].lower()}{fault['msg'][1:]}."
            for fault in error.errors(include_input=False, include_url=False)
        ]
        raise UnsafeSettings(sentences) from None


def secret_of(settings: Settings) -> str:
    """The signing key: the one set, or one made once and kept in the data folder."""
    given = settings.secret_key.get_secret_value()
    if given:
        return given
    keep = settings.data / "secret.key"
    if not keep.exists():
        # Written aside and then named, so that two processes starting at once agree on one whole key.
        aside = keep.with_suffix(f".{os.getpid()}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(aside, keep)
        aside.unlink()
    return keep.read_text().strip()
