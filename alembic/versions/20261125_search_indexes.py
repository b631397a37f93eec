"""What full text finds agreements and articles by; indexes for offices, cities and creation.

Revision: 20261125_search_indexes, after 20261125_dataset_rows. 2026-11-25
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_search_indexes"
down_revision = "20261125_dataset_rows"
branch_labels = None
depends_on = None

_TRIGRAMS = (
    ("ix_participation_title_trigrams", "participation", "title_as_reported"),
    ("ix_tenure_title_trigrams", "tenure", "title"),
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_search("agreement", "to_tsvector('english', title)")
    _add_search("article", "to_tsvector('english', coalesce(title, ''))")
    op.create_index("ix_event_created_at", "event", ["created_at", "id"])
    op.create_index("ix_event_city", "event", [sa.text("lower(city)")])
    for name, table, column in _TRIGRAMS:
        op.create_index(
            name, table, [column], postgresql_using="gin", postgresql_ops={column: "gin_trgm_ops"}
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name, table, _ in _TRIGRAMS:
        op.drop_index(name, table_name=table)
    op.drop_index("ix_event_city", table_name="event")
    op.drop_index("ix_event_created_at", table_name="event")
    for table in ("article", "agreement"):
        op.drop_index(f"ix_{table}_search", table_name=table)
        op.drop_column(table, "search")


def _add_search(table: str, words: str) -> None:
    column = sa.Column("search", postgresql.TSVECTOR(), sa.Computed(words, persisted=True), nullable=True)
    op.add_column(table, column)
    op.create_index(f"ix_{table}_search", table, ["search"], postgresql_using="gin")
