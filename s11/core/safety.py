"""What keeps a service that others can reach from starting: each unsafe setting, and what to set instead."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from s11.core.config import Settings

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
