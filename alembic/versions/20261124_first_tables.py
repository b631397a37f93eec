"""first tables.

Revision: 20261124_first_tables, after nothing. 2026-11-24
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261124_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # Both are trusted extensions: a database's owner may add them.
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("printed_title", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("binding", sa.Boolean(), nullable=True),
        sa.Column("pledges", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("date_precision", sa.Text(), nullable=False),
        sa.Column("date_basis", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(date_precision = 'unknown') = (date_start IS NULL) AND (date_start IS NULL) = (date_end IS NULL) AND (date_precision <> 'day' OR date_start = date_end)",
            name=op.f("ck_agreement_date_fits_precision"),
        ),
        sa.CheckConstraint(
            "date_basis IN ('announced', 'initialled', 'signed', 'ratified', 'in_force', 'suspended', 'ended')",
            name=op.f("ck_agreement_date_basis"),
        ),
        sa.CheckConstraint(
            "date_precision IN ('day', 'range', 'month', 'year', 'unknown')",
            name=op.f("ck_agreement_date_precision"),
        ),
        sa.CheckConstraint(
            "kind IN ('treaty', 'pact', 'memorandum', 'protocol', 'joint_declaration', 'exchange_of_letters', 'contract', 'other')",
            name=op.f("ck_agreement_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('announced', 'initialled', 'signed', 'ratified', 'in_force', 'suspended', 'ended')",
            name=op.f("ck_agreement_status"),
        ),
        sa.CheckConstraint("date_end >= date_start", name=op.f("ck_agreement_date_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "change",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "action IN ('create', 'update', 'merge', 'unmerge', 'delete')", name=op.f("ck_change_action")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
    )
    op.create_index("ix_change_entity", "change", ["entity", "entity_id", "seq"], unique=False)
    op.create_table(
        "official",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("wikidata", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official")),
        sa.UniqueConstraint("wikidata", name=op.f("uq_official_wikidata")),
    )
    op.create_index(op.f("ix_official_sort_key"), "official", ["sort_key"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("official_name", sa.Text(), nullable=True),
        sa.Column("alpha2", sa.Text(), nullable=True),
        sa.Column("numeric", sa.Text(), nullable=True),
        sa.Column("cow", sa.Integer(), nullable=True),
        sa.Column("gw", sa.Integer(), nullable=True),
        sa.Column("wikidata", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("subregion", sa.Text(), nullable=True),
        sa.Column("capital", sa.Text(), nullable=True),
        sa.Column("founded", sa.Text(), nullable=True),
        sa.Column("dissolved", sa.Text(), nullable=True),
        sa.Column("recognition_note", sa.Text(), nullable=True),
        sa.Column("stated_members", sa.Integer(), nullable=True),
        sa.Column("headquarters_city", sa.Text(), nullable=True),
        sa.Column("headquarters_country", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(status IS NULL) = (kind = 'organization')", name=op.f("ck_party_only_countries_have_a_status")
        ),
        sa.CheckConstraint(
            "dissolved ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'", name=op.f("ck_party_dissolved")
        ),
        sa.CheckConstraint("founded ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'", name=op.f("ck_party_founded")),
        sa.CheckConstraint("id ~ '^[A-Z0-9]+$'", name=op.f("ck_party_id")),
        sa.CheckConstraint("kind IN ('country', 'organization')", name=op.f("ck_party_kind")),
        sa.CheckConstraint("status IN ('state', 'territory', 'former')", name=op.f("ck_party_status")),
        sa.CheckConstraint("stated_members > 0", name=op.f("ck_party_stated_members")),
        sa.ForeignKeyConstraint(
            ["headquarters_country"], ["party.id"], name=op.f("fk_party_headquarters_country")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("name", name=op.f("uq_party_name")),
    )
    op.create_index(
        "uq_party_alpha2_of_today", "party", ["alpha2"], unique=True, postgresql_where="dissolved IS NULL"
    )
    op.create_table(
        "agreement_party",
        sa.Column("agreement", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agreement"], ["agreement.id"], name=op.f("fk_agreement_party_agreement")),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_agreement_party_party")),
        sa.PrimaryKeyConstraint("agreement", "party", name=op.f("pk_agreement_party")),
    )
    op.create_index(op.f("ix_agreement_party_party"), "agreement_party", ["party"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("date_precision", sa.Text(), nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("topics", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("confidence_reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("review_status", sa.Text(), nullable=False),
        sa.Column("report_count", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.Uuid(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('english', search_text)", persisted=True),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(date_precision = 'unknown') = (date_start IS NULL) AND (date_start IS NULL) = (date_end IS NULL) AND (date_precision <> 'day' OR date_start = date_end)",
            name=op.f("ck_event_date_fits_precision"),
        ),
        sa.CheckConstraint(
            "date_precision IN ('day', 'range', 'month', 'year', 'unknown')",
            name=op.f("ck_event_date_precision"),
        ),
        sa.CheckConstraint(
            "kind IN ('meeting', 'call', 'visit', 'agreement', 'exercise', 'appointment', 'transfer', 'other')",
            name=op.f("ck_event_kind"),
        ),
        sa.CheckConstraint(
            "mode IN ('call_on', 'talks', 'delegation_talks', 'summit', 'sideline', 'ceremony', 'phone', 'video', 'official', 'state', 'working', 'private', 'transit', 'port_call', 'delegation', 'announced', 'initialled', 'signed', 'ratified', 'in_force', 'suspended', 'ended', 'land', 'air', 'naval', 'joint', 'envoy', 'credentials', 'post', 'arms', 'aid', 'funds', 'persons', 'goods')",
            name=op.f("ck_event_mode"),
        ),
        sa.CheckConstraint(
            "mode IS NULL OR kind = 'meeting' AND mode IN ('call_on', 'talks', 'delegation_talks', 'summit', 'sideline', 'ceremony') OR kind = 'call' AND mode IN ('phone', 'video') OR kind = 'visit' AND mode IN ('official', 'state', 'working', 'private', 'transit', 'port_call', 'delegation') OR kind = 'agreement' AND mode IN ('announced', 'initialled', 'signed', 'ratified', 'in_force', 'suspended', 'ended') OR kind = 'exercise' AND mode IN ('land', 'air', 'naval', 'joint') OR kind = 'appointment' AND mode IN ('envoy', 'credentials', 'post') OR kind = 'transfer' AND mode IN ('arms', 'aid', 'funds', 'persons', 'goods')",
            name=op.f("ck_event_mode_fits_kind"),
        ),
        sa.CheckConstraint(
            "review_status IN ('unreviewed', 'needs_review', 'accepted', 'corrected', 'rejected')",
            name=op.f("ck_event_review_status"),
        ),
        sa.CheckConstraint(
            "status IN ('occurred', 'planned', 'postponed', 'cancelled', 'denied')",
            name=op.f("ck_event_status"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_event_confidence")),
        sa.CheckConstraint("date_end >= date_start", name=op.f("ck_event_date_order")),
        sa.CheckConstraint("merged_into <> id", name=op.f("ck_event_merged_into_another")),
        sa.CheckConstraint("parent <> id", name=op.f("ck_event_parent_is_another")),
        sa.ForeignKeyConstraint(["agreement"], ["agreement.id"], name=op.f("fk_event_agreement")),
        sa.ForeignKeyConstraint(["country"], ["party.id"], name=op.f("fk_event_country")),
        sa.ForeignKeyConstraint(["merged_into"], ["event.id"], name=op.f("fk_event_merged_into")),
        sa.ForeignKeyConstraint(["parent"], ["event.id"], name=op.f("fk_event_parent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_agreement"), "event", ["agreement"], unique=False)
    op.create_index(op.f("ix_event_country"), "event", ["country"], unique=False)
    op.create_index("ix_event_kind_sort_date", "event", ["kind", "sort_date", "id"], unique=False)
    op.create_index(op.f("ix_event_merged_into"), "event", ["merged_into"], unique=False)
    op.create_index(op.f("ix_event_parent"), "event", ["parent"], unique=False)
    op.create_index("ix_event_search", "event", ["search"], unique=False, postgresql_using="gin")
    op.create_index("ix_event_sort_date", "event", ["sort_date", "id"], unique=False)
    op.create_index("ix_event_topics", "event", ["topics"], unique=False, postgresql_using="gin")
    op.create_index("ix_event_updated_at", "event", ["updated_at", "id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "valid",
            postgresql.DATERANGE(),
            sa.Computed("daterange(valid_from, valid_to, '[]')", persisted=True),
            nullable=True,
        ),
        sa.Column("source", sa.Text(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("organization"), "="),
            (sa.column("country"), "="),
            (sa.column("valid"), "&&"),
            using="gist",
            name="ex_membership_one_level_at_a_time",
        ),
        sa.CheckConstraint(
            "level IN ('full', 'associate', 'observer', 'suspended')", name=op.f("ck_membership_level")
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_membership_date_order")),
        sa.ForeignKeyConstraint(["country"], ["party.id"], name=op.f("fk_membership_country")),
        sa.ForeignKeyConstraint(["organization"], ["party.id"], name=op.f("fk_membership_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_country"), "membership", ["country"], unique=False)
    op.create_table(
        "official_name",
        sa.Column("official", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["official"], ["official.id"], name=op.f("fk_official_name_official")),
        sa.PrimaryKeyConstraint("official", "name", name=op.f("pk_official_name")),
    )
    op.create_index(op.f("ix_official_name_name_key"), "official_name", ["name_key"], unique=False)
    op.create_index(
        "ix_official_name_trigrams",
        "official_name",
        ["name_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name_key": "gin_trgm_ops"},
    )
    op.create_table(
        "outlet",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('wire', 'newspaper', 'broadcaster', 'official_readout', 'magazine', 'dataset', 'other')",
            name=op.f("ck_outlet_kind"),
        ),
        sa.ForeignKeyConstraint(["country"], ["party.id"], name=op.f("fk_outlet_country")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("name", name=op.f("uq_outlet_name")),
    )
    op.create_table(
        "party_name",
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('name', 'official_name', 'alias', 'abbreviation', 'demonym')",
            name=op.f("ck_party_name_kind"),
        ),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_party_name_party")),
        sa.PrimaryKeyConstraint("party", "kind", "name", name=op.f("pk_party_name")),
    )
    op.create_index(op.f("ix_party_name_name_key"), "party_name", ["name_key"], unique=False)
    op.create_index(
        "ix_party_name_trigrams",
        "party_name",
        ["name_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name_key": "gin_trgm_ops"},
    )
    op.create_table(
        "succession",
        sa.Column("predecessor", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("followed", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "followed ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'", name=op.f("ck_succession_followed")
        ),
        sa.CheckConstraint("predecessor <> successor", name=op.f("ck_succession_two_parties")),
        sa.ForeignKeyConstraint(["predecessor"], ["party.id"], name=op.f("fk_succession_predecessor")),
        sa.ForeignKeyConstraint(["successor"], ["party.id"], name=op.f("fk_succession_successor")),
        sa.PrimaryKeyConstraint("predecessor", "successor", name=op.f("pk_succession")),
    )
    op.create_index(op.f("ix_succession_successor"), "succession", ["successor"], unique=False)
    op.create_table(
        "tenure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("official", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_tenure_date_order")),
        sa.ForeignKeyConstraint(["official"], ["official.id"], name=op.f("fk_tenure_official")),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_tenure_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure")),
        sa.UniqueConstraint(
            "official",
            "party",
            "title",
            "valid_from",
            name=op.f("uq_tenure_official_party_title_valid_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_tenure_party"), "tenure", ["party"], unique=False)
    op.create_table(
        "agreement_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("date_precision", sa.Text(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(date_precision = 'unknown') = (date_start IS NULL) AND (date_start IS NULL) = (date_end IS NULL) AND (date_precision <> 'day' OR date_start = date_end)",
            name=op.f("ck_agreement_step_date_fits_precision"),
        ),
        sa.CheckConstraint(
            "date_precision IN ('day', 'range', 'month', 'year', 'unknown')",
            name=op.f("ck_agreement_step_date_precision"),
        ),
        sa.CheckConstraint(
            "step IN ('announced', 'initialled', 'signed', 'ratified', 'in_force', 'suspended', 'ended')",
            name=op.f("ck_agreement_step_step"),
        ),
        sa.CheckConstraint("date_end >= date_start", name=op.f("ck_agreement_step_date_order")),
        sa.ForeignKeyConstraint(["agreement"], ["agreement.id"], name=op.f("fk_agreement_step_agreement")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_agreement_step_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_step")),
        sa.UniqueConstraint("event", name=op.f("uq_agreement_step_event")),
    )
    op.create_index(op.f("ix_agreement_step_agreement"), "agreement_step", ["agreement"], unique=False)
    op.create_table(
        "article",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("text_sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_article_text_sha256")),
        sa.CheckConstraint("url ~ '^https?://'", name=op.f("ck_article_url")),
        sa.ForeignKeyConstraint(["outlet"], ["outlet.id"], name=op.f("fk_article_outlet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("text_sha256", name=op.f("uq_article_text_sha256")),
        sa.UniqueConstraint("url", name=op.f("uq_article_url")),
    )
    op.create_index(op.f("ix_article_outlet"), "article", ["outlet"], unique=False)
    op.create_table(
        "delegation",
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("head", sa.Uuid(), nullable=True),
        sa.Column("stated_size", sa.Integer(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.CheckConstraint("stated_size > 0", name=op.f("ck_delegation_stated_size")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_delegation_event")),
        sa.ForeignKeyConstraint(["head"], ["official.id"], name=op.f("fk_delegation_head")),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_delegation_party")),
        sa.PrimaryKeyConstraint("event", "party", name=op.f("pk_delegation")),
    )
    op.create_table(
        "event_party",
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('host', 'visitor', 'participant', 'signatory', 'convenor', 'recipient', 'supplier')",
            name=op.f("ck_event_party_role"),
        ),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_event_party_event")),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_event_party_party")),
        sa.PrimaryKeyConstraint("event", "party", "role", name=op.f("pk_event_party")),
    )
    op.create_index("ix_event_party_party", "event_party", ["party", "event"], unique=False)
    op.create_table(
        "participation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("official", sa.Uuid(), nullable=True),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("title_as_reported", sa.Text(), nullable=True),
        sa.Column("tenure", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "role IN ('host', 'visitor', 'participant', 'signatory', 'convenor', 'recipient', 'supplier')",
            name=op.f("ck_participation_role"),
        ),
        sa.CheckConstraint(
            "official IS NOT NULL OR title_as_reported IS NOT NULL",
            name=op.f("ck_participation_person_or_office"),
        ),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_participation_event")),
        sa.ForeignKeyConstraint(["official"], ["official.id"], name=op.f("fk_participation_official")),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_participation_party")),
        sa.ForeignKeyConstraint(["tenure"], ["tenure.id"], name=op.f("fk_participation_tenure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("event", "ordinal", name=op.f("uq_participation_event_ordinal")),
    )
    op.create_index("ix_participation_official", "participation", ["official", "event"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("article", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("record", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("officials", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("may_be", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_report_article")),
        sa.ForeignKeyConstraint(
            ["event"], ["event.id"], name=op.f("fk_report_event"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "article", "parser_version", "ordinal", name=op.f("uq_report_article_parser_version_ordinal")
        ),
    )
    op.create_index("ix_report_event", "report", ["event"], unique=False, postgresql_where="active")
    op.create_table(
        "evidence",
        sa.Column("report", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "char_length(quote) = end_at - start_at AND char_length(quote) <= 300",
            name=op.f("ck_evidence_quote"),
        ),
        sa.CheckConstraint("start_at >= 0 AND end_at > start_at", name=op.f("ck_evidence_span")),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_evidence_report")),
        sa.PrimaryKeyConstraint("report", "ordinal", name=op.f("pk_evidence")),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("evidence")
    op.drop_index("ix_report_event", table_name="report", postgresql_where="active")
    op.drop_table("report")
    op.drop_index("ix_participation_official", table_name="participation")
    op.drop_table("participation")
    op.drop_index("ix_event_party_party", table_name="event_party")
    op.drop_table("event_party")
    op.drop_table("delegation")
    op.drop_index(op.f("ix_article_outlet"), table_name="article")
    op.drop_table("article")
    op.drop_index(op.f("ix_agreement_step_agreement"), table_name="agreement_step")
    op.drop_table("agreement_step")
    op.drop_index(op.f("ix_tenure_party"), table_name="tenure")
    op.drop_table("tenure")
    op.drop_index(op.f("ix_succession_successor"), table_name="succession")
    op.drop_table("succession")
    op.drop_index(
        "ix_party_name_trigrams",
        table_name="party_name",
        postgresql_using="gin",
        postgresql_ops={"name_key": "gin_trgm_ops"},
    )
    op.drop_index(op.f("ix_party_name_name_key"), table_name="party_name")
    op.drop_table("party_name")
    op.drop_table("outlet")
    op.drop_index(
        "ix_official_name_trigrams",
        table_name="official_name",
        postgresql_using="gin",
        postgresql_ops={"name_key": "gin_trgm_ops"},
    )
    op.drop_index(op.f("ix_official_name_name_key"), table_name="official_name")
    op.drop_table("official_name")
    op.drop_index(op.f("ix_membership_country"), table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_event_updated_at", table_name="event")
    op.drop_index("ix_event_topics", table_name="event", postgresql_using="gin")
    op.drop_index("ix_event_sort_date", table_name="event")
    op.drop_index("ix_event_search", table_name="event", postgresql_using="gin")
    op.drop_index(op.f("ix_event_parent"), table_name="event")
    op.drop_index(op.f("ix_event_merged_into"), table_name="event")
    op.drop_index("ix_event_kind_sort_date", table_name="event")
    op.drop_index(op.f("ix_event_country"), table_name="event")
    op.drop_index(op.f("ix_event_agreement"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_agreement_party_party"), table_name="agreement_party")
    op.drop_table("agreement_party")
    op.drop_index("uq_party_alpha2_of_today", table_name="party", postgresql_where="dissolved IS NULL")
    op.drop_table("party")
    op.drop_index(op.f("ix_official_sort_key"), table_name="official")
    op.drop_table("official")
    op.drop_index("ix_change_entity", table_name="change")
    op.drop_table("change")
    op.drop_table("agreement")
