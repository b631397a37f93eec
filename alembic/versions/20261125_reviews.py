"""reviews.

Revision: 20261125_reviews, after 20261125_access_paths. 2026-11-25
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_reviews"
down_revision = "20261125_access_paths"
branch_labels = None
depends_on = None

# In the order in which writers come to them: to lock one after the other could end in a deadlock with one.
_LOCK = "LOCK TABLE official, event, agreement, report IN ACCESS EXCLUSIVE MODE"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(_LOCK)
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edit", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("replaced", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("editor", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("entity IN ('event', 'agreement', 'official')", name=op.f("ck_correction_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(
        "ix_correction_entity",
        "correction",
        ["entity", "entity_id", "id"],
        unique=False,
        postgresql_where="undone_at IS NULL",
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=True),
        sa.Column("official", sa.Uuid(), nullable=True),
        sa.Column("other", sa.Uuid(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("edit", sa.Uuid(), nullable=True),
        sa.Column("editor", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('accept', 'correct', 'reject', 'merge', 'split', 'lapsed')",
            name=op.f("ck_review_decision"),
        ),
        sa.CheckConstraint(
            "kind IN ('low_confidence', 'possible_duplicate', 'sources_differ', 'unsupported', 'unsure_identity', 'reported_error')",
            name=op.f("ck_review_kind"),
        ),
        sa.CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name=op.f("ck_review_decided")),
        sa.CheckConstraint("(event IS NULL) <> (official IS NULL)", name=op.f("ck_review_of_one_thing")),
        sa.CheckConstraint("char_length(about) <= 2000", name=op.f("ck_review_about")),
        sa.ForeignKeyConstraint(
            ["event"], ["event.id"], name=op.f("fk_review_event"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["official"], ["official.id"], name=op.f("fk_review_official")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(
        "ix_review_event", "review", ["event"], unique=False, postgresql_where="event IS NOT NULL"
    )
    op.create_index(
        "ix_review_other", "review", ["other"], unique=False, postgresql_where="other IS NOT NULL"
    )
    op.create_index(
        "ix_review_official", "review", ["official"], unique=False, postgresql_where="official IS NOT NULL"
    )
    op.create_index("ix_review_open", "review", ["id"], unique=False, postgresql_where="decided_at IS NULL")
    op.create_index(
        "uq_review_question",
        "review",
        ["kind", "event", "official", "other", "about"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where="kind <> 'reported_error'",
    )
    op.add_column("agreement", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_agreement_merged_into"), "agreement", ["merged_into"], unique=False)
    op.create_foreign_key(op.f("fk_agreement_merged_into"), "agreement", "agreement", ["merged_into"], ["id"])
    op.create_check_constraint(op.f("ck_agreement_merged_into_another"), "agreement", "merged_into <> id")
    op.add_column("official", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.add_column("official", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "official",
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.create_index(op.f("ix_official_merged_into"), "official", ["merged_into"], unique=False)
    op.create_foreign_key(op.f("fk_official_merged_into"), "official", "official", ["merged_into"], ["id"])
    op.create_check_constraint(op.f("ck_official_merged_into_another"), "official", "merged_into <> id")
    op.add_column("report", sa.Column("came_with", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_report_came_with", "report", ["came_with"], unique=False, postgresql_where="came_with IS NOT NULL"
    )
    op.create_foreign_key(op.f("fk_report_came_with"), "report", "event", ["came_with"], ["id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(_LOCK)
    op.drop_constraint(op.f("fk_report_came_with"), "report", type_="foreignkey")
    op.drop_index("ix_report_came_with", table_name="report", postgresql_where="came_with IS NOT NULL")
    op.drop_column("report", "came_with")
    op.drop_constraint(op.f("ck_official_merged_into_another"), "official", type_="check")
    op.drop_constraint(op.f("fk_official_merged_into"), "official", type_="foreignkey")
    op.drop_index(op.f("ix_official_merged_into"), table_name="official")
    op.drop_column("official", "updated_at")
    op.drop_column("official", "version")
    op.drop_column("official", "merged_into")
    op.drop_constraint(op.f("ck_agreement_merged_into_another"), "agreement", type_="check")
    op.drop_constraint(op.f("fk_agreement_merged_into"), "agreement", type_="foreignkey")
    op.drop_index(op.f("ix_agreement_merged_into"), table_name="agreement")
    op.drop_column("agreement", "merged_into")
    op.drop_index(
        "uq_review_question",
        table_name="review",
        postgresql_nulls_not_distinct=True,
        postgresql_where="kind <> 'reported_error'",
    )
    op.drop_index("ix_review_open", table_name="review", postgresql_where="decided_at IS NULL")
    op.drop_index("ix_review_other", table_name="review", postgresql_where="other IS NOT NULL")
    op.drop_index("ix_review_official", table_name="review", postgresql_where="official IS NOT NULL")
    op.drop_index("ix_review_event", table_name="review", postgresql_where="event IS NOT NULL")
    op.drop_table("review")
    op.drop_index("ix_correction_entity", table_name="correction", postgresql_where="undone_at IS NULL")
    op.drop_table("correction")
