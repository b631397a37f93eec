"""The reference data on its way into the tables: parties, people with offices, outlets."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Table, delete, insert, or_, select, tuple_
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from app import reference
from app.domain.names import name_key, sort_key
from app.domain.vocabulary import Editable, PartyKind, PartyNameKind
from app.storage.edits import find_edited
from app.storage.tables import (
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
    return {
        "countries": await _upsert(session, party, countries),
        "organizations": await _upsert(session, party, organizations),
        "names": await _load_names(session),
        "memberships": await _load_memberships(session),
        "successions": await _upsert(session, succession, _succession_rows()),
        "officials": await _load_officials(session),
        "tenures": await _upsert(session, tenure, _tenure_rows()),
        "outlets": await _upsert(session, outlet, [asdict(row) for row in reference.read_outlets()]),
    }


async def _upsert(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows, or update those that differ; return how many were written."""
    keys = [column.name for column in table.primary_key]
    facts = [name for name in rows[0] if name not in keys]
    statement = postgresql.insert(table)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=keys,
        set_={name: new[name] for name in facts},
        where=or_(*(table.c[name].is_distinct_from(new[name]) for name in facts)),
    )
    written = await session.execute(statement.returning(table.c[keys[0]]), list(rows))
    return len(written.all())


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


async def _load_names(session: AsyncSession) -> int:
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
    return written + len(gone)


async def _load_memberships(session: AsyncSession) -> int:
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
        return 0
    await session.execute(delete(membership))
    await session.execute(insert(membership), rows)
    return len(rows)


async def _load_officials(session: AsyncSession) -> int:
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
