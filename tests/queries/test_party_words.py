import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import PartyKind
from app.errors import AmbiguousParty, NoSuchParty, NotAPair
from app.queries.asked import PartyFilter, resolve_pair, resolve_parties, split_pair
from app.queries.names import code_of, find_candidates, find_similar, resolve_word
from app.reference import read_countries, read_names, read_organizations
from tests.conftest import CountStatements


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("pk", "PK"),
        (" PAK ", "PAK"),
        ("586", "586"),
        ("COW:770", "cow:770"),
        ("wd:q843", "wd:Q843"),
        ("Saudi Arabia", ""),
        ("cow:", ""),
        ("a\x00b", ""),
        ("٥٨٦", ""),
    ],
)
def test_code_is_read_whatever_its_case(word: str, code: str) -> None:
    assert code_of(word) == code


def test_pair_is_split_at_every_hyphen() -> None:
    assert split_pair("Guinea-Bissau-PAK") == [("Guinea", "Bissau-PAK"), ("Guinea-Bissau", "PAK")]
    assert split_pair("-PAK-") == []


async def test_every_party_is_found_by_its_id_and_its_name(session: AsyncSession) -> None:
    wanted = PartyFilter.model_construct(
        party=(*(one.id for one in read_countries()), *(one.id for one in read_organizations())),
        country=tuple(one.name for one in read_countries()),
        organization=tuple(one.name for one in read_organizations()),
    )
    found = await resolve_parties(session, wanted)
    assert found.party == wanted.party
    assert found.country == tuple(one.id for one in read_countries())
    assert found.organization == tuple(one.id for one in read_organizations())


async def test_every_alpha2_code_of_today_is_found(session: AsyncSession) -> None:
    today = [one for one in read_countries() if one.alpha2 and not one.dissolved]
    wanted = PartyFilter.model_construct(party=tuple((one.alpha2 or "").lower() for one in today))
    assert (await resolve_parties(session, wanted)).party == tuple(one.id for one in today)


async def test_every_listed_name_finds_its_party(session: AsyncSession) -> None:
    names = read_names()
    found = await find_candidates(session, {name.name for name in names})
    for name in names:
        assert name.party in {candidate.id for candidate in found[name.name]}, name


async def test_name_of_two_parties_is_ambiguous(session: AsyncSession) -> None:
    with pytest.raises(AmbiguousParty) as refusal:
        await resolve_word(session, "Korean", "party")
    assert refusal.value.candidates == ("KOR (South Korea)", "PRK (North Korea)")


async def test_code_wins_over_a_name(session: AsyncSession) -> None:
    assert (await resolve_word(session, "AU", "party")).id == "AUS"


async def test_kind_asked_for_decides_between_namesakes(session: AsyncSession) -> None:
    with pytest.raises(NoSuchParty):
        await resolve_word(session, "PAK", "organization", PartyKind.ORGANIZATION)
    assert (await resolve_word(session, "UN", "party", PartyKind.ORGANIZATION)).id == "UN"


async def test_pair_of_two_former_states_is_found(session: AsyncSession) -> None:
    assert await resolve_pair(session, "SUN-CSK") == ("CSK", "SUN")
    with pytest.raises(NotAPair):
        await resolve_pair(session, "SUN-SUN")


async def test_similar_names_are_ranked_and_each_party_once(session: AsyncSession) -> None:
    found = await find_similar(session, "Pakstan")
    assert found[0].id == "PAK"
    assert len({candidate.id for candidate in found}) == len(found)
    assert await find_similar(session, "qqqqqqqq") == []


async def test_any_number_of_words_takes_one_statement(
    session: AsyncSession, count_statements: CountStatements
) -> None:
    wanted = PartyFilter(party=("PAK", "Iraq"), pair=("Guinea-Bissau-PAK",), country=("France",))
    with count_statements() as statements:
        await resolve_parties(session, wanted)
        await resolve_parties(session, PartyFilter())
    assert len(statements) == 1
