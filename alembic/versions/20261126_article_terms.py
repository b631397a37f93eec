"""What the events that an article tells of are asked for by; `bilateral db migrate` fills it.

Revision: 20261126_article_terms, after 20261126_agreement_docs. 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_article_terms"
down_revision = "20261126_agreement_docs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "article_terms",
        sa.Column("article", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("terms", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_article_terms")),
    )
    op.create_index("ix_article_terms_terms", "article_terms", ["terms"], postgresql_using="gin")
    op.create_index("ix_article_terms_day", "article_terms", ["day", "article"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("article_terms")
