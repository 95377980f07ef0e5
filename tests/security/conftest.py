"""A world for each stage of a return, built once for a process of the tests.

The matrix is tried on SQLite only: it asks who may, not what the database does.
"""

import shutil
from collections.abc import Callable, Iterator

import pytest
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache

from s11 import create_app
from s11.core.database import db
from s11.core.storage import MemoryStorage
from tests.conftest import settings
from tests.databases import without_waiting_for_the_disk
from tests.security.matrix.drive import Driver, Unknown
from tests.security.matrix.world import a_world

DriverAt = Callable[[str], Driver]
Drivers = tuple[DriverAt, dict[str, Driver]]


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
    app = create_app(settings(folder, ""))
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
