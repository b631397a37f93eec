"""partners.

Revision: 20261125_partners, after 20261125_withdrawn_texts. 2026-11-25
"""

from alembic import op

revision = "20261125_partners"
down_revision = "20261125_withdrawn_texts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        # A build that was interrupted leaves an index that is not valid.
        op.drop_index(
            "ix_dyad_count_a", table_name="dyad_count", postgresql_concurrently=True, if_exists=True
        )
        op.create_index("ix_dyad_count_a", "dyad_count", ["a", "grain", "kind"], postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_dyad_count_a", table_name="dyad_count", postgresql_concurrently=True)
