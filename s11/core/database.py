"""The database: one declarative base, and what SQLite has to be told.

SQLite's driver starts transactions late and lets a read turn into a write, which then
fails at once when somebody else is writing. So transactions are begun by us: plainly to
read, and with `BEGIN IMMEDIATE` when the work in hand will write, which makes a second
writer wait its turn instead of failing or overwriting.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, String, event, insert, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from s11.core.refs import LENGTH, new_ref

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table's parent; constraints are named so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMES)


class Addressed:
    """A row that has an address of its own: see `s11.core.refs`."""

    ref: Mapped[str] = mapped_column(String(LENGTH), unique=True, default=new_ref)


class Moment(TypeDecorator[datetime]):
    """A moment in time: aware on our side, UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


db = SQLAlchemy(model_class=Base)

_writing: ContextVar[bool] = ContextVar("s11_writing", default=False)


def will_write(yes: bool) -> None:
    """Say whether the next transaction of this thread is going to write."""
    _writing.set(yes)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One piece of work outside a request, kept whole or not at all."""
    db.session.rollback()  # a read transaction still open would refuse to become a writing one
    before = _writing.get()
    will_write(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        will_write(before)


def put_all(table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Put many rows into a table, in one statement whatever is empty in some of them."""
    if rows:
        db.session.execute(insert(table), rows, execution_options={"render_nulls": True})


@contextmanager
def glance() -> Iterator[None]:
    """Read something in a transaction that ends with the block: slow work after it then holds nobody up."""
    db.session.rollback()
    before = _writing.get()
    will_write(False)
    try:
        yield
    finally:
        db.session.rollback()
        will_write(before)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL, not NORMAL: a page that said "saved" must still be right after a power cut.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def listen(engine: Engine) -> None:
    """Teach an engine the manners described above; PostgreSQL needs none."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def ping() -> None:
    """Ask the database for an answer; raises SQLAlchemyError when there is none."""
    db.session.execute(text("SELECT 1"))


def init(app: Flask) -> None:
    """Bind the database to the application."""
    db.init_app(app)
    with app.app_context():
        listen(db.engine)
