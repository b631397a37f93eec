"""dataset rows.

Revision: 20261125_dataset_rows, after 20261124_first_tables. 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_dataset_rows"
down_revision = "20261124_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("article", sa.Column("dataset", sa.Text(), nullable=True))
    op.add_column("article", sa.Column("record_id", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_article_row_of_a_dataset"), "article", "(dataset IS NULL) = (record_id IS NULL)"
    )
    op.create_index(
        "uq_article_dataset",
        "article",
        ["dataset", "record_id"],
        unique=True,
        postgresql_where=sa.text("dataset IS NOT NULL"),
    )
    # Only an article's newest reading is active, so that is what must be single.
    op.drop_constraint(op.f("uq_report_article_parser_version_ordinal"), "report", type_="unique")
    op.create_index(
        "uq_report_article_ordinal",
        "report",
        ["article", "ordinal"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "seed_load",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_seed_load")),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("seed_load")
    op.drop_index("uq_report_article_ordinal", table_name="report")
    op.create_unique_constraint(
        op.f("uq_report_article_parser_version_ordinal"), "report", ["article", "parser_version", "ordinal"]
    )
    op.drop_index("uq_article_dataset", table_name="article")
    op.drop_constraint(op.f("ck_article_row_of_a_dataset"), "article", type_="check")
    op.drop_column("article", "record_id")
    op.drop_column("article", "dataset")
