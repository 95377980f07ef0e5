"""How migrations run: with the application's own engine, models and settings.

SQLite changes a table by making it anew and dropping the old one, and dropping a table whose
rows others point to deletes those rows where foreign keys are on. So they are off while a
migration runs, and checked afterwards.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

database = current_app.extensions["migrate"].db
options = current_app.extensions["migrate"].configure_args


def no_empty_revision(_context, _revision, directives):
    """Leave out a revision that would change nothing."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        process_revision_directives=no_empty_revision,
        **options,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_sqlite(connection: Connection) -> None:
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        migrate(connection)
        broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")


def online() -> None:
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            migrate_sqlite(connection)
        else:
            migrate(connection)
        connection.commit()


def offline() -> None:
    """Print the SQL instead of running it."""
    context.configure(
        url=str(database.engine.url), target_metadata=database.metadata, literal_binds=True, **options
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    offline()
else:
    online()
