"""What officials did for parties, and as what in each event; `bilateral db migrate` fills both.

Revision: 20261126_official_acts, after 20261126_agreement_paths. 2026-11-26
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "20261126_official_acts"
down_revision = "20261126_agreement_paths"
branch_labels = None
depends_on = None

_TOLD = ("parties", "titles", "ranks")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in _TOLD:  # a version that does not know them yet still writes
        told = sa.Column(name, ARRAY(sa.Text()), nullable=False, server_default="{}")
        op.add_column("event_official", told)
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
    for name in _TOLD:
        op.drop_column("event_official", name)
