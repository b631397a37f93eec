"""How many events each official took part in, and pairs of all time by either party; filled by `bilateral db migrate`.

Revision: 20261127_counts, after 20261126_article_terms. 2026-11-27
"""

import sqlalchemy as sa
from alembic import op

revision = "20261127_counts"
down_revision = "20261126_article_terms"
branch_labels = None
depends_on = None

_PARTNERS = {"a": "b", "b": "a"}
# Postgres takes officials and parties for independent, and would walk an index to group by both.
_ACTS = "st_event_act_official_party"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for side, other in _PARTNERS.items():
            # A build that was interrupted leaves an index that is not valid.
            _drop(f"ix_dyad_count_partner_{side}")
            op.create_index(
                f"ix_dyad_count_partner_{side}",
                "dyad_count",
                [side, "kind"],
                postgresql_include=[other, "events", "first_date", "last_date"],
                postgresql_where="grain = 'all' AND a < b",
                postgresql_concurrently=True,
            )
            _drop(f"ix_dyad_count_{side}")
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "official_count",
        sa.Column("official", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("official", "kind", name=op.f("pk_official_count")),
    )
    op.execute(f"CREATE STATISTICS {_ACTS} (ndistinct) ON official, party FROM event_act")
    # Also where this version was here before: what it had kept is gone.
    op.execute("DELETE FROM seed_load WHERE name = 'access paths'")


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for side in _PARTNERS:
            _drop(f"ix_dyad_count_{side}")
            columns = [side, "grain", "kind"]
            op.create_index(f"ix_dyad_count_{side}", "dyad_count", columns, postgresql_concurrently=True)
            _drop(f"ix_dyad_count_partner_{side}")
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP STATISTICS {_ACTS}")
    op.drop_table("official_count")


def _drop(index: str) -> None:
    op.drop_index(index, table_name="dyad_count", postgresql_concurrently=True, if_exists=True)
