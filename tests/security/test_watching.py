"""That the matrix sees what a request changed: by whatever way, in whatever table."""

import sqlite3
from contextlib import closing

from tests.security.conftest import DriverAt
from tests.security.matrix.drive import Driver
from tests.security.matrix.watching import NOT_NOTED


def write(driver: Driver, statement: str) -> None:
    """Write as anybody might, past the application."""
    with closing(sqlite3.connect(driver.watch.file, isolation_level=None)) as connection:
        connection.execute(statement)


def test_a_change_is_named_and_put_back(driver_at: DriverAt) -> None:
    driver = driver_at("S")
    write(driver, "UPDATE organisation SET district = 'Changed' WHERE id = 1")
    assert driver.changed() == ["organisation"] and not driver.watch.is_as_it_was()
    driver.restore()
    assert driver.changed() == [] and driver.watch.is_as_it_was()
    write(driver, "DELETE FROM notice")
    assert driver.changed() == ["notice"]


def test_what_is_written_as_it_was_is_no_change_and_put_back_all_the_same(driver_at: DriverAt) -> None:
    driver = driver_at("S")
    write(driver, "UPDATE organisation SET district = district")
    assert driver.changed() == [] and not driver.watch.is_as_it_was()


def test_when_somebody_was_last_seen_is_no_change(driver_at: DriverAt) -> None:
    driver = driver_at("S")
    write(driver, "UPDATE sign_in SET seen_at = '2020-01-01 00:00:00'")
    assert driver.changed() == [] and driver.watch.is_as_it_was()
    write(driver, "UPDATE sign_in SET ended_at = '2020-01-01 00:00:00'")
    assert driver.changed() == ["sign_in"]


def test_every_table_is_watched(driver_at: DriverAt) -> None:
    watch = driver_at("S").watch
    noted = {str(name) for (name,) in watch.ask("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for table in set(watch.tables()) - NOT_NOTED:
        assert {f"touched_{table}_{verb}" for verb in ("INSERT", "UPDATE", "DELETE")} <= noted, table
