"""Indexes that lists of officials and articles go by: parties of officials, languages and days of articles.

Revision: 20261126_other_lists, after 20261126_lists_by_day. 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_other_lists"
down_revision = "20261126_lists_by_day"
branch_labels = None
depends_on = None

_DAY = "coalesce(published_on, updated_on, date(timezone('UTC', created_at)))"


_INDEXES = {
    "ix_participation_party": ("participation", ["party", "official"]),
    "ix_article_day": ("article", [sa.text(_DAY), "id"]),
    "ix_article_language_day": ("article", ["language", sa.text(_DAY), "id"]),
    "ix_article_created_at": ("article", ["created_at"]),
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, (table, columns) in _INDEXES.items():
            # A build that was interrupted leaves an index that is not valid.
            op.drop_index(name, table_name=table, postgresql_concurrently=True, if_exists=True)
            op.create_index(name, table, columns, postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for name, (table, _) in _INDEXES.items():
            op.drop_index(name, table_name=table, postgresql_concurrently=True)
