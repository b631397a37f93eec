"""access paths.

Revision: 20261125_access_paths, after 20261125_search_indexes. 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_access_paths"
down_revision = "20261125_search_indexes"
branch_labels = None
depends_on = None

_COVERED = ["kind", "date_start", "date_end", "listed"]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "event_doc",
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_event_doc")),
    )
    op.create_table(
        "event_dyad",
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "a", "b", "sort_date", "event", name=op.f("pk_event_dyad"), postgresql_include=_COVERED
        ),
    )
    op.create_index("ix_event_dyad_event", "event_dyad", ["event"])
    op.create_table(
        "event_official",
        sa.Column("official", sa.Uuid(), nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "official", "sort_date", "event", name=op.f("pk_event_official"), postgresql_include=_COVERED
        ),
    )
    op.create_index("ix_event_official_event", "event_official", ["event"])
    op.create_table(
        "dyad_count",
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("grain", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=True),
        sa.Column("last_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("a", "b", "grain", "kind", "period", name=op.f("pk_dyad_count")),
    )
    op.create_index("ix_dyad_count_b", "dyad_count", ["b", "grain", "kind"])
    op.create_index(
        "ix_dyad_count_rank",
        "dyad_count",
        ["grain", "period", "kind", "events"],
        postgresql_where=sa.text("a < b"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("dyad_count", "event_official", "event_dyad", "event_doc"):
        op.drop_table(table)
