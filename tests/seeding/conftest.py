"""The demonstration, loaded once for all the tests that look at it. They change nothing in it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from s11 import create_app
from s11.core.config import Settings
from s11.core.database import db
from s11.core.storage import MemoryStorage
from s11.seeding.material import Material, read
from tests.databases import without_waiting_for_the_disk


@dataclass(frozen=True)
class Demo:
    """An application, its files, and what the command printed when it was first run there."""

    app: Flask
    storage: MemoryStorage
    first_run: Result

    def seed(self, *words: str) -> Result:
        """Run the command again."""
        return seed(self.app, *words)


def seed(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["seed", "demo", *words])


def an_application(folder: Path, *, with_tables: bool = True) -> tuple[Flask, MemoryStorage]:
    """An application on a SQLite database of its own, whatever server the other tests use."""
    storage = MemoryStorage()
    settings = Settings(
        data=folder,
        database_url="",
        secret_key="for tests only, thirty-two bytes long",
        fast_passwords=True,
        upload_max_mb=1,
    )
    app = create_app(settings, files=storage)
    without_waiting_for_the_disk(app)
    if with_tables:
        with app.app_context():
            db.create_all()
    return app, storage


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    app, storage = an_application(tmp_path_factory.mktemp("demo"))
    return Demo(app, storage, seed(app))


@pytest.fixture
def empty(tmp_path: Path) -> tuple[Flask, MemoryStorage]:
    """An application with nothing in it, and its files."""
    return an_application(tmp_path)


@pytest.fixture(scope="session")
def material() -> Material:
    return read()
