"""The access path of agreements, and indexes of agreements by when they were changed and added.

Revision: 20261126_agreement_paths, after 20261126_other_lists. 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_agreement_paths"
down_revision = "20261126_other_lists"
branch_labels = None
depends_on = None

_COVERED = ["date_start", "date_end", "confidence", "listed"]
_INDEXES = {
    "ix_agreement_updated_at": ["updated_at", "id"],
    "ix_agreement_created_at": ["created_at", "id"],
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, columns in _INDEXES.items():
            # A build that was interrupted leaves an index that is not valid.
            op.drop_index(name, table_name="agreement", postgresql_concurrently=True, if_exists=True)
            op.create_index(name, "agreement", columns, postgresql_concurrently=True)
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "agreement_term",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("agreement", sa.Uuid(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "term", "day", "agreement", name=op.f("pk_agreement_term"), postgresql_include=_COVERED
        ),
    )
    op.create_index("ix_agreement_term_agreement", "agreement_term", ["agreement"])


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for name in _INDEXES:
            op.drop_index(name, table_name="agreement", postgresql_concurrently=True)
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("agreement_term")
