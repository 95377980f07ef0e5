"""what any Board's questionnaire can ask: fields, steps, needs, variants; editions in review

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

import s11.core.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STAGES = "stage IN ('draft', 'in_review', 'approved', 'issued', 'archived')"
OLD_STAGES = "stage IN ('draft', 'approved', 'issued')"
KINDS = ("text", "long_text", "number", "date", "yes_no", "choice", "choices", "file", "table")
SCOPES = (
    "CASE scope WHEN 'edition' THEN standard_id IS NULL AND criterion_id IS NULL "
    "WHEN 'standard' THEN criterion_id IS NULL WHEN 'criterion' THEN standard_id IS NULL ELSE false END"
)


def filled(name, kind, value):
    """A column that every row there has with this value."""
    return sa.Column(name, kind, nullable=False, server_default=value)


def settled(batch, *columns):
    """The default was for the rows there: from now on the application says."""
    for name, kind in columns:
        batch.alter_column(name, existing_type=kind, server_default=None)


def upgrade():
    text, json, short = sa.Text(), sa.JSON(), sa.String
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(filled("commissions_services", sa.Boolean(), sa.false()))
    with op.batch_alter_table("organisation") as batch:
        settled(batch, ("commissions_services", sa.Boolean()))

    with op.batch_alter_table("return") as batch:
        batch.add_column(filled("answered", sa.Integer(), "0"))
    op.execute(
        'UPDATE "return" SET answered = (SELECT count(*) FROM answer WHERE answer.return_id = "return".id AND '
        "((answer.level_id IS NOT NULL AND trim(answer.commentary) <> '') OR "
        "(answer.not_applicable AND trim(answer.not_applicable_reason) <> '')))"
    )
    with op.batch_alter_table("return") as batch:
        settled(batch, ("answered", sa.Integer()))

    edition = [
        ("scale_change", json, "{}"),
        ("version", sa.Integer(), "1"),
        ("approved_by", short(200), ""),
        ("approved_at_meeting", short(200), ""),
    ]
    with op.batch_alter_table("edition") as batch:
        for column in edition:
            batch.add_column(filled(*column))
        batch.add_column(sa.Column("partnership_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("approved_on", sa.Date(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_edition_partnership_id_partnership"), "partnership", ["partnership_id"], ["id"]
        )
        batch.create_index(op.f("ix_edition_partnership_id"), ["partnership_id"])
        batch.drop_constraint(op.f("ck_edition_stage_known"), type_="check")
        batch.create_check_constraint(op.f("ck_edition_stage_known"), STAGES)
        batch.create_check_constraint(
            op.f("ck_edition_approval_has_a_name"),
            "approved_on IS NULL OR (approved_by <> '' AND approved_at_meeting <> '')",
        )
    with op.batch_alter_table("edition") as batch:
        settled(batch, *((name, kind) for name, kind, _ in edition))

    criterion = [
        ("change_source", short(20), ""),
        ("group", short(200), ""),
        ("references", json, "[]"),
        ("recommendations", json, "[]"),
        ("resources", json, "[]"),
        ("rated", sa.Boolean(), sa.true()),
        ("variants", json, "[]"),
    ]
    for table, columns, free in (
        ("scale", [("bands", json, "[]")], [("steps", json)]),
        ("level", [("needs", json, "[]")], []),
        ("standard", [("only_if", text, "")], [("sign_off", json)]),
        ("criterion", criterion, []),
    ):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(filled(*column))
            for name, kind in free:
                batch.add_column(sa.Column(name, kind, nullable=True))
        with op.batch_alter_table(table) as batch:
            settled(batch, *((name, kind) for name, kind, _ in columns))
    new_tables()


def new_tables():
    op.create_table(
        "question_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=True),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("only_if", sa.Text(), nullable=False),
        sa.CheckConstraint(SCOPES, name=op.f("ck_question_field_scope_known")),
        sa.CheckConstraint(
            f"kind IN ({', '.join(repr(kind) for kind in KINDS)})", name=op.f("ck_question_field_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_question_field_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_question_field_standard_id_standard"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_question_field_criterion_id_criterion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_field")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_question_field_edition_id_code")),
    )  # fmt: skip
    op.create_table(
        "edition_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("made_at", s11.core.database.Moment(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("resolved_at", s11.core.database.Moment(), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("resolved_by_name", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "about IN ('edition', 'standard', 'criterion')", name=op.f("ck_edition_comment_about_known")
        ),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_name = '')",
            name=op.f("ck_edition_comment_resolved_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_comment_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_edition_comment_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_edition_comment_resolved_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_comment")),
        sa.UniqueConstraint("ref", name=op.f("uq_edition_comment_ref")),
    )  # fmt: skip
    op.create_index(op.f("ix_edition_comment_edition_id"), "edition_comment", ["edition_id"])
    op.create_index(op.f("ix_edition_comment_person_id"), "edition_comment", ["person_id"])
    op.create_table(
        "field_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_name", sa.String(length=120), nullable=False),
        sa.Column("updated_at", s11.core.database.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["return_id"], ["return.id"], name=op.f("fk_field_answer_return_id_return")
        ),
        sa.ForeignKeyConstraint(
            ["field_id"], ["question_field.id"], name=op.f("fk_field_answer_field_id_question_field")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["person.id"], name=op.f("fk_field_answer_updated_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_answer")),
        sa.UniqueConstraint(
            "return_id", "field_id", "subject_id", name=op.f("uq_field_answer_return_id_field_id_subject_id")
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_field_answer_field_id"), "field_answer", ["field_id"])
    op.create_table(
        "section_sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("signed_at", s11.core.database.Moment(), nullable=False),
        sa.CheckConstraint("name <> '' AND role <> ''", name=op.f("ck_section_sign_off_name_and_role")),
        sa.ForeignKeyConstraint(
            ["return_id"], ["return.id"], name=op.f("fk_section_sign_off_return_id_return")
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_section_sign_off_standard_id_standard")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_section_sign_off_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_sign_off")),
        sa.UniqueConstraint(
            "return_id", "standard_id", name=op.f("uq_section_sign_off_return_id_standard_id")
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_section_sign_off_person_id"), "section_sign_off", ["person_id"])


def downgrade():
    for table in ("section_sign_off", "field_answer", "edition_comment", "question_field"):
        op.drop_table(table)
    for table, columns in (
        ("criterion", ("variants", "rated", "resources", "recommendations", "references", "group",
                       "change_source")),
        ("standard", ("sign_off", "only_if")),
        ("level", ("needs",)),
        ("scale", ("bands", "steps")),
        ("organisation", ("commissions_services",)),
        ("return", ("answered",)),
    ):  # fmt: skip
        with op.batch_alter_table(table) as batch:
            for name in columns:
                batch.drop_column(name)
    op.execute("UPDATE edition SET stage = 'draft' WHERE stage = 'in_review'")
    op.execute("UPDATE edition SET stage = 'issued' WHERE stage = 'archived'")
    with op.batch_alter_table("edition") as batch:
        batch.drop_constraint(op.f("ck_edition_approval_has_a_name"), type_="check")
        batch.drop_constraint(op.f("ck_edition_stage_known"), type_="check")
        batch.create_check_constraint(op.f("ck_edition_stage_known"), OLD_STAGES)
        batch.drop_constraint(op.f("fk_edition_partnership_id_partnership"), type_="foreignkey")
        batch.drop_index(op.f("ix_edition_partnership_id"))
        for name in ("approved_on", "approved_at_meeting", "approved_by", "version", "scale_change",
                     "partnership_id"):  # fmt: skip
            batch.drop_column(name)
