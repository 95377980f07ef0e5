"""Every setting of the product, read from the environment in one place.

Each has a safe default, so that a laptop needs none of them. `S11_SECRET_KEY` is
made on first use and kept in the data folder, readable by its owner alone. A service
that others can reach starts only when `faults_of` finds nothing unsafe.
"""

import contextlib
import os
import re
import secrets
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from s11.core.providers import Provider, each_once, read_providers

PROJECT = Path(__file__).resolve().parents[2]
SECRET_SHORTEST = 32
# Keys that stand in manuals and in our own tests: the whole world knows them.
SECRET_EXAMPLES = (
    "for tests only",
    "change me",
    "changeme",
    "change-me",
    "your-secret-key",
    "your_secret_key",
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
)
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")

NO_ADDRESS = (
    "S11_BASE_URL is not the address of a service: write it like https://s11.example.org, without anything "
    "after the name."
)


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


def is_loopback(host: str) -> bool:
    """Whether only this machine itself is meant."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_in_use(settings: Settings) -> bool:
    """Whether others than this machine can reach the service, so that it has to be safe."""
    parts = urlsplit(settings.address)
    return parts.scheme == "https" or not is_loopback(parts.hostname or "") or not is_loopback(settings.host)


def faults_of(settings: Settings) -> list[str]:
    """What keeps the service from starting: a sentence a fault, each saying what to set."""
    try:
        urlsplit(settings.base_url)
    except ValueError:
        return [NO_ADDRESS]
    faults = [*address_faults(settings), *name_faults(settings), *counting_faults(settings)]
    if is_in_use(settings):
        faults += [*key_faults(settings), *mail_faults(settings)]
    return faults


def address_faults(settings: Settings) -> list[str]:
    """The public address, and what stands before the service."""
    if not is_in_use(settings):
        return []
    if not settings.base_url:
        return [
            f"S11_HOST is {settings.host}, so others can reach the service: set S11_BASE_URL to its public "
            "address, such as https://s11.example.org."
        ]
    parts = urlsplit(settings.address)
    named = HOST_NAME.fullmatch(parts.netloc.partition(":")[0]) or is_loopback(parts.hostname or "")
    if parts.scheme not in ("http", "https") or not named or parts.path or parts.query:
        return [NO_ADDRESS]
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        return [
            "S11_BASE_URL begins with http://, so passwords and answers would travel in the open: put a "
            "reverse proxy with a certificate in front, and set S11_BASE_URL to the https:// address."
        ]
    if parts.scheme == "https" and not settings.proxies:
        return [
            "S11_PROXIES is 0. The service itself speaks plain http, so with an https:// address a reverse "
            "proxy stands in front: set S11_PROXIES to the number of proxies, 1 for one. Otherwise everybody "
            "would seem to come from the proxy's address."
        ]
    return []


def name_faults(settings: Settings) -> list[str]:
    """Host names that are none."""
    wrong = [name for name in settings.further_hosts if not HOST_NAME.fullmatch(name)]
    return [
        f"S11_TRUSTED_HOSTS holds “{name}”, which is not a host name: write names only, such as "
        "s11.example.org, separated by commas, without https://, ports or stars."
        for name in wrong
    ]


def counting_faults(settings: Settings) -> list[str]:
    """Where uploads and downloads are counted."""
    scheme = urlsplit(settings.rate_limits).scheme
    if scheme not in ("memory", "redis", "rediss"):
        return ["S11_RATE_LIMITS names no storage: set it to memory:// or redis://host:port/0."]
    if scheme != "memory" and find_spec("redis") is None:
        return [
            "S11_RATE_LIMITS names Redis, and the Python package redis is not installed: run "
            ".venv/bin/pip install redis, or set S11_RATE_LIMITS to memory://."
        ]
    return []


def key_faults(settings: Settings) -> list[str]:
    """The signing key, where one is given, and the hashing of passwords."""
    faults = []
    given = settings.secret_key.get_secret_value()
    if given and any(example in given.lower() for example in SECRET_EXAMPLES):
        faults.append(
            "S11_SECRET_KEY is an example that others know: leave it empty, and a key is made and kept in "
            'the data folder, or set one made by python3 -c "import secrets; print(secrets.token_hex(32))".'
        )
    elif given and (len(given.encode()) < SECRET_SHORTEST or len(set(given)) < SECRET_SHORTEST // 4):
        faults.append(
            f"S11_SECRET_KEY can be guessed: set one of at least {SECRET_SHORTEST} random characters, made "
            'by python3 -c "import secrets; print(secrets.token_hex(32))", or leave it empty: one is made.'
        )
    if settings.fast_passwords:
        faults.append("S11_FAST_PASSWORDS hashes passwords weakly and is for tests only: remove it.")
    return faults


def mail_faults(settings: Settings) -> list[str]:
    """Mail carries links that open accounts: it needs a server, and a way nobody listens in on."""
    if not settings.mail_server:
        return [
            "S11_MAIL_SERVER is not set, so links that open accounts would be written to the log: set it to "
            "your SMTP server."
        ]
    if not settings.mail_tls and not is_loopback(settings.mail_server):
        return [
            "S11_MAIL_TLS is off, so mail would travel in the open: turn it on, or send through a mail "
            "server on this machine."
        ]
    return []


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
