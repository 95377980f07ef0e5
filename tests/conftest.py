"""Every test finds the application as it was made, on a fresh copy of an empty, migrated database.

No application context is kept open by a fixture: requests made inside one would share `g`,
and a permission test would pass for the wrong person.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from flask import Flask, Response, current_app, request
from flask_migrate import upgrade
from hypothesis import HealthCheck
from jinja2 import FileSystemBytecodeCache

from s11 import create_app
from s11.core import storage
from s11.core.config import Settings
from s11.core.database import db
from s11.core.storage import MemoryStorage
from s11.questionnaires import queries
from s11.web import limits
from tests.databases import Kept, as_migrated, keep, put_back, without_waiting_for_the_disk
from tests.factories.world import World, a_world
from tests.pages import Browser
from tests.sharing_out import pytest_collection_modifyitems, pytest_xdist_make_scheduler  # noqa: F401

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
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """An empty database, made once by the migrations."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(settings(folder, SERVER))
    without_waiting_for_the_disk(app)
    with app.app_context():
        upgrade()
        if SERVER:
            as_migrated()
    return keep(app)


@pytest.fixture(scope="session")
def made_app(tmp_path_factory: pytest.TempPathFactory, empty_database: Kept) -> Flask:
    """The application of this process: making one takes longer than most tests, so each finds it as made."""
    app = create_app(settings(tmp_path_factory.mktemp("data"), SERVER), files=MemoryStorage())
    # Other applications of the tests need not compile the templates again.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    app.after_request(a_download_is_limited)
    without_waiting_for_the_disk(app)
    return app


@pytest.fixture
def app(made_app: Flask, empty_database: Kept) -> Iterator[Flask]:
    """The application as made, with an empty database (on the server that S11_TEST_DATABASE_URL names)."""
    app = made_app
    config, extensions, views = dict(app.config), dict(app.extensions), dict(app.view_functions)
    data = app.config["S11"].data
    app.config["S11"] = settings(data, SERVER)
    storage.init(app, MemoryStorage())
    limits.init(app, app.config["S11"].rate_limits)
    queries.forget_frozen()
    put_back(app, empty_database)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for present, before in ((app.config, config), (app.extensions, extensions), (app.view_functions, views)):
        present.clear()
        present.update(before)


def a_download_is_limited(response: Response) -> Response:
    """Whatever any test downloads comes from a view that counts downloads."""
    view = current_app.view_functions.get(request.endpoint or "")
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        assert getattr(view, "limited", "") == "export", (
            f'{request.endpoint} hands out a file: put @limited("export") beneath its guard.'
        )
    return response


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory, empty_database: Kept) -> tuple[Kept, World]:
    """The world of factories.world, made once and kept: building it takes longer than most tests."""
    app = create_app(settings(tmp_path_factory.mktemp("world"), SERVER), files=MemoryStorage())
    without_waiting_for_the_disk(app)
    put_back(app, empty_database)
    made = a_world(app)
    return keep(app), made


@pytest.fixture
def world(app: Flask, made_world: tuple[Kept, World]) -> World:
    """A small partnership with two agencies, a school and one open cycle for each: see factories.world."""
    kept, made = made_world
    put_back(app, kept)
    return replace(made, app=app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Somebody at a keyboard, not signed in, who notices when a page is badly made."""
    return Browser(app)
