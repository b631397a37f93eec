"""Which writers of articles wait for each other: those who may add the same event, or the same person.

Events are told apart by who acts in them, and people by whom they act for. So writers of one pair take turns;
writers of one party only where an article names somebody of it who is not held yet. An editor, who may change
anything of a party's events, is alone with the party.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.names import name_key
from app.domain.record import EventRecord
from app.domain.vocabulary import PartyRole
from app.storage.locking import take_turns
from app.storage.officials import has_acted_for
from app.storage.outlets import lock_new_outlets
from app.storage.tables import official_name

_ASKED = (
    func.unnest(bindparam("names", type_=ARRAY(Text)), bindparam("parties", type_=ARRAY(Text)))
    .table_valued("name_key", "party", name="asked")
    .render_derived()
)
_HELD = (
    select(_ASKED.c.name_key, _ASKED.c.party)
    .join(official_name, official_name.c.name_key == _ASKED.c.name_key)
    .where(has_acted_for(_ASKED.c.party, official_name.c.official))
    .group_by(_ASKED.c.name_key, _ASKED.c.party)
    .having(func.count(official_name.c.official.distinct()) == 1)
)
_EVERYBODY = "every writer"


async def lock_articles(
    session: AsyncSession, articles: Sequence[Article], records: Sequence[EventRecord]
) -> None:
    """Take all locks that several articles will need, so that no two writers wait for each other.

    Texts come before outlets that are new, and those before parties, as they do for one article by itself.
    """
    await take_turns(session, [article.text_sha256 for article in articles])
    await lock_new_outlets(session, [article.outlet for article in articles])
    await lock_records(session, records)


async def lock_records(session: AsyncSession, records: Sequence[EventRecord]) -> set[str]:
    """Wait for other writers of these events and people; return the parties that this one is alone with.

    Whose name is new is alone with the name too, as namesakes are asked about whomever they act for.
    """
    parties = {party.party for record in records for party in record.parties}
    strangers = await _find_strangers(session, records)
    alone = {party for _, party in strangers}
    names = {f"named {name}" for name, _ in strangers}
    await take_turns(session, [*_groups(records), *alone, *names], shared=[*parties - alone, _EVERYBODY])
    return alone


async def wait_for_everybody(session: AsyncSession) -> None:
    """Wait for all writers of articles, and keep others waiting: for loads that look for nobody's turn."""
    await take_turns(session, [_EVERYBODY])


async def _find_strangers(session: AsyncSession, records: Iterable[EventRecord]) -> set[tuple[Any, ...]]:
    """Return the names, each with its party, that do not stand for just one person held."""
    people = {
        (name_key(person.name), person.party)
        for record in records
        for person in record.participants
        if person.name is not None
    }
    if not people:
        return set()
    names, parties = zip(*sorted(people), strict=True)
    held = {tuple(row) for row in await session.execute(_HELD, {"names": names, "parties": parties})}
    return people - held


def _groups(records: Iterable[EventRecord]) -> Iterator[str]:
    """Yield what stands for those between whom each record is.

    Accounts of one event of two parties name both of them; of more than two, they share some.
    """
    for record in records:
        acting = {party.party for party in record.parties if party.role is not PartyRole.CONVENOR}
        for group in (acting, {party.party for party in record.parties}):
            if len(group) > 2:
                yield from (f"several with {party}" for party in group)
            else:
                yield f"between {' and '.join(sorted(group))}"
