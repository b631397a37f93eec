"""What officials did for parties, in each event and in all; `bilateral db migrate` fills both.

Revision: 20261126_official_acts, after 20261126_agreement_paths. 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_official_acts"
down_revision = "20261126_agreement_paths"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "event_act",
        sa.Column("official", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("official", "party", "event", name=op.f("pk_event_act")),
    )
    op.create_index("ix_event_act_event", "event_act", ["event"])
    op.create_table(
        "official_act",
        sa.Column("official", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=True),
        sa.Column("last_date", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(collation="C"), nullable=True),
        sa.Column("rank", sa.Text(collation="C"), nullable=True),
        sa.PrimaryKeyConstraint("official", "party", name=op.f("pk_official_act")),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("official_act")
    op.drop_table("event_act")
