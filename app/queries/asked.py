"""The parties that a filter asks for, in whatever words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    and_,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import MembershipLevel, PartyKind, PartyRole
from app.errors import AmbiguousParty, NotAPair
from app.queries.names import Candidate, choose, find_candidates, refuse_word
from app.queries.outlets import find_outlets
from app.queries.paging import Filter
from app.queries.successions import find_lines
from app.queries.values import Several, Words
from app.storage.tables import membership

_KINDS = {
    "country": PartyKind.COUNTRY,
    "organization": PartyKind.ORGANIZATION,
    "place_country": PartyKind.COUNTRY,
}
_WORDS = "An id, an ISO code, `cow:`, `gw:` or `wd:` and a code, a name, an alias or a demonym."


class Via(StrEnum):
    """Through whom a party may be found, beside itself."""

    MEMBERSHIP = "membership"
    SUCCESSION = "succession"


class PartyFilter(Filter):
    """Filters by who takes part; a repeated parameter means *or*."""

    party: Words = Field(default=(), description=f"A party on any side. {_WORDS}")
    pair: Words = Field(
        default=(),
        description="Both parties, any code or name in either half: IRQ-PAK, Iraq-Pakistan, PK-IQ.",
    )
    country: Words = Field(default=(), description=f"A country on any side. {_WORDS}")
    organization: Words = Field(default=(), description=f"An organization on any side. {_WORDS}")
    via: Several[Via] = Field(
        default=(),
        description="Through whom the parties asked for are found, beside themselves.\n\n"
        "- `membership`: through the full members that an organization had on the day.\n"
        "- `succession`: through the states before and after a state.",
    )


@dataclass(frozen=True, slots=True)
class AskedParties:
    """The ids of the parties and outlets asked for, by parameter; pairs are in alphabetical order.

    `lines` holds who came before and after each, and `members` is true, where the filter asks for them.
    """

    party: tuple[str, ...] = ()
    pair: tuple[tuple[str, str], ...] = ()
    country: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    place_country: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    members: bool = False

    def sides(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each parameter, and the parties of which one must take part."""
        for name in ("party", "country", "organization"):
            if parties := getattr(self, name):
                yield name, self.lines_of(parties)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of which one must take part, with those of states before and after."""
        sides = ((self.lines_of([one]), self.lines_of([other])) for one, other in self.pair)
        both = (sorted(pair) for side in sides for pair in product(*side) if pair[0] != pair[1])
        return sorted({(first, second) for first, second in both})

    def lines_of(self, parties: Sequence[str]) -> tuple[str, ...]:
        """Return parties with those before and after them, where the filter asks for these."""
        return tuple(sorted({one for party in parties for one in (party, *self.lines.get(party, ()))}))


async def resolve_parties(session: AsyncSession, wanted: PartyFilter) -> AskedParties:
    """Find what a filter names: parties in one statement, one more for successions, and one for outlets."""
    words = {
        name: getattr(wanted, name, ()) for name in ("party", "country", "organization", "place_country")
    }
    halves = [half for pair in wanted.pair for split in split_pair(pair) for half in split]
    asked = {word for listed in words.values() for word in listed} | set(halves)
    outlets = await find_outlets(session, getattr(wanted, "outlet", ()))
    if not wanted.pair and not asked:
        return AskedParties(outlet=outlets)
    found = await find_candidates(session, asked)
    chosen = {
        name: tuple([await _choose(session, found, word, name) for word in listed])
        for name, listed in words.items()
    }
    pairs = tuple([choose_pair(pair, found) for pair in wanted.pair])
    named = {one for listed in chosen.values() for one in listed} | {one for pair in pairs for one in pair}
    lines = await find_lines(session, named) if Via.SUCCESSION in wanted.via else {}
    members = Via.MEMBERSHIP in wanted.via
    return AskedParties(pair=pairs, outlet=outlets, lines=lines, members=members, **chosen)


async def resolve_pair(session: AsyncSession, pair: str) -> tuple[str, str]:
    """Return the ids of one pair, in alphabetical order."""
    halves = {half for split in split_pair(pair) for half in split}
    return choose_pair(pair, await find_candidates(session, halves) if halves else {})


def split_pair(pair: str) -> list[tuple[str, str]]:
    """Return both halves of a pair at every hyphen."""
    places = [number for number, char in enumerate(pair) if char == "-"]
    splits = ((pair[:place].strip(), pair[place + 1 :].strip()) for place in places)
    return [(first, second) for first, second in splits if first and second]


def choose_pair(pair: str, found: Mapping[str, Sequence[Candidate]]) -> tuple[str, str]:
    """Return the pair at the one hyphen at which both halves name a party."""
    known = [split for split in split_pair(pair) if found[split[0]] and found[split[1]]]
    if not known:
        raise NotAPair("pair", _half_known(pair, found))
    if len(known) > 1:
        raise AmbiguousParty("pair", "pair", tuple(" and ".join(split) for split in known))
    first, second = sorted(chosen.id for half in known[0] if (chosen := choose(found[half], "pair")))
    if first == second:
        raise NotAPair("pair", ())
    return first, second


def party_conditions(link: Table, owner: Column[UUID], asked: AskedParties) -> dict[str, ColumnElement[bool]]:
    """Return, by parameter, what holds the owner to the parties asked for."""
    conditions = {name: involves(link, owner, parties, asked) for name, parties in asked.sides()}
    if asked.pair:
        conditions["pair"] = or_(*(involves_both(link, owner, pair, asked) for pair in asked.pair))
    return conditions


def involves(
    link: Table, owner: Column[UUID], parties: Sequence[str], asked: AskedParties
) -> ColumnElement[bool]:
    """Tell whether one of the parties is linked to the owner, in any role."""
    side = _side(link, owner, parties, asked).subquery("side")
    return owner.in_(select(side.c.owner))


def involves_both(
    link: Table, owner: Column[UUID], pair: tuple[str, str], asked: AskedParties
) -> ColumnElement[bool]:
    """Tell whether both parties act, as two; convening alone makes no pair."""
    one, other = (
        _side(link, owner, asked.lines_of([party]), asked, acting=True).subquery(name)
        for party, name in zip(pair, ("one", "other"), strict=True)
    )
    both = select(one.c.owner).join(other, and_(other.c.owner == one.c.owner, other.c.party != one.c.party))
    return owner.in_(both)


def _side(
    link: Table, owner: Column[UUID], parties: Sequence[str], asked: AskedParties, *, acting: bool = False
) -> Select[Any] | CompoundSelect[Any]:
    """Return (owner, party) of the parties asked for and, where members count, of full members that day."""
    rows = select(_owner_of(link).label("owner"), link.c.party)
    if acting and "role" in link.c:
        rows = rows.where(link.c.role != PartyRole.CONVENOR)
    named = rows.where(link.c.party.in_(parties))
    if not asked.members:
        return named
    dated = owner.table.alias("dated")
    through = (
        rows.join(membership, membership.c.country == link.c.party)
        .join(dated, dated.c.id == _owner_of(link))
        .where(membership.c.organization.in_(parties), *_belongs_on(dated))
    )
    return named.union(through)


def stands_for(
    party: ColumnElement[str], parties: Sequence[str], dated: FromClause, asked: AskedParties
) -> ColumnElement[bool]:
    """Tell whether a party is one of those asked for or, where members count, a full member that day."""
    named = party.in_(parties)
    if not asked.members:
        return named
    belongs = select(membership.c.id).where(
        membership.c.country == party, membership.c.organization.in_(parties), *_belongs_on(dated)
    )
    return or_(named, belongs.correlate_except(membership).exists())


def _belongs_on(dated: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Hold a membership to be full on every day that something dated may have happened on."""
    # Not by the range of days: Postgres would look for the memberships of every event, one by one.
    return (
        membership.c.level == MembershipLevel.FULL,
        dated.c.date_start.is_not(None),
        or_(membership.c.valid_from.is_(None), membership.c.valid_from <= dated.c.date_start),
        or_(membership.c.valid_to.is_(None), membership.c.valid_to >= dated.c.date_end),
    )


def _owner_of(link: FromClause) -> ColumnElement[UUID]:
    return next(column for column in link.primary_key if column.name not in ("party", "role"))


async def _choose(
    session: AsyncSession, found: Mapping[str, Sequence[Candidate]], word: str, parameter: str
) -> str:
    kind = _KINDS.get(parameter)
    chosen = choose(found[word], parameter, kind) or await refuse_word(session, word, parameter, kind)
    return chosen.id


def _half_known(pair: str, found: Mapping[str, Sequence[Candidate]]) -> tuple[str, ...]:
    """Return the parties that one half names, for the message."""
    halves = {half for split in split_pair(pair) for half in split}
    named = {str(candidate) for half in halves for candidate in found[half]}
    return tuple(sorted(named)[:5])
