"""Databases for the tests: made once, kept, and laid out anew for each test.

On SQLite what is kept is a file; on a server it is what every table holds, copied back in one go.
"""

import shutil
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, text

from s11.core.database import db

# A SQLite file, or what each table of a server holds, by its name.
Kept = Path | dict[str, bytes]
# The trail refuses to be emptied. This is the one place that has to.
REFUSES = ("trail_entry", "trail_head")


def without_waiting_for_the_disk(app: Flask) -> None:
    """Tests outlive no power cut. That the service waits, tests/architecture asks."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        else:
            db.session.execute(
                text(f'ALTER DATABASE "{db.engine.url.database}" SET synchronous_commit TO off')
            )
            db.session.commit()
            db.engine.dispose()


def keep(app: Flask) -> Kept:
    """What the application's database holds, to be put back later."""
    with app.app_context():
        kept: Kept = Path(app.config["S11"].data) / "s11.sqlite3"
        if db.engine.dialect.name == "sqlite":
            db.session.remove()
            db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        else:
            kept = {table.name: copied_out(table.name) for table in db.metadata.sorted_tables}
        db.session.remove()
        db.engine.dispose()
    return kept


def put_back(app: Flask, kept: Kept) -> None:
    """Let the application find what was kept, and nothing else."""
    with app.app_context():
        db.session.remove()
        if isinstance(kept, Path):
            db.engine.dispose()
            put_database(kept, app.config["S11"].data)
            return
        empty()
        for table in db.metadata.sorted_tables:
            copy_in(table.name, kept[table.name])
        count_on({table.name for table in db.metadata.sorted_tables if kept[table.name] and "id" in table.c})
        db.session.commit()
        db.session.remove()


def put_database(file: Path, folder: Path) -> None:
    """Lay a copy of a SQLite database into a data folder, in place of the one that nobody has open."""
    for old in folder.glob("s11.sqlite3*"):
        old.unlink()
    shutil.copy(file, folder / "s11.sqlite3")


# On a server


def cursor() -> Any:
    """A cursor of the driver itself: it takes several statements at once, and copies."""
    return db.session.connection().connection.cursor()


def empty() -> None:
    """Take out every row."""
    # Row by row: there are few, while TRUNCATE makes every table a new file and waits for the disk.
    rows = [f'DELETE FROM "{table.name}"' for table in reversed(db.metadata.sorted_tables)]
    before, after = (
        [f"ALTER TABLE {table} {how} TRIGGER USER" for table in REFUSES] for how in ("DISABLE", "ENABLE")
    )
    cursor().execute("; ".join([*before, *rows, *after]))


def as_migrated() -> None:
    """Leave what the migrations leave: an earlier run may have been here."""
    empty()
    db.session.execute(text("INSERT INTO trail_head (id, number, hash) VALUES (1, 0, repeat('0', 64))"))
    db.session.commit()


def count_on(tables: set[str]) -> None:
    """Let new rows get numbers after those copied in, which do not count by themselves."""
    ends = [
        f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), max(id)) FROM \"{name}\""
        for name in sorted(tables)
    ]
    if ends:
        cursor().execute("; ".join(ends))


def copied_out(table: str) -> bytes:
    with cursor().copy(f'COPY "{table}" TO STDOUT') as rows:
        return b"".join(rows)


def copy_in(table: str, rows: bytes) -> None:
    if rows:
        with cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
            copy.write(rows)
