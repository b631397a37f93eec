"""Lists by day: events by topic and outlet, and indexes that cover what lists filter by.

Revision: 20261126_lists_by_day, after 20261125_partners. 2026-11-26
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261126_lists_by_day"
down_revision = "20261125_partners"
branch_labels = None
depends_on = None

_FILTERED = (
    "kind",
    "mode",
    "status",
    "date_precision",
    "review_status",
    "confidence",
    "date_start",
    "date_end",
)
_WALKED_BY = {
    "": "",
    "kind": "",
    "country": "",
    "city": "",
    "mode": "mode IS NOT NULL",
    "status": "status <> 'occurred'",
    "date_precision": "date_precision <> 'day'",
    "review_status": "review_status IN ('needs_review', 'rejected')",
}
# A party stands beside itself: without them Postgres takes its events for very few.
_PAIRS = "st_event_dyad_pair"
_BEFORE = {
    "ix_event_sort_date": ["sort_date", "id"],
    "ix_event_kind_sort_date": ["kind", "sort_date", "id"],
    "ix_event_country": ["country"],
    "ix_event_city": [sa.text("lower(city)")],
}


def upgrade() -> None:
    # What runs by itself comes first and can run again: a build that was interrupted leaves an index not valid.
    with op.get_context().autocommit_block():
        for column, which in _WALKED_BY.items():
            _create(column, which)
        _create_anew(
            "ix_event_days",
            "event",
            [sa.text("daterange(date_start, date_end, '[]')")],
            postgresql_using="gist",
            postgresql_where="date_start < date_end",
        )
        _create_anew(
            "ix_participation_tenure", "participation", ["tenure"], postgresql_where="tenure IS NOT NULL"
        )
        _create_anew("ix_report_of_event", "report", ["event"])
        for name, table in {"ix_report_event": "report", **dict.fromkeys(_BEFORE, "event")}.items():
            op.drop_index(name, table_name=table, postgresql_concurrently=True, if_exists=True)
    op.create_table(
        "event_term",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "term",
            "sort_date",
            "event",
            name=op.f("pk_event_term"),
            postgresql_include=["kind", "date_start", "date_end", "listed"],
        ),
    )
    op.create_index("ix_event_term_event", "event_term", ["event"])
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"CREATE STATISTICS {_PAIRS} (mcv) ON a, b FROM event_dyad")
    op.execute(f"ALTER STATISTICS {_PAIRS} SET STATISTICS 1000")


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for name, columns in _BEFORE.items():
            op.create_index(name, "event", columns, postgresql_concurrently=True)
        op.create_index(
            "ix_report_event", "report", ["event"], postgresql_where="active", postgresql_concurrently=True
        )
        op.drop_index("ix_report_of_event", table_name="report", postgresql_concurrently=True)
        for column in _WALKED_BY:
            op.drop_index(_name(column), table_name="event", postgresql_concurrently=True)
        op.drop_index("ix_event_days", table_name="event", postgresql_concurrently=True)
        op.drop_index("ix_participation_tenure", table_name="participation", postgresql_concurrently=True)
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP STATISTICS {_PAIRS}")
    op.drop_table("event_term")


def _name(column: str) -> str:
    return f"ix_event_{column}_day" if column else "ix_event_day"


def _create(column: str, which: str) -> None:
    under: dict[str, list[sa.TextClause | str]] = {"": [], "city": [sa.text("lower(city)")]}
    beside = [one for one in _FILTERED if one != column]
    _create_anew(
        _name(column),
        "event",
        [*under.get(column, [column]), "sort_date", "id"],
        postgresql_include=[*beside, "city"] if column == "city" else beside,
        postgresql_where=" AND ".join(filter(None, ("merged_into IS NULL", which))),
    )


def _create_anew(name: str, table: str, columns: list[Any], **how: Any) -> None:
    op.drop_index(name, table_name=table, postgresql_concurrently=True, if_exists=True)
    op.create_index(name, table, columns, postgresql_concurrently=True, **how)
