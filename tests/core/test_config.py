"""Settings and what follows from them."""

import stat
from pathlib import Path

import pytest

from s11 import create_app
from s11.core.config import Settings, UnsafeSettings, secret_of
from s11.core.safety import faults_of


def test_without_settings_the_data_folder_holds_everything(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert settings.sqlalchemy_url == f"sqlite:///{tmp_path}/s11.sqlite3"
    assert not settings.is_https and settings.address == "http://127.0.0.1:8011"


def test_short_postgresql_addresses_are_understood() -> None:
    settings = Settings(database_url="postgres://u:p@host/name")
    assert settings.sqlalchemy_url == "postgresql+psycopg://u:p@host/name"


def test_the_signing_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    first = secret_of(settings)
    assert len(first) >= 48 and secret_of(settings) == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_public_https_address_names_its_host() -> None:
    settings = Settings(base_url="https://s11.northshire.gov.uk/", trusted_hosts="s11.internal, other")
    assert settings.is_https and settings.address == "https://s11.northshire.gov.uk"
    assert {"s11.northshire.gov.uk", "s11.internal", "other"} <= set(settings.hosts)


def in_use(**changed: object) -> Settings:
    """Settings of a service that others reach, and that may start."""
    safe = {
        "base_url": "https://s11.northshire.gov.uk",
        "proxies": 1,
        "mail_server": "mail.northshire.gov.uk",
        "secret_key": "",
    }
    return Settings(**{**safe, **changed})


def test_a_laptop_and_a_documented_deployment_may_start() -> None:
    assert faults_of(Settings()) == []
    assert faults_of(in_use()) == []
    assert faults_of(in_use(host="0.0.0.0", trusted_hosts="s11.internal, 10.0.0.7,[fd00::1]")) == []
    assert faults_of(in_use(mail_server="localhost", mail_tls=False)) == []
    assert faults_of(in_use(secret_key="7f1c9a0be2d8466fb3a5c7e90d12846a")) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"base_url": "", "host": "0.0.0.0"}, "set S11_BASE_URL to its public address"),
        ({"base_url": "", "host": "::"}, "set S11_BASE_URL to its public address"),
        ({"base_url": "http://s11.northshire.gov.uk"}, "S11_BASE_URL begins with http://"),
        ({"base_url": "s11.northshire.gov.uk"}, "S11_BASE_URL is not the address of a service"),
        ({"base_url": "https://s11.northshire.gov.uk/section11"}, "without anything after the name"),
        ({"base_url": "https://[::1"}, "S11_BASE_URL is not the address of a service"),
        ({"base_url": "https://*"}, "S11_BASE_URL is not the address of a service"),
        ({"proxies": 0}, "set S11_PROXIES to the number of proxies"),
        ({"secret_key": "31 bytes are one byte too few.."}, "S11_SECRET_KEY can be guessed"),
        ({"secret_key": "abababababababababababababababababab"}, "S11_SECRET_KEY can be guessed"),
        ({"secret_key": "for tests only, thirty-two bytes long"}, "S11_SECRET_KEY is an example"),
        ({"fast_passwords": True}, "S11_FAST_PASSWORDS"),
        ({"mail_server": ""}, "S11_MAIL_SERVER is not set"),
        ({"mail_tls": False}, "S11_MAIL_TLS is off"),
        ({"trusted_hosts": "*"}, "S11_TRUSTED_HOSTS holds “*”"),
        ({"trusted_hosts": "s11.internal,https://other"}, "S11_TRUSTED_HOSTS holds “https://other”"),
        ({"trusted_hosts": "other:8011"}, "S11_TRUSTED_HOSTS holds “other:8011”"),
        ({"rate_limits": "nowhere"}, "S11_RATE_LIMITS names no storage"),
    ],
)
def test_an_unsafe_setting_is_refused_with_what_to_set(changed: dict[str, object], says: str) -> None:
    (sentence,) = faults_of(in_use(**changed))
    assert says in sentence
    with pytest.raises(UnsafeSettings):
        create_app(in_use(**changed))


def test_every_fault_is_said_at_once() -> None:
    faults = faults_of(in_use(proxies=0, fast_passwords=True, mail_server="", secret_key="short"))
    assert len(faults) == 4 and "short" not in " ".join(faults)


def test_what_only_this_machine_reaches_may_be_loose() -> None:
    assert faults_of(Settings(base_url="http://localhost", secret_key="short", fast_passwords=True)) == []
