"""one composite plan: reviews with their recommendations, owners and milestones, verified actions and the
difference they made, plans that are brought in, reminders

Revision ID: 0008
Revises: 0007
"""

import secrets

import sqlalchemy as sa
from alembic import op

import s11.core.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# As it was when this was written: see s11.core.refs.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
text, json, number, short, moment = sa.Text(), sa.JSON(), sa.Integer(), sa.String, s11.core.database.Moment

# Columns of an action that get a value, and those that may stay empty.
FILLED = [
    ("theme", short(120), ""),
    ("resources", text, ""),
    ("contingency", text, ""),
    ("priority", short(10), ""),
    ("times_moved", number, "0"),
    ("difference", short(12), ""),
    ("times_asked", number, "0"),
    ("printed", json, "{}"),
]
EMPTY = [
    ("source_id", number),
    ("evidence_request_id", number),
    ("last_said_at", moment()),
    ("completed_at", moment()),
    ("completed_by_id", number),
    ("verified_at", moment()),
    ("ask_on", sa.Date()),
    ("superseded_by_id", number),
    ("import_id", number),
    ("import_row", number),
]
POINTS_AT = {
    "source_id": "plan_source",
    "evidence_request_id": "evidence_request",
    "completed_by_id": "person",
    "superseded_by_id": "action",
    "import_id": "plan_import",
}
INDEXED = ("source_id", "evidence_request_id", "due_on", "ask_on", "import_id")
MAY_BE_EMPTY = {"organisation_id": number, "due_on": sa.Date(), "first_due_on": sa.Date()}
CHECKS = {
    "owner_and_date_unless_brought_in": (
        "import_id IS NOT NULL OR "
        "(owner_name <> '' AND owner_role <> '' AND due_on IS NOT NULL AND first_due_on IS NOT NULL)"
    ),
    "source_known": (
        "source IN ('challenge', 'self_assessment', 'moderation', 'review', 'inspection', 'audit', "
        "'evidence_request')"
    ),
    "status_known": (
        "status IN ('not_started', 'on_track', 'at_risk', 'complete', 'verified', 'closed', 'superseded')"
    ),
    "priority_known": "priority IN ('', 'high', 'medium', 'low')",
    "difference_known": "difference IN ('', 'made', 'too_early', 'none')",
}
SAYINGS = (
    "kind IN ('progress', 'comment', 'milestone', 'delegated', 'mended', 'changed', 'verified', 'returned', "
    "'impact', 'closed', 'reopened', 'superseded')"
)
WITH_RECOMMENDATIONS = ("review", "inspection", "audit")


def upgrade():
    new_tables()
    with op.batch_alter_table("action") as batch:
        for name in ("owner_has_name_and_role", "source_known", "status_known"):
            batch.drop_constraint(op.f(f"ck_action_{name}"), type_="check")
        for name, kind, value in FILLED:
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        for name, kind in EMPTY:
            batch.add_column(sa.Column(name, kind, nullable=True))
        for name, kind in MAY_BE_EMPTY.items():
            batch.alter_column(name, existing_type=kind, nullable=True)
    with op.batch_alter_table("action") as batch:
        for name, kind, _ in FILLED:
            batch.alter_column(name, existing_type=kind, server_default=None)
        for name, what in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_action_{name}"), what)
        for column, table in POINTS_AT.items():
            batch.create_foreign_key(op.f(f"fk_action_{column}_{table}"), table, [column], ["id"])
        for column in INDEXED:
            batch.create_index(op.f(f"ix_action_{column}"), [column])
    with op.batch_alter_table("action_update") as batch:
        batch.add_column(sa.Column("kind", short(12), nullable=False, server_default="progress"))
        batch.create_index(op.f("ix_action_update_at"), ["at"])
    with op.batch_alter_table("action_update") as batch:
        batch.alter_column("kind", existing_type=short(12), server_default=None)
        batch.create_check_constraint(op.f("ck_action_update_kind_known"), SAYINGS)
    reviews_stand_by_themselves()
    what_was_said_is_counted()


def new_ref():
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def reviews_stand_by_themselves():
    """A title and a recommendation written on actions become a review with its recommendations."""
    names = ["id", "partnership_id", "source", "source_title", "recommendation", "created_at", "source_id"]
    action = sa.table("action", *(sa.column(n, moment() if n == "created_at" else None) for n in names))
    source = sa.table(
        "plan_source",
        *map(
            sa.column,
            ["id", "ref", "partnership_id", "kind", "title", "public_title", "summary", "created_by_name"],
        ),
        sa.column("version"),
        sa.column("created_at", moment()),
    )
    recommendation = sa.table(
        "recommendation",
        *map(sa.column, ["id", "ref", "source_id", "position", "number", "text", "finding", "context"]),
        *map(sa.column, ["response", "practice_standard", "not_accepted", "version"]),
    )
    answers = sa.table("action_answers", sa.column("action_id"), sa.column("recommendation_id"))
    connection = op.get_bind()
    sources, said = {}, {}
    rows = sa.select(action).where(action.c.source.in_(WITH_RECOMMENDATIONS), action.c.source_title != "")
    for row in connection.execute(rows.order_by(action.c.id)).mappings().all():
        of = (row["partnership_id"], row["source"], row["source_title"])
        if of not in sources:
            sources[of] = put(
                connection,
                source,
                partnership_id=of[0],
                kind=of[1],
                title=of[2],
                public_title="",
                summary="",
                created_by_name="",
                created_at=row["created_at"],
            )
        changed = {"source_id": sources[of], "source_title": "", "recommendation": ""}
        connection.execute(action.update().where(action.c.id == row["id"]).values(**changed))
        words = row["recommendation"].strip()
        if not words:
            continue
        if (of, words) not in said:
            nothing = dict.fromkeys(["number", "finding", "context", "response", "practice_standard"], "")
            said[of, words] = put(
                connection,
                recommendation,
                source_id=sources[of],
                position=sum(one == of for one, _ in said) + 1,
                text=words,
                not_accepted="",
                **nothing,
            )
        connection.execute(answers.insert().values(action_id=row["id"], recommendation_id=said[of, words]))


def put(connection, table, **values):
    """Put a row into a table, and say its id."""
    ref = new_ref()
    connection.execute(table.insert().values(ref=ref, version=1, **values))
    return connection.scalar(sa.select(table.c.id).where(table.c.ref == ref))


def what_was_said_is_counted():
    """How often an action was moved, when something was last said of it, and when it was complete."""
    action = sa.table(
        "action",
        *map(sa.column, ["id", "status", "times_moved", "completed_by_id"]),
        sa.column("last_said_at", moment()),
        sa.column("completed_at", moment()),
    )
    update = sa.table(
        "action_update",
        *map(sa.column, ["id", "action_id", "status", "person_id", "due_after"]),
        sa.column("at", moment()),
    )
    connection = op.get_bind()
    found = {}
    for row in connection.execute(sa.select(update).order_by(update.c.at, update.c.id)).mappings():
        told = found.setdefault(row["action_id"], {"times_moved": 0})
        told["times_moved"] += row["due_after"] is not None
        told["last_said_at"] = row["at"]
        if row["status"] == "complete":
            told |= {"completed_at": row["at"], "completed_by_id": row["person_id"]}
    for action_id, values in found.items():
        connection.execute(action.update().where(action.c.id == action_id).values(**values))


def new_tables():
    op.create_table(
        "action_reminder_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "how IN ('each', 'weekly', 'none')", name=op.f("ck_action_reminder_choice_how_known")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_action_reminder_choice_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_reminder_choice")),
        sa.UniqueConstraint("person_id", name=op.f("uq_action_reminder_choice_person_id")),
    )
    op.create_table(
        "action_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('due', 'weekly', 'asked', 'lead', 'office')", name=op.f("ck_action_reminder_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_reminder_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
            name=op.f("fk_action_reminder_notice_id_notice"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_reminder")),
        sa.UniqueConstraint(
            "action_id",
            "kind",
            "day",
            "to_address",
            name=op.f("uq_action_reminder_action_id_kind_day_to_address"),
        ),
    )
    with op.batch_alter_table("action_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_reminder_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "plan_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_calendar_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_calendar")),
        sa.UniqueConstraint("person_id", name=op.f("uq_plan_calendar_person_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_plan_calendar_token_hash")),
    )
    op.create_table(
        "plan_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("to_lead_after", sa.Integer(), nullable=True),
        sa.Column("to_office_after", sa.Integer(), nullable=True),
        sa.Column("ask_after_months", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_plan_settings_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_settings")),
        sa.UniqueConstraint("partnership_id", name=op.f("uq_plan_settings_partnership_id")),
    )
    op.create_table(
        "plan_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("public_title", sa.String(length=250), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("created_by_name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "kind IN ('review', 'inspection', 'audit')", name=op.f("ck_plan_source_kind_known")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_plan_source_has_a_title")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_source_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_plan_source_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_source")),
        sa.UniqueConstraint("ref", name=op.f("uq_plan_source_ref")),
    )
    with op.batch_alter_table("plan_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_source_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_source_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "plan_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("mended", sa.JSON(), nullable=False),
        sa.Column("begun_at", moment(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("begun_by_name", sa.String(length=120), nullable=False),
        sa.Column("done_at", moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint("stage IN ('columns', 'rows', 'done')", name=op.f("ck_plan_import_stage_known")),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["person.id"], name=op.f("fk_plan_import_begun_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_plan_import_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["plan_source.id"], name=op.f("fk_plan_import_source_id_plan_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_import")),
        sa.UniqueConstraint("ref", name=op.f("uq_plan_import_ref")),
    )
    with op.batch_alter_table("plan_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_import_begun_by_id"), ["begun_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_import_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_import_source_id"), ["source_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("practice_standard", sa.String(length=200), nullable=False),
        sa.Column("not_accepted", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_recommendation_says_something")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["plan_source.id"], name=op.f("fk_recommendation_source_id_plan_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("ref", name=op.f("uq_recommendation_ref")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_source_id"), ["source_id"], unique=False)

    op.create_table(
        "recommendation_test",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("criterion_key", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_test_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_test")),
        sa.UniqueConstraint(
            "recommendation_id",
            "criterion_key",
            name=op.f("uq_recommendation_test_recommendation_id_criterion_key"),
        ),
    )
    with op.batch_alter_table("recommendation_test", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_test_criterion_key"), ["criterion_key"], unique=False
        )

    op.create_table(
        "recommendation_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_theme_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_theme")),
        sa.UniqueConstraint(
            "recommendation_id", "theme", name=op.f("uq_recommendation_theme_recommendation_id_theme")
        ),
    )
    with op.batch_alter_table("recommendation_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_theme_theme"), ["theme"], unique=False)

    op.create_table(
        "action_answers",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_answers_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_action_answers_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("action_id", "recommendation_id", name=op.f("pk_action_answers")),
    )
    with op.batch_alter_table("action_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_answers_recommendation_id"), ["recommendation_id"], unique=False
        )

    op.create_table(
        "action_impact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=120), nullable=False),
        sa.Column("difference", sa.String(length=12), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "difference IN ('made', 'too_early', 'none')", name=op.f("ck_action_impact_difference_known")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_impact_action_id_action")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_action_impact_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_impact")),
    )
    with op.batch_alter_table("action_impact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_impact_action_id"), ["action_id"], unique=False)

    op.create_table(
        "action_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_name", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_action_milestone_says_something")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_milestone_action_id_action")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_milestone")),
        sa.UniqueConstraint("ref", name=op.f("uq_action_milestone_ref")),
    )
    with op.batch_alter_table("action_milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_milestone_action_id"), ["action_id"], unique=False)

    op.create_table(
        "action_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("name <> '' OR role <> ''", name=op.f("ck_action_owner_is_somebody")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_owner_action_id_action")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_action_owner_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_action_owner_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_owner")),
    )
    with op.batch_alter_table("action_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_owner_action_id"), ["action_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_owner_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_action_owner_person_id"), ["person_id"], unique=False)

    op.create_table(
        "action_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=250), nullable=False),
        sa.Column("added_at", moment(), nullable=False),
        sa.Column("added_by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_evidence_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_action_evidence_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["action_update.id"], name=op.f("fk_action_evidence_update_id_action_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_evidence")),
        sa.UniqueConstraint(
            "action_id", "revision_id", name=op.f("uq_action_evidence_action_id_revision_id")
        ),
    )
    with op.batch_alter_table("action_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_evidence_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_evidence_update_id"), ["update_id"], unique=False)


TABLES = [
    "action_reminder",
    "plan_calendar",
    "action_reminder_choice",
    "plan_settings",
    "action_evidence",
    "action_impact",
    "action_milestone",
    "action_owner",
    "action_answers",
    "recommendation_theme",
    "recommendation_test",
    "recommendation",
    "plan_import",
    "plan_source",
]
CHECKS_BEFORE = {
    "owner_has_name_and_role": "owner_name <> '' AND owner_role <> ''",
    "source_known": "source IN ('challenge', 'self_assessment', 'review', 'inspection', 'audit')",
    "status_known": "status IN ('not_started', 'on_track', 'at_risk', 'complete')",
}


def downgrade():
    as_it_was_written()
    with op.batch_alter_table("action_update") as batch:
        batch.drop_constraint(op.f("ck_action_update_kind_known"), type_="check")
        batch.drop_index(op.f("ix_action_update_at"))
        batch.drop_column("kind")
    with op.batch_alter_table("action") as batch:
        for column in INDEXED:
            batch.drop_index(op.f(f"ix_action_{column}"))
        for column, table in POINTS_AT.items():
            batch.drop_constraint(op.f(f"fk_action_{column}_{table}"), type_="foreignkey")
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_action_{name}"), type_="check")
        for name, *_ in [*FILLED, *EMPTY]:
            batch.drop_column(name)
    with op.batch_alter_table("action") as batch:
        for name, kind in MAY_BE_EMPTY.items():
            batch.alter_column(name, existing_type=kind, nullable=False)
        for name, what in CHECKS_BEFORE.items():
            batch.create_check_constraint(op.f(f"ck_action_{name}"), what)
    for table in TABLES:
        op.drop_table(table)


def as_it_was_written():
    """Titles and recommendations stand on the actions again; what could not be said before is said as it
    could be, and what has no owner, date or organisation goes."""
    op.execute(
        "UPDATE action SET source_title = (SELECT title FROM plan_source WHERE plan_source.id = source_id) "
        "WHERE source_id IS NOT NULL"
    )
    op.execute(
        "UPDATE action SET recommendation = COALESCE((SELECT MIN(recommendation.text) FROM recommendation "
        "JOIN action_answers ON action_answers.recommendation_id = recommendation.id "
        "WHERE action_answers.action_id = action.id), '') WHERE source_id IS NOT NULL"
    )
    op.execute("UPDATE action SET source = 'audit' WHERE source IN ('moderation', 'evidence_request')")
    op.execute("UPDATE action SET status = 'complete' WHERE status IN ('verified', 'closed', 'superseded')")
    op.execute(
        "UPDATE action_update SET status = 'complete' WHERE status IN ('verified', 'closed', 'superseded')"
    )
    gone = (
        "SELECT id FROM action WHERE organisation_id IS NULL OR due_on IS NULL OR first_due_on IS NULL "
        "OR owner_name = '' OR owner_role = ''"
    )
    # What cannot stand in the table as it was: only an import or the Board itself could put it there.
    for table in (
        "action_reminder",
        "action_evidence",
        "action_impact",
        "action_milestone",
        "action_owner",
        "action_answers",
    ):
        op.execute(f"DELETE FROM {table} WHERE action_id IN ({gone})")
    op.execute(f"UPDATE action SET superseded_by_id = NULL WHERE superseded_by_id IN ({gone})")
    op.execute(
        f"UPDATE action_evidence SET update_id = NULL WHERE update_id IN (SELECT id FROM action_update WHERE action_id IN ({gone}))"
    )
    op.execute(f"UPDATE challenge_outcome SET action_id = NULL WHERE action_id IN ({gone})")
    op.execute(f"DELETE FROM action_update WHERE action_id IN ({gone})")
    op.execute(f"DELETE FROM action WHERE id IN ({gone})")
