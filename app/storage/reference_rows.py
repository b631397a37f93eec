"""The reference data on its way into the tables: parties, people with offices, outlets."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert, or_, select, tuple_
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from app import reference
from app.domain.names import name_key, sort_key
from app.domain.vocabulary import ChangeAction, Editable, PartyKind, PartyNameKind
from app.storage.among import among
from app.storage.changes import Changed, find_last_state
from app.storage.dependents import find_events_showing, log_with_dependents, touch_events
from app.storage.edits import find_edited
from app.storage.officials import read_official_state
from app.storage.tables import (
    Official,
    agreement,
    agreement_party,
    article,
    change,
    membership,
    official,
    official_name,
    outlet,
    party,
    party_name,
    succession,
    tenure,
)


async def load_reference(session: AsyncSession) -> dict[str, int]:
    """Bring the reference tables up to date; return how many rows changed, by table."""
    countries = [_country_row(country) for country in reference.read_countries()]
    organizations = [_organization_row(organization) for organization in reference.read_organizations()]
    written = {
        "countries": await _upsert(session, party, countries),
        "organizations": await _upsert(session, party, organizations),
        "names": await _load_names(session),
        "memberships": await _load_memberships(session),
        "successions": await _upsert(session, succession, _succession_rows()),
        "officials": await _load_officials(session),
        "tenures": await _upsert(session, tenure, _tenure_rows()),
        "outlets": await _upsert(session, outlet, [asdict(row) for row in reference.read_outlets()]),
    }
    await _log(session, written)
    return {name: len(rows) for name, rows in written.items()}


async def _log(session: AsyncSession, written: dict[str, list[dict[str, Any]]]) -> None:
    """Write the log: every party and official that is another now, and the events that show them."""
    parties = _ids(written, {"countries": ("id",), "organizations": ("id",), "names": ("party",)})
    parties |= _ids(written, {"memberships": ("organization", "country")})
    parties |= _ids(written, {"successions": ("predecessor", "successor")})
    officials = _ids(written, {"officials": ("id", "official"), "tenures": ("official",)})
    tenures, outlets = _ids(written, {"tenures": ("id",)}), _ids(written, {"outlets": ("id",)})
    changes = [
        *await _noted(session, "party", parties),
        *[await _told(session, line) for line in await _noted(session, "official", officials)],
        *await _noted(session, "article", await _articles_of(session, outlets)),
        *await _noted(session, "agreement", await _agreements_of(session, parties)),
    ]
    shown = await find_events_showing(session, parties, officials, tenures, outlets)
    await touch_events(session, shown, changes)
    await log_with_dependents(session, changes)


async def _articles_of(session: AsyncSession, outlets: set[str]) -> set[UUID]:
    return set(
        (await session.execute(select(article.c.id).where(among(article.c.outlet, outlets)))).scalars()
    )


async def _agreements_of(session: AsyncSession, parties: set[str]) -> set[UUID]:
    """Return the agreements of parties, whose events an editor may have given to others."""
    found = (
        select(agreement.c.id)
        .join(agreement_party, agreement_party.c.agreement == agreement.c.id)
        .where(agreement.c.merged_into.is_(None), among(agreement_party.c.party, parties))
    )
    return set((await session.execute(found)).scalars())


async def _noted(session: AsyncSession, entity: str, ids: set[Any]) -> list[Changed]:
    """Return a line for each, a creation where the log does not know it yet."""
    texts = sorted(map(str, ids))
    known = select(change.c.entity_id).where(change.c.entity == entity, among(change.c.entity_id, texts))
    old = set((await session.execute(known)).scalars())
    return [
        Changed(ChangeAction.UPDATE if text in old else ChangeAction.CREATE, entity, text, None, None)
        for text in texts
    ]


async def _told(session: AsyncSession, line: Changed) -> Changed:
    """Return the line of an official with what is told of them, where the log does not say it already."""
    row = await session.get_one(Official, UUID(line.entity_id), populate_existing=True)
    before = await find_last_state(session, line.entity, line.entity_id)
    after = await read_official_state(session, row)
    return line if before == after else replace(line, before=before, after=after)


def _ids(written: dict[str, list[dict[str, Any]]], columns: dict[str, tuple[str, ...]]) -> set[Any]:
    return {
        row[column]
        for table, names in columns.items()
        for row in written[table]
        for column in names
        if column in row
    }


async def _upsert(
    session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Insert the rows, or update those that differ; return those that were written."""
    keys = [column.name for column in table.primary_key]
    facts = [name for name in rows[0] if name not in keys]
    statement = postgresql.insert(table)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=keys,
        set_={name: new[name] for name in facts},
        where=or_(*(table.c[name].is_distinct_from(new[name]) for name in facts)),
    )
    written = await session.execute(statement.returning(*table.c), list(rows))
    return [dict(row) for row in written.mappings()]


def _country_row(country: reference.Country) -> dict[str, Any]:
    return {**asdict(country), "kind": PartyKind.COUNTRY}


def _organization_row(organization: reference.Organization) -> dict[str, Any]:
    return {**asdict(organization), "kind": PartyKind.ORGANIZATION}


def _succession_rows() -> list[dict[str, Any]]:
    return [
        {
            "predecessor": row.predecessor,
            "successor": row.successor,
            "followed": row.on or None,
            "source": row.source,
        }
        for row in reference.read_successions()
    ]


async def _load_names(session: AsyncSession) -> list[dict[str, Any]]:
    """Load every name, the main and the official ones included, and drop those no longer listed."""
    rows = [
        {"party": row.party, "kind": row.kind, "name": row.name, "language": row.language}
        for row in reference.read_names()
    ]
    parties: list[reference.Country | reference.Organization] = [
        *reference.read_countries(),
        *reference.read_organizations(),
    ]
    for one in parties:
        for kind, name in ((PartyNameKind.NAME, one.name), (PartyNameKind.OFFICIAL_NAME, one.official_name)):
            rows.append({"party": one.id, "kind": kind, "name": name, "language": "en"})
    written = await _upsert(session, party_name, [{**row, "name_key": name_key(row["name"])} for row in rows])
    key = tuple_(party_name.c.party, party_name.c.kind, party_name.c.name)
    listed = {(row["party"], row["kind"], row["name"]) for row in rows}
    held = {tuple(row) for row in await session.execute(select(*key.clauses))}
    if gone := held - listed:
        await session.execute(delete(party_name).where(key.in_(gone)))
    return written + [{"party": row[0]} for row in gone]


async def _load_memberships(session: AsyncSession) -> list[dict[str, Any]]:
    """Replace the memberships where they differ from the files; they have no ids that others hold."""
    rows = [
        {
            "organization": row.organization,
            "country": row.country,
            "level": row.level,
            "valid_from": row.from_on,
            "valid_to": row.to_on,
            "source": row.source,
        }
        for row in reference.read_memberships()
    ]
    columns = [membership.c[name] for name in rows[0]]
    held = {tuple(row) for row in await session.execute(select(*columns))}
    if held == {tuple(row.values()) for row in rows}:
        return []
    await session.execute(delete(membership))
    await session.execute(insert(membership), rows)
    return rows


async def _load_officials(session: AsyncSession) -> list[dict[str, Any]]:
    """Load the people with offices on record; a name that was dropped stays, as reports may use it.

    Whom an editor renamed keeps the name.
    """
    people = reference.read_officials()
    rows = [
        {"id": one.id, "name": one.name, "sort_key": sort_key(one.name), "wikidata": one.wikidata}
        for one in people
    ]
    names = [
        {"official": one.id, "name": name, "name_key": name_key(name)}
        for one in people
        for name in (one.name, *one.aliases)
    ]
    edited = await find_edited(session, Editable.OFFICIAL)
    rows = [row for row in rows if row["id"] not in edited]
    names = [row for row in names if row["official"] not in edited]
    return await _upsert(session, official, rows) + await _upsert(session, official_name, names)


def _tenure_rows() -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "official": row.official,
            "party": row.party,
            "title": row.title,
            "valid_from": row.from_on,
            "valid_to": row.to_on,
            "source": row.source,
        }
        for row in reference.read_tenures()
    ]
