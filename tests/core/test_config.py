"""Settings and what follows from them."""

import stat
from pathlib import Path

from s11.core.config import Settings, secret_of


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
