"""running the year: the register, groups and reminders, the outbox, requests for evidence, settings

Revision ID: 0006
Revises: 0005
"""

import secrets

import sqlalchemy as sa
from alembic import op

import s11.core.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# As it was when this was written: see s11.core.refs.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
text, json, flag, number, day, short = sa.Text(), sa.JSON(), sa.Boolean(), sa.Integer(), sa.Date(), sa.String
moment = s11.core.database.Moment

# table -> columns every row there is given a value for
FILLED = {
    "cycle": [
        ("guidance", text, ""),
        ("asked_as", short(20), "full"),
        ("only_standards", json, "[]"),
        ("audience", json, "{}"),
        ("every_years", number, "1"),
    ],
    "invitation": [
        ("exempted_as", short(12), "exempt"),
    ],
    "notice": [
        ("about", short(40), ""),
        ("kind", short(12), "account"),
        ("template", short(40), ""),
        ("message_id", short(200), ""),
        ("bounce", short(12), ""),
        ("bounce_said", short(300), ""),
    ],
    "organisation": [
        ("works_alone", flag, sa.false()),
        ("address", text, ""),
        ("postcode", short(12), ""),
        ("telephone", short(40), ""),
        ("local_authority", short(80), ""),
    ],
    "partnership": [
        ("quality_group", short(80), "quality-assurance sub-group"),
        ("mail_signature", text, ""),
        ("time_zone", short(40), "Europe/London"),
        ("colour", short(7), ""),
        ("logo_key", short(100), ""),
        ("logo_type", short(40), ""),
        ("takes_files", flag, sa.true()),
        ("small_group", number, "5"),
        ("pending", json, "{}"),
        ("second_factor_roles", json, "[]"),
        ("sign_off_chains", json, "{}"),
    ],
}
# table -> columns that may stay empty
EMPTY = {
    "cycle": [("moderation_on", day), ("challenge_on", day)],
    "invitation": [
        ("group_id", number),
    ],
    "notice": [
        ("partnership_id", number),
        ("once", short(160)),
        ("claimed_at", moment()),
        ("handed_at", moment()),
        ("next_try_at", moment()),
        ("given_up_at", moment()),
        ("bounced_at", moment()),
        ("digest_id", number),
    ],
    "organisation": [
        ("dfe_number", short(20)),
        ("ukprn", short(20)),
        ("ofsted_urn", short(20)),
        ("charity_number", short(20)),
        ("ods_code", short(20)),
        ("opened_on", day),
        ("closed_on", day),
        ("merged_into_id", number),
    ],
    "partnership": [
        ("files_at_most", number),
        ("megabytes_at_most", number),
        ("evidence_years", number),
    ],
    "revision": [("destroyed_at", moment())],
}
# table -> what the database itself refuses there from now on
CHECKS = {
    "cycle": {"asked_as_known": "asked_as IN ('full', 'deep_dive', 'mini')"},
    "invitation": {"let_off_known": "exempted_as IN ('exempt', 'withdrawn')"},
    "notice": {
        "kind_known": "kind IN ('account', 'task', 'letter', 'reminder', 'request', 'news', 'digest')",
        "bounce_known": "bounce IN ('', 'hard', 'soft', 'complaint')",
    },
}
TABLES = [
    "scheduled_run",
    "suppression",
    "contact",
    "evidence_request",
    "mail_choice",
    "not_the_same",
    "notice_template",
    "organisation_event",
    "register_file",
    "bounce_report",
    "evidence_response",
    "call",
    "issue",
    "reminder_rule",
    "shown_in_response",
    "submission_group",
    "issue_line",
    "escalation",
    "extension",
    "reminder",
]


def upgrade():
    new_tables()
    for table in sorted({*FILLED, *EMPTY}):
        with op.batch_alter_table(table) as batch:
            for name, kind, value in FILLED.get(table, ()):
                batch.add_column(sa.Column(name, kind, nullable=False, server_default=value))
            for name, kind in EMPTY.get(table, ()):
                batch.add_column(sa.Column(name, kind, nullable=True))
            if table == "notice":
                batch.add_column(sa.Column("ref", short(12), nullable=True))
    give_refs("notice")
    for table, columns in FILLED.items():
        with op.batch_alter_table(table) as batch:
            for name, kind, _ in columns:
                batch.alter_column(name, existing_type=kind, server_default=None)
            if table == "notice":
                batch.alter_column("ref", existing_type=short(12), nullable=False)
            for name, what in CHECKS.get(table, {}).items():
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), what)
    keys_and_indexes()


def give_refs(table):
    """A ref for every row there is."""
    rows = sa.table(table, sa.column("id"), sa.column("ref"))
    connection = op.get_bind()
    for (number_,) in connection.execute(sa.select(rows.c.id)).all():
        ref = "".join(secrets.choice(ALPHABET) for _ in range(12))
        connection.execute(rows.update().where(rows.c.id == number_).values(ref=ref))


def keys_and_indexes():
    with op.batch_alter_table("invitation") as batch:
        batch.create_index(op.f("ix_invitation_group_id"), ["group_id"])
        batch.create_foreign_key(
            op.f("fk_invitation_group_id_submission_group"), "submission_group", ["group_id"], ["id"]
        )
    with op.batch_alter_table("notice") as batch:
        batch.create_index(op.f("ix_notice_about"), ["about"])
        batch.create_index(op.f("ix_notice_digest_id"), ["digest_id"])
        batch.create_index(op.f("ix_notice_message_id"), ["message_id"])
        batch.create_index(op.f("ix_notice_next_try_at"), ["next_try_at"])
        batch.create_index(op.f("ix_notice_partnership_id"), ["partnership_id"])
        batch.create_index(op.f("ix_notice_to_address"), ["to_address"])
        batch.create_unique_constraint(op.f("uq_notice_once"), ["once"])
        batch.create_unique_constraint(op.f("uq_notice_ref"), ["ref"])
        batch.create_foreign_key(
            op.f("fk_notice_partnership_id_partnership"), "partnership", ["partnership_id"], ["id"]
        )
        batch.create_foreign_key(op.f("fk_notice_digest_id_notice"), "notice", ["digest_id"], ["id"])
    with op.batch_alter_table("organisation") as batch:
        batch.create_index(op.f("ix_organisation_charity_number"), ["charity_number"])
        batch.create_index(op.f("ix_organisation_dfe_number"), ["dfe_number"])
        batch.create_index(op.f("ix_organisation_merged_into_id"), ["merged_into_id"])
        batch.create_index(op.f("ix_organisation_ukprn"), ["ukprn"])
        batch.create_unique_constraint(op.f("uq_organisation_ods_code"), ["ods_code"])
        batch.create_unique_constraint(op.f("uq_organisation_ofsted_urn"), ["ofsted_urn"])
        batch.create_foreign_key(
            op.f("fk_organisation_merged_into_id_organisation"), "organisation", ["merged_into_id"], ["id"]
        )


def new_tables():
    op.create_table(
        "scheduled_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("started_at", moment(), nullable=True),
        sa.Column("finished_at", moment(), nullable=True),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("succeeded_at", moment(), nullable=True),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_run")),
        sa.UniqueConstraint("name", name=op.f("uq_scheduled_run_name")),
    )
    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("lifted_at", moment(), nullable=True),
        sa.Column("lifted_by_name", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("ref", name=op.f("uq_suppression_ref")),
    )
    op.create_index(op.f("ix_suppression_address"), "suppression", ["address"])

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("job_title", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("added_at", moment(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_contact_named")),
        sa.CheckConstraint(
            "role IN ('lead', 'substitute', 'senior', 'head', 'chair', 'office', 'other')",
            name=op.f("ck_contact_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contact_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_contact_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"], ["contact.id"], name=op.f("fk_contact_substitute_for_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("ref", name=op.f("uq_contact_ref")),
    )
    op.create_index(op.f("ix_contact_email"), "contact", ["email"])
    op.create_index(op.f("ix_contact_organisation_id"), "contact", ["organisation_id"])
    op.create_index(op.f("ix_contact_substitute_for_id"), "contact", ["substitute_for_id"])

    op.create_table(
        "evidence_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("of_person_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", moment(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_name", sa.String(length=120), nullable=False),
        sa.Column("reminded_at", moment(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("outcome_said", sa.Text(), nullable=False),
        sa.Column("outcome_at", moment(), nullable=True),
        sa.Column("outcome_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome_by_name", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(outcome = '') = (outcome_at IS NULL)", name=op.f("ck_evidence_request_outcome_has_a_date")
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'shown', 'in_part', 'not_shown', 'withdrawn')",
            name=op.f("ck_evidence_request_outcome_known"),
        ),
        sa.CheckConstraint(
            "reason IN ('challenge', 'review', 'inspection', 'audit', 'concern', 'other')",
            name=op.f("ck_evidence_request_reason_known"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_evidence_request_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["of_person_id"], ["person.id"], name=op.f("fk_evidence_request_of_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_evidence_request_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["outcome_by_id"], ["person.id"], name=op.f("fk_evidence_request_outcome_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_evidence_request_partnership_id_partnership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_request")),
        sa.UniqueConstraint("ref", name=op.f("uq_evidence_request_ref")),
    )
    op.create_index(op.f("ix_evidence_request_asked_by_id"), "evidence_request", ["asked_by_id"])
    op.create_index(op.f("ix_evidence_request_of_person_id"), "evidence_request", ["of_person_id"])
    op.create_index(op.f("ix_evidence_request_organisation_id"), "evidence_request", ["organisation_id"])
    op.create_index(op.f("ix_evidence_request_outcome_by_id"), "evidence_request", ["outcome_by_id"])
    op.create_index(op.f("ix_evidence_request_partnership_id"), "evidence_request", ["partnership_id"])

    op.create_table(
        "mail_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=10), nullable=False),
        sa.Column("last_digest_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_choice")),
        sa.UniqueConstraint("person_id", name=op.f("uq_mail_choice_person_id")),
    )
    op.create_table(
        "not_the_same",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", moment(), nullable=False),
        sa.Column("said_by_name", sa.String(length=120), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_not_the_same_smaller_first")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["organisation.id"], name=op.f("fk_not_the_same_one_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["organisation.id"], name=op.f("fk_not_the_same_other_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_the_same")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_not_the_same_one_id_other_id")),
    )
    op.create_index(op.f("ix_not_the_same_other_id"), "not_the_same", ["other_id"])

    op.create_table(
        "notice_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_notice_template_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_template")),
        sa.UniqueConstraint("partnership_id", "key", name=op.f("uq_notice_template_partnership_id_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_notice_template_ref")),
    )
    op.create_table(
        "organisation_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "what IN ('added', 'changed', 'renamed', 'moved', 'closed', 'reopened', 'merged', 'took_in', 'left')",
            name=op.f("ck_organisation_event_what_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_event_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_organisation_event_partnership_id_partnership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_event")),
    )
    op.create_index(op.f("ix_organisation_event_organisation_id"), "organisation_event", ["organisation_id"])

    op.create_table(
        "register_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("brought_at", moment(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=True),
        sa.Column("brought_by_name", sa.String(length=120), nullable=False),
        sa.Column("applied_at", moment(), nullable=True),
        sa.Column("put_aside_at", moment(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["brought_by_id"], ["person.id"], name=op.f("fk_register_file_brought_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_register_file_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_file")),
        sa.UniqueConstraint("ref", name=op.f("uq_register_file_ref")),
    )
    op.create_index(op.f("ix_register_file_brought_by_id"), "register_file", ["brought_by_id"])
    op.create_index(op.f("ix_register_file_partnership_id"), "register_file", ["partnership_id"])

    op.create_table(
        "bounce_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_key", sa.String(length=200), nullable=False),
        sa.Column("read_at", moment(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_bounce_report_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce_report")),
        sa.UniqueConstraint("report_key", name=op.f("uq_bounce_report_report_key")),
    )
    op.create_index(op.f("ix_bounce_report_notice_id"), "bounce_report", ["notice_id"])

    op.create_table(
        "evidence_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("from_office", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("begun_at", moment(), nullable=False),
        sa.Column("sent_at", moment(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_evidence_response_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["evidence_request.id"],
            name=op.f("fk_evidence_response_request_id_evidence_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_response")),
        sa.UniqueConstraint("ref", name=op.f("uq_evidence_response_ref")),
    )
    op.create_index(op.f("ix_evidence_response_by_id"), "evidence_response", ["by_id"])
    op.create_index(op.f("ix_evidence_response_request_id"), "evidence_response", ["request_id"])

    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("spoke_to", sa.String(length=120), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("call_back_on", sa.Date(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_call_by_id_person")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_call_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_call_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_call_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("ref", name=op.f("uq_call_ref")),
    )
    op.create_index(op.f("ix_call_by_id"), "call", ["by_id"])
    op.create_index(op.f("ix_call_cycle_id"), "call", ["cycle_id"])
    op.create_index(op.f("ix_call_organisation_id"), "call", ["organisation_id"])

    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.Column("started_at", moment(), nullable=False),
        sa.Column("finished_at", moment(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_issue_by_id_person")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_issue_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("ref", name=op.f("uq_issue_ref")),
    )
    op.create_index(op.f("ix_issue_by_id"), "issue", ["by_id"])
    op.create_index(op.f("ix_issue_cycle_id"), "issue", ["cycle_id"])

    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("whom", sa.String(length=12), nullable=False),
        sa.Column("under_percent", sa.Integer(), nullable=True),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("copies_senior", sa.Boolean(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("made_by_name", sa.String(length=120), nullable=False),
        sa.Column("stopped_at", moment(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(whom = 'under') = (under_percent IS NOT NULL)", name=op.f("ck_reminder_rule_under_has_a_share")
        ),
        sa.CheckConstraint(
            "whom IN ('everybody', 'not_started', 'under', 'awaiting', 'sent_back')",
            name=op.f("ck_reminder_rule_whom_known"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_reminder_rule_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rule")),
        sa.UniqueConstraint("ref", name=op.f("uq_reminder_rule_ref")),
    )
    op.create_index(op.f("ix_reminder_rule_cycle_id"), "reminder_rule", ["cycle_id"])

    op.create_table(
        "shown_in_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["evidence_response.id"],
            name=op.f("fk_shown_in_response_response_id_evidence_response"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_shown_in_response_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_in_response")),
        sa.UniqueConstraint(
            "response_id", "revision_id", name=op.f("uq_shown_in_response_response_id_revision_id")
        ),
    )
    op.create_index(op.f("ix_shown_in_response_revision_id"), "shown_in_response", ["revision_id"])

    op.create_table(
        "submission_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "closes_on IS NULL OR due_on <= closes_on", name=op.f("ck_submission_group_due_before_close")
        ),
        sa.CheckConstraint("opens_on <= due_on", name=op.f("ck_submission_group_opens_before_due")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_submission_group_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_group")),
        sa.UniqueConstraint("cycle_id", "name", name=op.f("uq_submission_group_cycle_id_name")),
        sa.UniqueConstraint("ref", name=op.f("uq_submission_group_ref")),
    )
    op.create_table(
        "issue_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("exempt_reason", sa.String(length=300), nullable=False),
        sa.Column("done_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["submission_group.id"], name=op.f("fk_issue_line_group_id_submission_group")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_line_issue_id_issue")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_issue_line_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_line")),
        sa.UniqueConstraint(
            "issue_id", "organisation_id", name=op.f("uq_issue_line_issue_id_organisation_id")
        ),
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("to_name", sa.String(length=120), nullable=False),
        sa.Column("to_role", sa.String(length=120), nullable=False),
        sa.Column("to_email", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("answered_at", moment(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_escalation_by_id_person")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_escalation_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("ref", name=op.f("uq_escalation_ref")),
    )
    op.create_index(op.f("ix_escalation_by_id"), "escalation", ["by_id"])
    op.create_index(op.f("ix_escalation_invitation_id"), "escalation", ["invitation_id"])

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_extension_by_id_person")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_extension_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_by_id"), "extension", ["by_id"])
    op.create_index(op.f("ix_extension_invitation_id"), "extension", ["invitation_id"])

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_reminder_by_id_person")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_reminder_invitation_id_invitation")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["reminder_rule.id"], name=op.f("fk_reminder_rule_id_reminder_rule")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "rule_id", "invitation_id", "due_on", name=op.f("uq_reminder_rule_id_invitation_id_due_on")
        ),
    )
    op.create_index(op.f("ix_reminder_by_id"), "reminder", ["by_id"])
    op.create_index(op.f("ix_reminder_invitation_id"), "reminder", ["invitation_id"])


def downgrade():
    with op.batch_alter_table("revision") as batch:
        batch.drop_column("destroyed_at")
    with op.batch_alter_table("partnership") as batch:
        for name, *_ in [*FILLED["partnership"], *EMPTY.get("partnership", ())]:
            batch.drop_column(name)
    with op.batch_alter_table("organisation") as batch:
        batch.drop_index(op.f("ix_organisation_charity_number"))
        batch.drop_index(op.f("ix_organisation_dfe_number"))
        batch.drop_index(op.f("ix_organisation_merged_into_id"))
        batch.drop_index(op.f("ix_organisation_ukprn"))
        batch.drop_constraint(op.f("uq_organisation_ods_code"), type_="unique")
        batch.drop_constraint(op.f("uq_organisation_ofsted_urn"), type_="unique")
        batch.drop_constraint(op.f("fk_organisation_merged_into_id_organisation"), type_="foreignkey")
        for name, *_ in [*FILLED["organisation"], *EMPTY.get("organisation", ())]:
            batch.drop_column(name)
    with op.batch_alter_table("notice") as batch:
        batch.drop_index(op.f("ix_notice_about"))
        batch.drop_index(op.f("ix_notice_digest_id"))
        batch.drop_index(op.f("ix_notice_message_id"))
        batch.drop_index(op.f("ix_notice_next_try_at"))
        batch.drop_index(op.f("ix_notice_partnership_id"))
        batch.drop_index(op.f("ix_notice_to_address"))
        batch.drop_constraint(op.f("uq_notice_once"), type_="unique")
        batch.drop_constraint(op.f("uq_notice_ref"), type_="unique")
        batch.drop_constraint(op.f("fk_notice_partnership_id_partnership"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_notice_digest_id_notice"), type_="foreignkey")
        for name in CHECKS.get("notice", ()):
            batch.drop_constraint(op.f(f"ck_notice_{name}"), type_="check")
        for name, *_ in [*FILLED["notice"], *EMPTY.get("notice", ())]:
            batch.drop_column(name)
        batch.drop_column("ref")
    with op.batch_alter_table("invitation") as batch:
        batch.drop_index(op.f("ix_invitation_group_id"))
        batch.drop_constraint(op.f("fk_invitation_group_id_submission_group"), type_="foreignkey")
        for name in CHECKS.get("invitation", ()):
            batch.drop_constraint(op.f(f"ck_invitation_{name}"), type_="check")
        for name, *_ in [*FILLED["invitation"], *EMPTY.get("invitation", ())]:
            batch.drop_column(name)
    with op.batch_alter_table("cycle") as batch:
        batch.drop_constraint(op.f("ck_cycle_asked_as_known"), type_="check")
        for name, *_ in [*FILLED["cycle"], *EMPTY["cycle"]]:
            batch.drop_column(name)
    for table in reversed(TABLES):
        op.drop_table(table)
