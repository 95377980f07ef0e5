"""the trail is chained, and only ever added to

Entries already there are numbered and hashed as they stand. From here on the database itself
refuses to change or remove one.

A later migration that alters trail_entry in batch mode makes the table anew on SQLite, without its
triggers: it has to end with `guard()`, as this one does. A test notices when it does not.

Revision ID: 0002
Revises: 0001
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import context, op

import s11.core.database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BATCH = 1000
FIRST = "0" * 64
# As the entries were hashed when this was written; s11.trail.rules may learn more later.
HASHED = (
    "number", "at", "tag", "subject", "subject_id", "person_id", "person_name", "role", "address",
    "organisation_id", "partnership_id", "before", "after", "previous_hash",
)  # fmt: skip

SQLITE_GUARDS = (
    """CREATE TRIGGER trail_entry_unchanged BEFORE UPDATE ON trail_entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the trail is never changed'); END""",
    """CREATE TRIGGER trail_entry_kept BEFORE DELETE ON trail_entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the trail is never removed'); END""",
    # INSERT OR REPLACE removes the row it replaces without asking the trigger above.
    """CREATE TRIGGER trail_entry_added BEFORE INSERT ON trail_entry
    WHEN EXISTS (SELECT 1 FROM trail_entry WHERE number = NEW.number OR id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'an entry of the trail is never replaced'); END""",
    """CREATE TRIGGER trail_head_forward BEFORE UPDATE ON trail_head WHEN NEW.number <= OLD.number
    BEGIN SELECT RAISE(ABORT, 'the end of the trail only moves on'); END""",
    """CREATE TRIGGER trail_head_kept BEFORE DELETE ON trail_head
    BEGIN SELECT RAISE(ABORT, 'the end of the trail is never removed'); END""",
    """CREATE TRIGGER trail_head_added BEFORE INSERT ON trail_head
    WHEN EXISTS (SELECT 1 FROM trail_head)
    BEGIN SELECT RAISE(ABORT, 'the end of the trail is never replaced'); END""",
)
SQLITE_NAMES = (
    "trail_entry_unchanged", "trail_entry_kept", "trail_entry_added",
    "trail_head_forward", "trail_head_kept", "trail_head_added",
)  # fmt: skip
POSTGRESQL_GUARDS = (
    """CREATE FUNCTION trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'an entry of the trail is never changed or removed'; END $$""",
    """CREATE FUNCTION trail_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.number <= OLD.number THEN RAISE EXCEPTION 'the end of the trail only moves on'; END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER trail_entry_kept BEFORE UPDATE OR DELETE ON trail_entry
    FOR EACH ROW EXECUTE FUNCTION trail_is_kept()""",
    """CREATE TRIGGER trail_entry_not_emptied BEFORE TRUNCATE ON trail_entry
    FOR EACH STATEMENT EXECUTE FUNCTION trail_is_kept()""",
    """CREATE TRIGGER trail_head_forward BEFORE UPDATE ON trail_head
    FOR EACH ROW EXECUTE FUNCTION trail_moves_on()""",
    """CREATE TRIGGER trail_head_kept BEFORE DELETE ON trail_head
    FOR EACH ROW EXECUTE FUNCTION trail_is_kept()""",
    """CREATE TRIGGER trail_head_not_emptied BEFORE TRUNCATE ON trail_head
    FOR EACH STATEMENT EXECUTE FUNCTION trail_is_kept()""",
)
POSTGRESQL_NAMES = (
    ("trail_entry_kept", "trail_entry"), ("trail_entry_not_emptied", "trail_entry"),
    ("trail_head_forward", "trail_head"), ("trail_head_kept", "trail_head"),
    ("trail_head_not_emptied", "trail_head"),
)  # fmt: skip

entries = sa.table(
    "trail_entry",
    sa.column("id", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("at", s11.core.database.Moment),
    sa.column("tag", sa.String),
    sa.column("subject", sa.String),
    sa.column("subject_id", sa.Integer),
    sa.column("person_id", sa.Integer),
    sa.column("person_name", sa.String),
    sa.column("role", sa.String),
    sa.column("address", sa.String),
    sa.column("organisation_id", sa.Integer),
    sa.column("partnership_id", sa.Integer),
    sa.column("before", sa.JSON),
    sa.column("after", sa.JSON),
    sa.column("previous_hash", sa.String),
    sa.column("hash", sa.String),
)
head = sa.table(
    "trail_head", sa.column("id", sa.Integer), sa.column("number", sa.Integer), sa.column("hash", sa.String)
)


def upgrade():
    op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_trail_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_head")),
    )
    with op.batch_alter_table("trail_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("role", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("address", sa.String(length=45), nullable=True))
        batch_op.add_column(sa.Column("previous_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
    if not context.is_offline_mode():
        chain_what_is_there(op.get_bind())
    with op.batch_alter_table("trail_entry", schema=None) as batch_op:
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("role", existing_type=sa.String(length=200), nullable=False)
        batch_op.alter_column("address", existing_type=sa.String(length=45), nullable=False)
        batch_op.alter_column("previous_hash", existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column("hash", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_trail_entry_number"), ["number"])
        batch_op.create_index("ix_trail_entry_partnership", ["partnership_id", "number"], unique=False)
    guard()


def chain_what_is_there(connection):
    """Number and hash the entries in the order in which they were added."""
    number, last, last_id = 0, FIRST, 0
    while True:
        query = sa.select(entries).where(entries.c.id > last_id).order_by(entries.c.id).limit(BATCH)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if not rows:
            break
        for row in rows:
            number += 1
            row.update(number=number, role="", address="", previous_hash=last)
            last = row["hash"] = digest(row)
        connection.execute(
            sa.update(entries)
            .where(entries.c.id == sa.bindparam("whose"))
            .values({name: sa.bindparam(f"new_{name}") for name in GIVEN}),
            [{"whose": row["id"], **{f"new_{name}": row[name] for name in GIVEN}} for row in rows],
        )
        last_id = rows[-1]["id"]
    connection.execute(sa.insert(head), [{"id": 1, "number": number, "hash": last}])


GIVEN = ("number", "role", "address", "previous_hash", "hash")


def digest(row):
    fields = {name: row[name] for name in HASHED}
    fields["at"] = row["at"].isoformat()
    return hashlib.sha256(
        json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")
    ).hexdigest()


def guard():
    on_sqlite = op.get_context().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if on_sqlite else POSTGRESQL_GUARDS:
        op.execute(statement)


def unguard():
    if op.get_context().dialect.name == "sqlite":
        for name in SQLITE_NAMES:
            op.execute(f"DROP TRIGGER {name}")
        return
    for name, table in POSTGRESQL_NAMES:
        op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute("DROP FUNCTION trail_is_kept()")
    op.execute("DROP FUNCTION trail_moves_on()")


def downgrade():
    unguard()
    with op.batch_alter_table("trail_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_trail_entry_partnership")
        batch_op.drop_constraint(batch_op.f("uq_trail_entry_number"), type_="unique")
        batch_op.drop_column("hash")
        batch_op.drop_column("previous_hash")
        batch_op.drop_column("address")
        batch_op.drop_column("role")
        batch_op.drop_column("number")
    op.drop_table("trail_head")
