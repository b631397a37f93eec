"""withdrawn texts.

Revision: 20261125_withdrawn_texts, after 20261125_jobs. 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_withdrawn_texts"
down_revision = "20261125_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("article", sa.Column("text_withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_article_text_withdrawn"), "article", "text IS NULL OR text_withdrawn_at IS NULL"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(op.f("ck_article_text_withdrawn"), "article", type_="check")
    op.drop_column("article", "text_withdrawn_at")
