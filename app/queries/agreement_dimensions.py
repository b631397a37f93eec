"""By what agreements can be counted: each dimension is the filter of its name."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func, select

from app.domain.vocabulary import PartyKind
from app.storage.tables import agreement, agreement_party, party


class AgreementDimension(StrEnum):
    """By what agreements can be counted."""

    KIND = "kind"
    STATUS = "status"
    PRECISION = "precision"
    DOMAIN = "domain"
    PLEDGE = "pledge"
    PARTY = "party"
    COUNTRY = "country"
    ORGANIZATION = "organization"


_COLUMNS = {
    AgreementDimension.KIND: agreement.c.kind,
    AgreementDimension.STATUS: agreement.c.status,
    AgreementDimension.PRECISION: agreement.c.date_precision,
    AgreementDimension.DOMAIN: agreement.c.domain,
}
_KINDS = {
    AgreementDimension.COUNTRY: PartyKind.COUNTRY,
    AgreementDimension.ORGANIZATION: PartyKind.ORGANIZATION,
}


def match_agreements(conditions: Iterable[ColumnElement[bool]], name: str, limit: int | None = None) -> CTE:
    """Return the agreements that meet the conditions, with what `spread_agreements` needs of them."""
    columns = (agreement.c.id, agreement.c.pledges, *_COLUMNS.values())
    return select(*columns).where(*conditions).limit(limit).cte(name)


def spread_agreements(matched: CTE, dimension: AgreementDimension) -> Select[Any]:
    """Return (id, value, label), a row for each value that an agreement has; none where it has none."""
    if dimension in _COLUMNS:
        value = matched.c[_COLUMNS[dimension].name]
        return select(matched.c.id, value.label("value"), value.label("label")).where(value.is_not(None))
    if dimension is AgreementDimension.PLEDGE:
        pledge = func.unnest(matched.c.pledges).column_valued("pledge", joins_implicitly=True)
        return select(matched.c.id, pledge.label("value"), pledge.label("label"))
    rows = (
        select(matched.c.id, party.c.id.label("value"), party.c.name.label("label"))
        .join(agreement_party, agreement_party.c.agreement == matched.c.id)
        .join(party, party.c.id == agreement_party.c.party)
    )
    return rows.where(party.c.kind == _KINDS[dimension]) if dimension in _KINDS else rows
