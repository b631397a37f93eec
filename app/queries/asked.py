"""The parties that a filter asks for, in whatever words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Table, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import PartyKind, PartyRole
from app.errors import AmbiguousParty, NotAPair
from app.queries.names import Candidate, choose, find_candidates, refuse_word
from app.queries.paging import ListFilter
from app.queries.values import MAX_WORDS, Word

Words = Annotated[tuple[Word, ...], Field(max_length=MAX_WORDS)]

_KINDS = {
    "country": PartyKind.COUNTRY,
    "organization": PartyKind.ORGANIZATION,
    "place_country": PartyKind.COUNTRY,
}
_WORDS = "An id, an ISO code, `cow:`, `gw:` or `wd:` and a code, a name, an alias or a demonym."


class PartyFilter(ListFilter):
    """Filters by who takes part; a repeated parameter means *or*."""

    party: Words = Field(default=(), description=f"A party on any side. {_WORDS}")
    pair: Words = Field(
        default=(),
        description="Both parties, any code or name in either half: IRQ-PAK, Iraq-Pakistan, PK-IQ.",
    )
    country: Words = Field(default=(), description=f"A country on any side. {_WORDS}")
    organization: Words = Field(default=(), description=f"An organization on any side. {_WORDS}")


@dataclass(frozen=True, slots=True)
class AskedParties:
    """The ids of the parties asked for, by parameter; pairs are in alphabetical order."""

    party: tuple[str, ...] = ()
    pair: tuple[tuple[str, str], ...] = ()
    country: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    place_country: tuple[str, ...] = ()

    def sides(self) -> Iterator[tuple[str, ...]]:
        """Yield each list of parties of which one must take part."""
        yield from filter(None, (self.party, self.country, self.organization))


async def resolve_parties(session: AsyncSession, wanted: PartyFilter) -> AskedParties:
    """Find the parties that a filter names, in one statement, and none where it names nobody."""
    words = {
        name: getattr(wanted, name, ()) for name in ("party", "country", "organization", "place_country")
    }
    halves = [half for pair in wanted.pair for split in split_pair(pair) for half in split]
    asked = {word for listed in words.values() for word in listed} | set(halves)
    if not wanted.pair and not asked:
        return AskedParties()
    found = await find_candidates(session, asked)
    chosen = {
        name: tuple([await _choose(session, found, word, name) for word in listed])
        for name, listed in words.items()
    }
    pairs = tuple([choose_pair(pair, found) for pair in wanted.pair])
    return AskedParties(pair=pairs, **chosen)


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


def involves(link: Table, owner: ColumnElement[object], parties: Sequence[str]) -> ColumnElement[bool]:
    """Tell whether one of the parties is linked to the owner, in any role."""
    here = select(link.c.party).where(_owner_of(link) == owner, link.c.party.in_(parties))
    return here.exists()


def involves_both(link: Table, owner: ColumnElement[object], pair: tuple[str, str]) -> ColumnElement[bool]:
    """Tell whether both parties act; convening alone makes no pair."""
    return and_(*(_acts(link, owner, party) for party in pair))


def _acts(link: Table, owner: ColumnElement[object], party: str) -> ColumnElement[bool]:
    here = select(link.c.party).where(_owner_of(link) == owner, link.c.party == party)
    if "role" in link.c:
        here = here.where(link.c.role != PartyRole.CONVENOR)
    return here.exists()


def _owner_of(link: Table) -> ColumnElement[object]:
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
