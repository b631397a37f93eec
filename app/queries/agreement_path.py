"""By which access paths a list of agreements is read: those of the values asked for, or that of all."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select

from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import SERVED_REVIEW_STATUSES
from app.queries.access_path import Keys
from app.queries.agreement_filter import AgreementFilter, AgreementSort, agreement_conditions
from app.queries.asked import AskedParties
from app.queries.dated import dated
from app.queries.paging import COUNTED, Order, read_day, read_uuid
from app.storage.tables import agreement, agreement_term

_BY_DAY = (AgreementSort.LATEST, AgreementSort.EARLIEST)
_ANSWERED = {"merged", "date", "min_confidence"}
"""What the columns of every path answer."""


def find_agreement_keys(wanted: AgreementFilter, asked: AskedParties) -> Keys:
    """Return the cheapest way to the agreements that are wanted."""
    conditions = agreement_conditions(wanted, asked)
    everything = select(agreement.c.id).where(*conditions.values())
    if asked.members or asked.lines:
        return Keys(everything, wanted.sort.order())
    terms = dict(_find_terms(wanted, asked))
    paths = [agreement_term.alias(f"by_{name}") for name in terms] or [agreement_term.alias("of_all")]
    keys = _join(paths, wanted, terms, conditions)
    if wanted.sort not in _BY_DAY:
        few = keys.limit(COUNTED + 1).subquery()
        return Keys(everything, wanted.sort.order(), select(func.count()).select_from(few))
    first = paths[0].c
    return Keys(
        keys, Order(first.day, first.agreement, wanted.sort is AgreementSort.LATEST, read_day, read_uuid)
    )


def _join(
    paths: Sequence[FromClause],
    wanted: AgreementFilter,
    terms: Mapping[str, str],
    conditions: Mapping[str, ColumnElement[bool]],
) -> Select[Any]:
    """Return what lies on every path; all go by day, so that Postgres can read them side by side."""
    first, *more = paths
    answered = {*_ANSWERED, *terms}
    held = [path.c.term == term for path, term in zip(paths, terms.values() or ["all:"], strict=True)]
    if wanted.review_status == SERVED_REVIEW_STATUSES:
        answered.add("review_status")
        held.append(first.c.listed)
    if wanted.min_confidence:
        held.append(first.c.confidence >= wanted.min_confidence)
    if wanted.date_to and not wanted.include_undated:
        held.append(first.c.day <= wanted.date_to)  # it says nothing new, but the index begins there
    if (span := dated(first, wanted)) is not None:
        held.append(span)
    keys = select(first.c.agreement.label("id")).where(*held)
    for path in more:
        keys = keys.join(path, and_(path.c.day == first.c.day, path.c.agreement == first.c.agreement))
    others = [one for name, one in conditions.items() if name not in answered]
    return keys.join(agreement, agreement.c.id == first.c.agreement).where(*others) if others else keys


def _find_terms(wanted: AgreementFilter, asked: AskedParties) -> Iterator[tuple[str, str]]:
    """Yield the terms of the parameters that have one value, the narrowest first."""
    values: dict[str, Sequence[str]] = {
        "official": [str(row_id(Prefix.OFFICIAL, one)) for one in wanted.official],
        "city": [one.lower() for one in wanted.city],
        "outlet": asked.outlet,
        "place_country": asked.place_country,
        **{name: getattr(wanted, name) for name in ("pledge", "domain", "topic", "step", "status", "kind")},
        "precision": wanted.precision,
        "review_status": wanted.review_status,
    }
    if len(asked.pair) == 1:
        yield "pair", "pair:{}-{}".format(*asked.pair[0])
    for name, ids in asked.sides():
        if len(ids) == 1:
            yield name, f"party:{ids[0]}"
    for name, told in values.items():
        if len(told) == 1:
            yield name, f"{name}:{told[0]}"
