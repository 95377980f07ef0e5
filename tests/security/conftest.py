"""A world for each stage of a return and one to walk through, built once for a process of the tests.

The matrix is tried on SQLite only: it asks who may, not what the database does.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache

from s11 import create_app
from s11.core import storage
from s11.core.database import db
from s11.core.storage import MemoryStorage
from s11.packs.copies import pdf as copies
from s11.packs.papers import pdf as papers
from s11.packs.pdf import Document, typeset
from tests.conftest import SERVER, settings
from tests.databases import Kept, keep, put_back, without_waiting_for_the_disk
from tests.factories.world import World
from tests.security.crawl import Walks, a_full_world
from tests.security.matrix.drive import Driver, Unknown
from tests.security.matrix.world import a_world

DriverAt = Callable[[str], Driver]
Drivers = tuple[DriverAt, dict[str, Driver]]


@pytest.fixture(scope="session", autouse=True)
def each_paper_set_once() -> Iterator[None]:
    """The same copy is asked for by everybody in turn: it is set once, and then known."""
    known: dict[str, Document] = {}

    def remembered(template: Path, data: dict[str, Any], drawings: dict[str, str] | None = None) -> Document:
        name = f"{template} {json.dumps(data)}"
        if name not in known:
            known[name] = typeset(template, data, drawings)
        return known[name]

    with pytest.MonkeyPatch.context() as patch:
        for writer in (copies, papers):
            patch.setattr(writer, "typeset", remembered)
        yield


@pytest.fixture(scope="session")
def made_full_world(
    tmp_path_factory: pytest.TempPathFactory, made_world: tuple[Kept, World]
) -> tuple[Kept, dict[str, bytes]]:
    """The world of crawl.a_full_world and its files, made once and kept."""
    empty, made = made_world
    files = MemoryStorage()
    app = create_app(settings(tmp_path_factory.mktemp("full"), SERVER), files=files)
    without_waiting_for_the_disk(app)
    put_back(app, empty)
    a_full_world(replace(made, app=app))
    return keep(app), files.files


@pytest.fixture
def full_world(app: Flask, world: World, made_full_world: tuple[Kept, dict[str, bytes]]) -> World:
    """A partnership in which every page has something to show: see crawl.a_full_world."""
    kept, files = made_full_world
    put_back(app, kept)
    storage.init(app, MemoryStorage(files))
    return world


@pytest.fixture(scope="session")
def walks() -> Walks:
    """What each person found who walked through the full world, which is the same at every test."""
    return Walks()


@pytest.fixture
def driver_at(drivers: Drivers) -> Iterator[DriverAt]:
    """Gives the driver of the world in which returns stand at a stage, by its letter: as it was built."""
    at, made = drivers
    yield at
    for driver in made.values():
        driver.restore()


@pytest.fixture(scope="session")
def drivers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drivers]:
    """How a driver is come by, and those there are already."""
    folder = tmp_path_factory.mktemp("matrix")
    # Sign-ins are put back to the beginning with everything else, and have to last as long as the tests.
    lasting = {"idle_minutes": 1440, "board_idle_minutes": 1440}
    app = create_app(settings(folder, "").model_copy(update=lasting))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    made: dict[str, Driver] = {}
    unknown: Unknown = {}

    def at(stage: str) -> Driver:
        if stage not in made:
            here = folder / stage
            here.mkdir()
            shutil.copy(folder / "s11.sqlite3", here)
            app = create_app(settings(here, ""), files=MemoryStorage())
            app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
            without_waiting_for_the_disk(app)
            made[stage] = Driver(a_world(app, stage), here, unknown)
        return made[stage]

    yield at, made
    for driver in made.values():
        driver.close()
