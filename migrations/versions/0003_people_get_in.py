"""roles for trusts and the installation; sign-ins, second factors, links; standards given to colleagues

Revision ID: 0003
Revises: 0002
"""

import secrets

import sqlalchemy as sa
from alembic import op

import s11.core.database

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# As it was when this was written: see s11.core.refs.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
ROLES = (
    "business_manager", "office", "chair", "quality", "moderator", "education_adviser",
    "early_years_adviser", "inspector", "lead", "deputy", "contributor", "signatory", "viewer",
    "trust_lead", "system_administrator",
)  # fmt: skip
NEW_ROLES = ("quality", "trust_lead", "system_administrator")


def one_of(names):
    return f"role IN ({', '.join(repr(name) for name in names)})"


def upgrade():
    op.add_column("person", sa.Column("pseudonymised_at", s11.core.database.Moment(), nullable=True))
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_notice_person_id_person"), "person", ["person_id"], ["id"])
        batch.create_index(op.f("ix_notice_person_id"), ["person_id"])
    op.add_column("membership", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("membership", sa.Column("pending", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("membership", sa.Column("ref", sa.String(length=12), nullable=True))
    give_refs()
    with op.batch_alter_table("membership") as batch:
        batch.alter_column("ref", existing_type=sa.String(length=12), nullable=False)
        batch.alter_column("pending", existing_type=sa.Boolean(), server_default=None)
        batch.create_unique_constraint(op.f("uq_membership_ref"), ["ref"])
        batch.drop_constraint(op.f("ck_membership_role_known"), type_="check")
        batch.create_check_constraint(op.f("ck_membership_role_known"), one_of(ROLES))
        batch.drop_constraint(op.f("ck_membership_one_place"), type_="check")
        batch.create_check_constraint(
            op.f("ck_membership_one_place"),
            "CASE WHEN role = 'system_administrator' THEN partnership_id IS NULL AND organisation_id IS NULL "
            "ELSE (partnership_id IS NULL) <> (organisation_id IS NULL) END",
        )
    new_tables()


def give_refs():
    """Every membership already there gets an address of its own."""
    membership = sa.table("membership", sa.column("id", sa.Integer), sa.column("ref", sa.String))
    bind = op.get_bind()
    for (id_,) in bind.execute(sa.select(membership.c.id)).all():
        ref = "".join(secrets.choice(ALPHABET) for _ in range(12))
        bind.execute(sa.update(membership).where(membership.c.id == id_).values(ref=ref))


def new_tables():
    op.create_table(
        "guess",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("moments", sa.JSON(), nullable=False),
        sa.Column("over_at", s11.core.database.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guess")),
    )
    with op.batch_alter_table("guess", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guess_over_at"), ["over_at"], unique=False)

    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("made_at", s11.core.database.Moment(), nullable=False),
        sa.Column("expires_at", s11.core.database.Moment(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_device_key_hash")),
        sa.UniqueConstraint("ref", name=op.f("uq_device_ref")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_person_id"), ["person_id"], unique=False)

    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=250), nullable=False),
        sa.Column("subject", sa.String(length=250), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("linked_at", s11.core.database.Moment(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
        sa.UniqueConstraint("ref", name=op.f("uq_identity_ref")),
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_person_id"), ["person_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", s11.core.database.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hidden_secret", sa.Text(), nullable=False),
        sa.Column("confirmed_at", s11.core.database.Moment(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=60), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("began_at", s11.core.database.Moment(), nullable=False),
        sa.Column("seen_at", s11.core.database.Moment(), nullable=False),
        sa.Column("ended_at", s11.core.database.Moment(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_in_key_hash")),
        sa.UniqueConstraint("ref", name=op.f("uq_sign_in_ref")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_for", sa.String(length=64), nullable=False),
        sa.Column("made_at", s11.core.database.Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(length=120), nullable=False),
        sa.Column("expires_at", s11.core.database.Moment(), nullable=False),
        sa.Column("used_at", s11.core.database.Moment(), nullable=True),
        sa.Column("withdrawn_at", s11.core.database.Moment(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('invitation', 'reset', 'address')", name=op.f("ck_link_purpose_known")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_link_made_by_id_person")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_link_membership_id_membership")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("ref", name=op.f("uq_link_ref")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_at", s11.core.database.Moment(), nullable=False),
        sa.Column("given_by_name", sa.String(length=120), nullable=False),
        sa.Column("reminded_at", s11.core.database.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id_person")),
        sa.ForeignKeyConstraint(["return_id"], ["return.id"], name=op.f("fk_assignment_return_id_return")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_assignment_standard_id_standard")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "return_id",
            "standard_id",
            "person_id",
            name=op.f("uq_assignment_return_id_standard_id_person_id"),
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "personal_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", s11.core.database.Moment(), nullable=False),
        sa.Column("made_by_name", sa.String(length=120), nullable=False),
        sa.Column("expires_at", s11.core.database.Moment(), nullable=False),
        sa.Column("opened_at", s11.core.database.Moment(), nullable=True),
        sa.Column("saved_at", s11.core.database.Moment(), nullable=True),
        sa.Column("withdrawn_at", s11.core.database.Moment(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["return.id"], name=op.f("fk_personal_link_return_id_return")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_personal_link_standard_id_standard")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_link")),
        sa.UniqueConstraint("ref", name=op.f("uq_personal_link_ref")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_personal_link_token_hash")),
    )
    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_link_return_id"), ["return_id"], unique=False)


def downgrade():
    """Back to how it was: roles that were not known then are removed with it."""
    op.drop_table("personal_link")
    op.drop_table("assignment")
    op.drop_table("link")
    op.drop_table("sign_in")
    op.drop_table("second_factor")
    op.drop_table("recovery_code")
    op.drop_table("identity")
    op.drop_table("device")
    op.drop_table("guess")
    op.execute(
        sa.text("DELETE FROM membership WHERE NOT (" + one_of([r for r in ROLES if r not in NEW_ROLES]) + ")")
    )
    with op.batch_alter_table("membership") as batch:
        batch.drop_constraint(op.f("ck_membership_one_place"), type_="check")
        batch.create_check_constraint(
            op.f("ck_membership_one_place"), "(partnership_id IS NULL) <> (organisation_id IS NULL)"
        )
        batch.drop_constraint(op.f("ck_membership_role_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_membership_role_known"), one_of([r for r in ROLES if r not in NEW_ROLES])
        )
        batch.drop_constraint(op.f("uq_membership_ref"), type_="unique")
        batch.drop_column("ref")
        batch.drop_column("pending")
        batch.drop_column("until")
    with op.batch_alter_table("notice") as batch:
        batch.drop_index(op.f("ix_notice_person_id"))
        batch.drop_constraint(op.f("fk_notice_person_id_person"), type_="foreignkey")
        batch.drop_column("person_id")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("pseudonymised_at")
