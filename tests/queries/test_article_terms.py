"""Articles by the terms of what they tell of, against the same articles by what the plain tables say."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ChangeAction, EventKind, PartyRole
from app.queries import articles
from app.queries.articles import ArticleFilter, ArticleSort, article_conditions, find_articles, tells_of
from app.queries.asked import party_conditions, resolve_parties
from app.queries.event_filter import has_topic
from app.storage.changes import Changed, log_changes
from app.storage.tables import article, article_terms, event, event_party, report
from tests.factories import make_article, make_record, store

ASKED: list[dict[str, tuple[str, ...]]] = [
    {"party": ("PAK",)},
    {"party": ("PAK", "UN")},
    {"country": ("Iraq",), "kind": ("visit",)},
    {"organization": ("UN",)},
    {"pair": ("PAK-SAU",)},
    {"pair": ("SAU-PAK", "IRQ-PAK")},
    {"pair": ("UN-PAK",)},
    {"kind": ("visit", "exercise")},
    {"topic": ("training",)},
    {"topic": ("security",), "party": ("PAK",)},
    {"party": ("RUS",), "via": ("succession",)},
    {"pair": ("RUS-PAK",), "via": ("succession",)},
    {"party": ("IMCTC",), "via": ("membership",)},
    {"pair": ("IMCTC-PAK",), "via": ("membership",), "kind": ("meeting",)},
]


async def store_articles(session: AsyncSession) -> None:
    convened = (("IRQ", PartyRole.PARTICIPANT), ("PAK", PartyRole.PARTICIPANT), ("UN", PartyRole.CONVENOR))
    told = [
        [make_record("PAK", "SAU", on=date(2025, 1, 3), topics=("training",))],
        [make_record("IRQ", "USA", on=date(2025, 2, 3), kind=EventKind.VISIT)],
        [make_record(*convened, on=date(2025, 3, 3)), make_record("SAU", "USA", on=date(2025, 3, 4))],
        [make_record("PAK", "SUN", on=date(1970, 3, 3)), make_record("IRQ", "USA", on=date(2025, 4, 4))],
    ]
    for number, records in enumerate(told):
        await store(session, *records, article=make_article(f"Text {number}.", title=f"Title {number}"))


async def stated(session: AsyncSession, wanted: ArticleFilter) -> set[Any]:
    """Return the articles that are wanted by the plain tables."""
    asked = await resolve_parties(session, wanted)
    held = [tells_of(one) for one in party_conditions(event_party, event.c.id, asked).values()]
    held += [tells_of(event.c.kind.in_(wanted.kind))] if wanted.kind else []
    held += [tells_of(has_topic(wanted.topic))] if wanted.topic else []
    return set((await session.execute(select(article.c.id).where(*held))).scalars())


async def test_terms_lead_to_what_the_tables_say(session: AsyncSession) -> None:
    await store_articles(session)
    for told in ASKED:
        wanted = ArticleFilter(**told)
        conditions = article_conditions(wanted, await resolve_parties(session, wanted))
        found = set((await session.execute(select(article.c.id).where(*conditions.values()))).scalars())
        assert found == await stated(session, wanted), told
        assert (0 < len(found) < 4) == (told != {"pair": ("UN-PAK",)}), told


async def test_what_nothing_tells_of_any_more_has_no_terms(session: AsyncSession) -> None:
    recorded = await store(session, make_record())
    told = (await session.execute(select(report.c.event))).scalar_one()
    await session.execute(update(report).values(active=False))
    await log_changes(session, [Changed(ChangeAction.UPDATE, "event", str(told), None, None)])
    left = select(article_terms).where(article_terms.c.article == recorded.article)
    assert (await session.execute(left)).all() == []


async def walk(session: AsyncSession, **asked: Any) -> list[Any]:
    """Return a list's articles, one a page."""
    seen, cursor = [], None
    while True:
        page = await find_articles(session, ArticleFilter(**asked, limit=1, cursor=cursor))
        seen += [one.row.id for one in page.rows]
        if (cursor := page.next_cursor) is None:
            return seen


async def test_few_are_found_as_many_are(session: AsyncSession, monkeypatch: pytest.MonkeyPatch) -> None:
    await store_articles(session)
    walks = [{**told, "sort": sort} for told in ASKED for sort in (ArticleSort.LATEST, ArticleSort.EARLIEST)]
    sorted_at_once = [await walk(session, **asked) for asked in walks]
    monkeypatch.setattr(articles, "_FEW", -1)
    assert [await walk(session, **asked) for asked in walks] == sorted_at_once
    assert {len(found) for found in sorted_at_once} == {0, 1, 2, 3}


async def test_articles_stand_under_the_day_that_lists_go_by(session: AsyncSession) -> None:
    published = [{"published_on": date(2025, 5, 1)}, {"updated_on": date(2025, 5, 2)}, {}]
    for number, days in enumerate(published):
        told = make_article(f"Text {number}.", **{"published_on": None, "updated_on": None, **days})
        await store(session, make_record(on=date(2025, 4, number + 1)), article=told)
    both = select(article_terms.c.day, articles._DAY).join(article, article.c.id == article_terms.c.article)
    rows = (await session.execute(both)).all()
    assert len(rows) == 3
    assert all(of_terms == of_lists for of_terms, of_lists in rows)
