"""What a word stands for: an id, a code, a name, an alias or a demonym of a party."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    any_,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key
from app.domain.vocabulary import PartyKind
from app.errors import AmbiguousParty, NoSuchParty
from app.storage.tables import party, party_name

_BARE: dict[str, ColumnElement[Any]] = {
    "id": party.c.id,
    "alpha2": party.c.alpha2,
    "numeric": party.c.numeric,
}
_PREFIXED: dict[str, ColumnElement[Any]] = {
    "cow": func.concat("cow:", party.c.cow),
    "gw": func.concat("gw:", party.c.gw),
    "wikidata": func.concat("wd:", party.c.wikidata),
}
"""Codes as they are written: all but ISO's and ids carry a prefix."""
_CODES = (*_BARE, *_PREFIXED)
_SCORES = {"alias": 0.95, "abbreviation": 0.9, "demonym": 0.9}
_SIMILAR = 70
_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that a word may stand for; `how` is what the word is to it, `score` how sure that is."""

    id: str
    kind: PartyKind
    name: str
    matched: str
    how: str
    score: float
    ended: bool = False

    def __str__(self) -> str:
        return f"{self.id} ({self.name})"


def code_of(word: str) -> str:
    """Return a word as codes are written: `PK`, `cow:770`, `wd:Q843`; empty where it can be none."""
    bare = word.strip()
    if re.fullmatch(r"[A-Za-z0-9]{1,20}", bare):
        return bare.upper()
    prefixed = re.fullmatch(r"(cow|gw|wd):(Q?[0-9]{1,12})", bare, re.IGNORECASE)
    return f"{prefixed[1].lower()}:{prefixed[2].upper()}" if prefixed else ""


async def find_candidates(session: AsyncSession, words: Collection[str]) -> dict[str, list[Candidate]]:
    """Return, for each word, every party that it is a code or a name of: codes first."""
    codes = {code for word in words if (code := code_of(word))}
    keys = {key for word in words if (key := name_key(word))}
    statement = _candidates(prefixed=any(":" in code for code in codes))
    rows = (await session.execute(statement, {"codes": list(codes), "keys": list(keys)})).all()
    return {word: list(_matches(rows, code_of(word), name_key(word))) for word in words}


def choose(found: Sequence[Candidate], parameter: str, kind: PartyKind | None = None) -> Candidate | None:
    """Return the one party meant: a code before a name, and today's holder of a code before a former one."""
    fitting = [candidate for candidate in found if kind is None or candidate.kind == kind]
    for how in _CODES:
        coded = [candidate for candidate in fitting if candidate.how == how]
        if coded:
            return _only([one for one in coded if not one.ended] or coded, parameter, kind)
    return _only(fitting, parameter, kind) if fitting else None


async def find_similar(
    session: AsyncSession, word: str, kind: PartyKind | None = None, limit: int = _SUGGESTIONS
) -> list[Candidate]:
    """Return the parties whose names look most like a word, best first."""
    statement = select(
        party.c.id, party.c.kind, party.c.name, party_name.c.name.label("matched"), party_name.c.name_key
    ).join(party, party.c.id == party_name.c.party)
    if kind is not None:
        statement = statement.where(party.c.kind == kind)
    rows = (await session.execute(statement.order_by(party.c.id, party_name.c.name_key))).all()
    close = process.extract(
        name_key(word), [row.name_key for row in rows], scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=20
    )
    best: dict[str, Candidate] = {}
    for _, score, number in close:
        row = rows[number]
        best.setdefault(
            row.id,
            Candidate(row.id, row.kind, row.name, row.matched, "similar", round(score / 100 * 0.85, 2)),
        )
    return list(best.values())[:limit]


async def resolve_word(
    session: AsyncSession, word: str, parameter: str, kind: PartyKind | None = None
) -> Candidate:
    """Return the one party that a word names."""
    found = await find_candidates(session, [word])
    return choose(found[word], parameter, kind) or await refuse_word(session, word, parameter, kind)


async def refuse_word(
    session: AsyncSession, word: str, parameter: str, kind: PartyKind | None = None
) -> Candidate:
    """Say that a word names nothing, and what comes nearest."""
    similar = await find_similar(session, word, kind)
    nearest = similar[0].id if similar else None
    raise NoSuchParty(parameter, _wanted(kind), nearest, tuple(map(str, similar)))


async def rank_candidates(session: AsyncSession, word: str, limit: int) -> list[Candidate]:
    """Return all that a word may stand for, surest first, each party once."""
    exact = (await find_candidates(session, [word]))[word]
    similar = await find_similar(session, word, limit=limit)
    ranked = sorted([*exact, *similar], key=lambda one: (-one.score, one.ended, one.id))
    best: dict[str, Candidate] = {}
    for candidate in ranked:
        best.setdefault(candidate.id, candidate)
    return list(best.values())[:limit]


def _only(found: Sequence[Candidate], parameter: str, kind: PartyKind | None) -> Candidate:
    distinct = {candidate.id: candidate for candidate in found}
    if len(distinct) > 1:
        raise AmbiguousParty(parameter, _wanted(kind), tuple(map(str, distinct.values())))
    return found[0]


def _wanted(kind: PartyKind | None) -> str:
    return kind.value if kind else "party"


@cache
def _candidates(*, prefixed: bool) -> CompoundSelect[Any]:
    """Return what finds the parties of some codes and keys; made once, as nearly every list needs it."""
    codes, keys = (any_(bindparam(name, type_=ARRAY(Text))) for name in ("codes", "keys"))
    schemes = {**_BARE, **_PREFIXED} if prefixed else _BARE
    return union_all(*(_by_code(how, codes, column) for how, column in schemes.items()), _by_name(keys))


def _by_code(how: str, codes: ColumnElement[Any], column: ColumnElement[Any]) -> Select[Any]:
    return _named(how, cast(column, Text), cast(column, Text)).where(column == codes)


def _by_name(keys: ColumnElement[Any]) -> Select[Any]:
    return (
        _named(party_name.c.kind, party_name.c.name_key, party_name.c.name)
        .join(party_name, party_name.c.party == party.c.id)
        .where(party_name.c.name_key == keys)
    )


def _named(
    how: str | ColumnElement[str], key: ColumnElement[str], matched: ColumnElement[str]
) -> Select[Any]:
    return select(
        party.c.id,
        party.c.kind,
        party.c.name,
        party.c.dissolved.is_not(None).label("ended"),
        (literal(how, Text) if isinstance(how, str) else how).label("how"),
        key.label("key"),
        matched.label("matched"),
    )


def _matches(rows: Iterable[Any], code: str, key: str) -> Iterable[Candidate]:
    for row in rows:
        if row.key == (code if row.how in _CODES else key):
            score = _SCORES.get(row.how, 1.0)
            yield Candidate(row.id, PartyKind(row.kind), row.name, row.matched, row.how, score, row.ended)
