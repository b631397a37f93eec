"""jobs, and the tables of the queue that procrastinate brings.

Revision: 20261125_jobs, after 20261125_keys. 2026-11-25
"""

import sqlalchemy as sa
from alembic import context, op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "20261125_jobs"
down_revision = "20261125_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["api_key.id"], name=op.f("fk_job_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_key"), "job", ["key"], unique=False)
    op.create_table(
        "kept_answer",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "char_length(idempotency_key) BETWEEN 1 AND 255", name=op.f("ck_kept_answer_idempotency_key")
        ),
        sa.ForeignKeyConstraint(["key"], ["api_key.id"], name=op.f("fk_kept_answer_key")),
        sa.PrimaryKeyConstraint("key", "idempotency_key", name=op.f("pk_kept_answer")),
    )
    op.create_index("ix_kept_answer_created_at", "kept_answer", ["created_at"], unique=False)
    op.create_table(
        "job_item",
        sa.Column("job", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handed_in", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("article", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'done') = (article IS NOT NULL)", name=op.f("ck_job_item_done_has_article")
        ),
        sa.CheckConstraint(
            "(state = 'done') = (handed_in IS NULL)", name=op.f("ck_job_item_kept_until_done")
        ),
        sa.CheckConstraint("state IN ('waiting', 'done', 'dead')", name=op.f("ck_job_item_state")),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_job_item_article")),
        sa.ForeignKeyConstraint(["job"], ["job.id"], name=op.f("fk_job_item_job")),
        sa.PrimaryKeyConstraint("job", "ordinal", name=op.f("pk_job_item")),
    )
    op.create_index("ix_job_item_state", "job_item", ["job", "state", "ordinal"], unique=False)
    # A script of many statements, which only the driver itself takes in one go; it runs in this transaction.
    script = SchemaManager.get_schema()
    if context.is_offline_mode():
        op.execute(script)
    else:
        op.get_bind().connection.dbapi_connection.run_async(lambda raw: raw.execute(script))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_job_item_state", table_name="job_item")
    op.drop_table("job_item")
    op.drop_index("ix_kept_answer_created_at", table_name="kept_answer")
    op.drop_table("kept_answer")
    op.drop_index(op.f("ix_job_key"), table_name="job")
    op.drop_table("job")
    for table in ("periodic_defers", "events", "jobs", "workers"):
        op.execute(f"DROP TABLE procrastinate_{table} CASCADE")
    op.execute(
        r"""
        DO $$ DECLARE made regprocedure; BEGIN
          FOR made IN SELECT oid FROM pg_proc WHERE proname LIKE 'procrastinate\_%'
          LOOP EXECUTE 'DROP FUNCTION ' || made || ' CASCADE'; END LOOP;
        END $$
        """
    )
    for kind in ("job_to_defer_v1", "job_event_type", "job_status"):
        op.execute(f"DROP TYPE procrastinate_{kind}")
