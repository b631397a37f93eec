"""Agreements by their access path, against the same agreements by what the plain tables say."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.record import EventRecord, ReportedAgreement, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, Mode, Pledge
from app.queries.agreement_filter import AgreementFilter, AgreementSort, agreement_conditions
from app.queries.agreement_path import find_agreement_keys
from app.queries.asked import resolve_parties
from app.storage.access_paths import keep_agreement_paths
from app.storage.tables import agreement, agreement_term, event
from tests.factories import make_article, make_person, make_record, store

ASKED: list[dict[str, Any]] = [
    {},
    {"party": "PAK"},
    {"pair": "PAK-SAU"},
    {"country": "Iraq"},
    {"party": ("PAK", "IRQ")},
    {"kind": "pact"},
    {"kind": ("pact", "memorandum"), "party": "IRQ"},
    {"status": "ratified"},
    {"step": "signed"},
    {"pledge": "mutual_defense"},
    {"topic": "training"},
    {"topic": "security", "party": "PAK"},
    {"domain": "trade", "pair": "IRQ-PAK"},
    {"place_country": "SAU"},
    {"city": "riyadh"},
    {"outlet": "dawn.com"},
    {"review_status": "needs_review"},
    {"review_status": ("unreviewed", "needs_review")},
    {"min_confidence": 0.7},
    {"min_confidence": 0},
    {"organization": "UN"},
    {"q": "pact"},
    {"office": "Prime Minister"},
    {"precision": "day"},
    {"precision": ("day", "month")},
    {"date_from": date(2025, 2, 1)},
    {"date_from": date(2025, 1, 1), "date_to": date(2025, 2, 28), "date_match": "within"},
    {"date_to": date(2025, 2, 28), "include_undated": True, "party": "PAK"},
    {"via": "succession", "party": "PAK"},
    {"updated_since": "2030-01-01T00:00:00Z"},
]


def signing(
    mode: Mode, on: date | DateSpan | None, *parties: str, told: dict[str, Any], **facts: Any
) -> EventRecord:
    return make_record(
        *parties,
        kind=EventKind.AGREEMENT,
        mode=mode,
        on=on,
        people=[make_person("Ana Solis", parties[0], title="Prime Minister")],
        agreement=ReportedAgreement(**told),
        **facts,
    )


async def store_agreements(session: AsyncSession) -> None:
    pact = {"kind": AgreementKind.PACT, "pledges": (Pledge.MUTUAL_DEFENSE,), "domain": "defense_cooperation"}
    trade = {"kind": AgreementKind.MEMORANDUM, "domain": "trade"}
    riyadh = ReportedPlace(city="Riyadh", country="SAU")
    training: dict[str, Any] = {"topics": ("training",)}
    month = DateSpan.of_range(date(2025, 2, 10), date(2025, 2, 20))
    for record in (
        signing(Mode.SIGNED, date(2025, 1, 20), "PAK", "SAU", told=pact, place=riyadh, **training),
        signing(Mode.RATIFIED, date(2025, 3, 5), "PAK", "SAU", told=pact),
        signing(Mode.SIGNED, date(2025, 2, 11), "IRQ", "PAK", told=trade, confidence=0.6),
        signing(Mode.SIGNED, month, "IRQ", "SAU", "PAK", told=trade, place=riyadh),
        signing(Mode.ANNOUNCED, None, "IRQ", "SAU", told=pact, **training),
    ):
        await store(session, record, article=make_article(outlet="dawn.com", title=str(record.date.start)))
    bare = select(agreement.c.id).where(agreement.c.date_start == date(2025, 2, 11))
    one = (await session.execute(bare)).scalar_one()
    await session.execute(update(event).where(event.c.agreement == one).values(agreement=None))
    await keep_agreement_paths(session, [one])


@pytest.mark.parametrize("sort", list(AgreementSort))
async def test_paths_lead_to_what_the_tables_say(sort: AgreementSort, session: AsyncSession) -> None:
    await store_agreements(session)
    assert (await session.execute(select(agreement_term))).all()
    found_some = 0
    for asked in ASKED:
        wanted = AgreementFilter(
            **{
                name: value if isinstance(value, tuple) or name in _SINGLE else (value,)
                for name, value in asked.items()
            },
            sort=sort,
        )
        parties = await resolve_parties(session, wanted)
        keys = find_agreement_keys(wanted, parties)
        by_path = (await session.execute(keys.statement.order_by(*keys.order.by()))).scalars().all()
        plain = select(agreement.c.id).where(*agreement_conditions(wanted, parties).values())
        stated = (await session.execute(plain.order_by(*wanted.sort.order().by()))).scalars().all()
        assert by_path == stated, asked
        if keys.total is not None:
            assert (await session.execute(keys.total)).scalar_one() == len(stated), asked
        found_some += 0 < len(stated) < 5
    assert found_some > 15, "most filters tell agreements apart"


_SINGLE = {"min_confidence", "q", "date_from", "date_to", "date_match", "include_undated", "updated_since"}
