"""The demonstration, loaded once for all the tests that look at it. They change nothing in it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from s11 import create_app
from s11.core.config import Settings
from s11.core.storage import MemoryStorage


@dataclass(frozen=True)
class Demo:
    """A loaded demonstration: the application and what its first run printed."""

    app: Flask
    storage: MemoryStorage
    first_run: Result

    def seed(self, *words: str) -> Result:
        """Run the command again."""
        return self.app.test_cli_runner().invoke(args=["seed", "demo", *words])


def an_application(folder: Path, empty_database: Path) -> tuple[Flask, MemoryStorage]:
    """An application on an empty SQLite database of its own, whatever server the other tests use."""
    shutil.copy(empty_database, folder / "s11.sqlite3")
    storage = MemoryStorage()
    settings = Settings(
        data=folder, secret_key="for tests only, thirty-two bytes long", fast_passwords=True, upload_max_mb=1
    )
    return create_app(settings, files=storage), storage


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Demo:
    app, storage = an_application(tmp_path_factory.mktemp("demo"), empty_database)
    return Demo(app, storage, app.test_cli_runner().invoke(args=["seed", "demo"]))


@pytest.fixture
def empty(tmp_path: Path, empty_database: Path) -> tuple[Flask, MemoryStorage]:
    """An application with nothing in it, and its files."""
    return an_application(tmp_path, empty_database)
