"""Agreements as the documents that the API shows; `bilateral db migrate` fills them.

Revision: 20261126_agreement_docs, after 20261126_official_acts. 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_agreement_docs"
down_revision = "20261126_official_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "agreement_doc",
        sa.Column("agreement", sa.Uuid(), nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("agreement", name=op.f("pk_agreement_doc")),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("agreement_doc")
