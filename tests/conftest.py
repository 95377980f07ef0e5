"""Every test finds the application as it was made, on a fresh copy of an empty, migrated database.

No application context is kept open by a fixture: requests made inside one would share `g`,
and a permission test would pass for the wrong person.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from flask import Flask, Response, current_app, request
from flask_migrate import upgrade
from hypothesis import HealthCheck
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event, text

from s11 import create_app
from s11.core import storage
from s11.core.config import Settings
from s11.core.database import db
from s11.core.storage import MemoryStorage
from s11.questionnaires import queries
from s11.web import limits
from tests.factories.world import World, a_world
from tests.pages import Browser

# No test fails for being slow on a busy machine.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

# Where the tests run in several processes, each has a database of its own: the name given, and its own.
SERVER = os.environ.get("S11_TEST_DATABASE_URL", "")
if SERVER and (process := os.environ.get("PYTEST_XDIST_WORKER")):
    SERVER = f"{SERVER}_{process}"


def settings(folder: Path, database_url: str) -> Settings:
    return Settings(
        data=folder,
        database_url=database_url,
        secret_key="for tests only, thirty-two bytes long",
        fast_passwords=True,
        base_url="http://localhost",
        upload_max_mb=1,
    )


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, made once by the migrations."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(settings(folder, SERVER))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return folder / "s11.sqlite3"


@pytest.fixture(scope="session")
def made_app(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Flask:
    """The application of this process: making one takes longer than most tests, so each finds it as made."""
    app = create_app(settings(tmp_path_factory.mktemp("data"), SERVER), files=MemoryStorage())
    # Other applications of the tests need not compile the templates again.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(empty_database.parent))
    app.after_request(a_download_is_limited)
    without_waiting_for_the_disk(app)
    return app


@pytest.fixture
def app(made_app: Flask, empty_database: Path) -> Iterator[Flask]:
    """The application as made, with an empty database (on the server that S11_TEST_DATABASE_URL names)."""
    app = made_app
    config, extensions, views = dict(app.config), dict(app.extensions), dict(app.view_functions)
    data = app.config["S11"].data
    app.config["S11"] = settings(data, SERVER)
    storage.init(app, MemoryStorage())
    limits.init(app, app.config["S11"].rate_limits)
    queries.forget_frozen()
    if SERVER:
        with app.app_context():
            empty()
    else:
        put_database(empty_database, data)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for present, before in ((app.config, config), (app.extensions, extensions), (app.view_functions, views)):
        present.clear()
        present.update(before)


def without_waiting_for_the_disk(app: Flask) -> None:
    """Tests outlive no power cut. That the service waits, tests/architecture asks."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))


def put_database(file: Path, folder: Path) -> None:
    """Lay a copy of a SQLite database into a data folder, in place of the one that nobody has open."""
    for old in folder.glob("s11.sqlite3*"):
        old.unlink()
    shutil.copy(file, folder / "s11.sqlite3")


def a_download_is_limited(response: Response) -> Response:
    """Whatever any test downloads comes from a view that counts downloads."""
    view = current_app.view_functions.get(request.endpoint or "")
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        assert getattr(view, "limited", "") == "export", (
            f'{request.endpoint} hands out a file: put @limited("export") beneath its guard.'
        )
    return response


def empty() -> None:
    # The trail refuses to be emptied. This is the one place that has to.
    for table in ("trail_entry", "trail_head"):
        db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    # Row by row: there are few, while TRUNCATE makes every table a new file and waits for the disk.
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    for table in ("trail_entry", "trail_head"):
        db.session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    db.session.execute(text("INSERT INTO trail_head (id, number, hash) VALUES (1, 0, repeat('0', 64))"))
    db.session.commit()


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Path, World] | None:
    """The world of factories.world in a file, made once: building it takes longer than most tests."""
    if SERVER:
        return None
    folder = tmp_path_factory.mktemp("world")
    shutil.copy(empty_database, folder / "s11.sqlite3")
    app = create_app(settings(folder, ""), files=MemoryStorage())
    made = a_world(app)
    with app.app_context():
        db.session.remove()
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
        db.engine.dispose()
    return folder / "s11.sqlite3", made


@pytest.fixture
def world(app: Flask, made_world: tuple[Path, World] | None) -> World:
    """A small partnership with two agencies, a school and one open cycle for each: see factories.world."""
    if made_world is None:
        return a_world(app)
    file, made = made_world
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    put_database(file, app.config["S11"].data)
    return replace(made, app=app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Somebody at a keyboard, not signed in, who notices when a page is badly made."""
    return Browser(app)
