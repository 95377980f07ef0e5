"""completing a return: versions of answers, carrying over, colleagues, doubts, evidence that is looked after

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

import s11.core.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCAN_STATES = "scan_state IN ('not_scanned', 'waiting', 'clean', 'infected', 'unchecked')"
PERSONAL_DATA = "personal_data IN ('', 'no', 'yes', 'redacted')"
text, json, flag, short = sa.Text(), sa.JSON(), sa.Boolean(), sa.String
moment = s11.core.database.Moment

# table -> columns every row there is given a value for
FILLED = {
    "return": [("sent_back_standards", json, "[]")],
    "answer": [
        ("strengths", text, ""),
        ("shortfalls", text, ""),
        ("come_back", flag, sa.false()),
        ("carried", flag, sa.false()),
    ],
    "field_answer": [("carried", flag, sa.false())],
    "cycle": [("takes_files", flag, sa.true())],
    "question_field": [("prefill", short(30), "")],
    "document": [("confirmed_by_name", short(120), ""), ("personal_data", short(10), "")],
    "revision": [("scan_note", short(200), ""), ("hidden", json, "[]")],
}
# table -> columns that may stay empty
EMPTY = {
    "cycle": [("files_at_most", sa.Integer()), ("megabytes_at_most", sa.Integer())],
    "document": [("current_until", sa.Date()), ("confirmed_at", moment()), ("removed_at", moment())],
    "revision": [("scanned_at", moment())],
    "assignment": [("criterion_id", sa.Integer()), ("finished_at", moment())],
}


def person(table, name):
    return sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{table}_{name}_person"))


def of(table, name, other):
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}"))


def whole(name, nullable=False):
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade():
    for table in {**FILLED, **EMPTY}:
        with op.batch_alter_table(table) as batch:
            for name, kind, value in FILLED.get(table, ()):
                batch.add_column(sa.Column(name, kind, nullable=False, server_default=value))
            for name, kind in EMPTY.get(table, ()):
                batch.add_column(sa.Column(name, kind, nullable=True))
    for table, columns in FILLED.items():
        with op.batch_alter_table(table) as batch:
            for name, kind, _ in columns:
                batch.alter_column(name, existing_type=kind, server_default=None)

    with op.batch_alter_table("document") as batch:
        batch.create_check_constraint(op.f("ck_document_personal_data_known"), PERSONAL_DATA)
    with op.batch_alter_table("revision") as batch:
        batch.create_check_constraint(op.f("ck_revision_scan_state_known"), SCAN_STATES)
        batch.create_index(op.f("ix_revision_scan_state"), ["scan_state"])
    with op.batch_alter_table("assignment") as batch:
        batch.create_foreign_key(
            op.f("fk_assignment_criterion_id_criterion"), "criterion", ["criterion_id"], ["id"]
        )
        batch.drop_constraint(op.f("uq_assignment_return_id_standard_id_person_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_assignment_return_id_criterion_id_person_id"), ["return_id", "criterion_id", "person_id"]
        )
    op.create_index(
        "uq_assignment_of_standard",
        "assignment",
        ["return_id", "standard_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("criterion_id IS NULL"),
        postgresql_where=sa.text("criterion_id IS NULL"),
    )

    op.create_table(
        "answer_version",
        whole("id"),
        whole("answer_id"),
        whole("version"),
        whole("level_id", nullable=True),
        sa.Column("not_applicable", flag, nullable=False),
        sa.Column("not_applicable_reason", text, nullable=False),
        sa.Column("commentary", text, nullable=False),
        sa.Column("strengths", text, nullable=False),
        sa.Column("shortfalls", text, nullable=False),
        sa.Column("come_back", flag, nullable=False),
        sa.Column("carried", flag, nullable=False),
        whole("person_id", nullable=True),
        sa.Column("person_name", short(120), nullable=False),
        sa.Column("at", moment(), nullable=False),
        of("answer_version", "answer_id", "answer"),
        of("answer_version", "level_id", "level"),
        person("answer_version", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_version")),
        sa.UniqueConstraint("answer_id", "version", name=op.f("uq_answer_version_answer_id_version")),
    )
    op.create_index(op.f("ix_answer_version_person_id"), "answer_version", ["person_id"])
    op.execute(
        "INSERT INTO answer_version (answer_id, version, level_id, not_applicable, not_applicable_reason, "
        "commentary, strengths, shortfalls, come_back, carried, person_id, person_name, at) "
        "SELECT id, version, level_id, not_applicable, not_applicable_reason, commentary, strengths, "
        "shortfalls, come_back, carried, updated_by_id, updated_by_name, updated_at FROM answer"
    )
    op.create_table(
        "doubt_reply",
        whole("id"),
        whole("return_id"),
        whole("criterion_id"),
        sa.Column("code", short(40), nullable=False),
        sa.Column("reason", text, nullable=False),
        whole("person_id", nullable=True),
        sa.Column("person_name", short(120), nullable=False),
        sa.Column("at", moment(), nullable=False),
        of("doubt_reply", "return_id", "return"),
        of("doubt_reply", "criterion_id", "criterion"),
        person("doubt_reply", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt_reply")),
        sa.UniqueConstraint(
            "return_id", "criterion_id", "code", name=op.f("uq_doubt_reply_return_id_criterion_id_code")
        ),
    )
    op.create_index(op.f("ix_doubt_reply_person_id"), "doubt_reply", ["person_id"])
    op.create_table(
        "remark",
        whole("id"),
        whole("return_id"),
        whole("criterion_id"),
        sa.Column("is_question", flag, nullable=False),
        sa.Column("text", text, nullable=False),
        whole("person_id", nullable=True),
        sa.Column("person_name", short(120), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("settled_at", moment(), nullable=True),
        whole("settled_by_id", nullable=True),
        sa.Column("settled_by_name", short(120), nullable=False),
        sa.Column("ref", short(12), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_remark_says_something")),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_name = '')", name=op.f("ck_remark_settled_by_somebody")
        ),
        of("remark", "return_id", "return"),
        of("remark", "criterion_id", "criterion"),
        person("remark", "person_id"),
        person("remark", "settled_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("ref", name=op.f("uq_remark_ref")),
    )
    op.create_index(op.f("ix_remark_person_id"), "remark", ["person_id"])
    op.create_index(op.f("ix_remark_return_id"), "remark", ["return_id"])
    op.create_table(
        "presence",
        whole("id"),
        whole("return_id"),
        whole("person_id"),
        whole("criterion_id"),
        sa.Column("at", moment(), nullable=False),
        of("presence", "return_id", "return"),
        person("presence", "person_id"),
        of("presence", "criterion_id", "criterion"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("return_id", "person_id", name=op.f("uq_presence_return_id_person_id")),
    )
    op.create_index(op.f("ix_presence_person_id"), "presence", ["person_id"])
    op.create_table(
        "upload",
        whole("id"),
        whole("organisation_id"),
        sa.Column("purpose", json, nullable=False),
        sa.Column("file_name", short(200), nullable=False),
        sa.Column("media_type", short(120), nullable=False),
        whole("size"),
        sa.Column("sha256", short(64), nullable=False),
        sa.Column("storage_key", short(64), nullable=False),
        sa.Column("hidden", json, nullable=False),
        whole("person_id", nullable=True),
        sa.Column("person_name", short(120), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("ref", short(12), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_upload_size_not_negative")),
        of("upload", "organisation_id", "organisation"),
        person("upload", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("ref", name=op.f("uq_upload_ref")),
    )
    op.create_index(op.f("ix_upload_organisation_id"), "upload", ["organisation_id"])
    op.create_index(op.f("ix_upload_person_id"), "upload", ["person_id"])
    op.create_index(op.f("ix_upload_at"), "upload", ["at"])


def downgrade():
    for table in ("upload", "presence", "remark", "doubt_reply", "answer_version"):
        op.drop_table(table)
    op.drop_index("uq_assignment_of_standard", "assignment")
    # One criterion given by itself becomes the whole of its standard, once for each person.
    op.execute(
        "DELETE FROM assignment WHERE criterion_id IS NOT NULL AND EXISTS (SELECT 1 FROM assignment AS other "
        "WHERE other.return_id = assignment.return_id AND other.standard_id = assignment.standard_id "
        "AND other.person_id = assignment.person_id AND other.id < assignment.id)"
    )
    with op.batch_alter_table("assignment") as batch:
        batch.drop_constraint(op.f("uq_assignment_return_id_criterion_id_person_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_assignment_return_id_standard_id_person_id"), ["return_id", "standard_id", "person_id"]
        )
        batch.drop_constraint(op.f("fk_assignment_criterion_id_criterion"), type_="foreignkey")
    with op.batch_alter_table("revision") as batch:
        batch.drop_index(op.f("ix_revision_scan_state"))
        batch.drop_constraint(op.f("ck_revision_scan_state_known"), type_="check")
    with op.batch_alter_table("document") as batch:
        batch.drop_constraint(op.f("ck_document_personal_data_known"), type_="check")
    for table in {**FILLED, **EMPTY}:
        with op.batch_alter_table(table) as batch:
            for name, *_ in [*FILLED.get(table, ()), *EMPTY.get(table, ())]:
                batch.drop_column(name)
