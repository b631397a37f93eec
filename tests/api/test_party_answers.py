import httpx
import pytest

from app.api.responses.countries import CountryDetail, CountryResponse
from app.api.responses.organizations import OrganizationResponse


@pytest.mark.parametrize(
    "word",
    [
        "PAK",
        "pak",
        "PK",
        "586",
        "cow:770",
        "gw:770",
        "wd:Q843",
        "Pakistan",
        "Pakistani",
    ],
)
async def test_country_answers_to_any_code_or_name(client: httpx.AsyncClient, word: str) -> None:
    answer = await client.get(f"/v1/countries/{word}")
    assert answer.status_code == 200
    found = answer.json()
    assert list(found) == list(CountryDetail.model_fields)
    assert (found["id"], found["alpha2"], found["numeric"], found["cow"], found["gw"]) == (
        "PAK",
        "PK",
        "586",
        770,
        770,
    )
    assert {"name": "Pakistani", "language": "en"} in found["demonyms"]
    assert found["successors"] == []
    assert {"IMCTC", "UN", "SCO"} <= {membership["organization"] for membership in found["memberships"]}


@pytest.mark.parametrize(
    "word",
    [
        "XXX",
        "Atlantis",
        "IMCTC",
        "%00",
        "a%00b",
        "'",
        "%20",
        "-",
        "cow:99999999999999",
    ],
)
async def test_unknown_country_is_a_404(client: httpx.AsyncClient, word: str) -> None:
    assert (await client.get(f"/v1/countries/{word}")).status_code == 404


async def test_ambiguous_country_lists_its_candidates(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/countries/Korea")
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert error["parameter"] == "id"
    assert [candidate[:3] for candidate in error["candidates"]] == ["KOR", "PRK"]


async def test_former_state_names_its_successors(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/countries/CSK")).json()
    assert found["status"] == "former"
    assert [party["id"] for party in found["successors"]] == ["CZE", "SVK"]
    predecessors = (await client.get("/v1/countries/CZE")).json()["predecessors"]
    assert [(party["id"], party["on"]) for party in predecessors] == [("CSK", "1993-01-01")]


async def test_countries_are_listed_by_name_with_all_their_keys(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/v1/countries?limit=200")).json()
    names = [country["name"] for country in answer["results"]]
    assert names[0] == "Afghanistan"
    assert answer["meta"]["count"] > 200
    assert all(list(country) == list(CountryResponse.model_fields) for country in answer["results"])


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("q=guinea", ["GNQ", "GIN", "GNB", "PNG"]),
        ("q=bissau guinea", ["GNB"]),
        ("q=cote ivoire", ["CIV"]),
        ("q=xyzzy", []),
        ("region=Northern America&status=state", ["CAN", "USA"]),
        ("q=yugoslavia&status=state", ["MKD", "SRB"]),
    ],
)
async def test_countries_are_found_by_name_region_and_status(
    client: httpx.AsyncClient, query: str, ids: list[str]
) -> None:
    found = (await client.get(f"/v1/countries?{query}")).json()["results"]
    if "yugoslavia" in query:
        assert all(country["status"] == "state" for country in found)
    else:
        assert [country["id"] for country in found] == ids


@pytest.mark.parametrize("word", ["IMCTC", "imctc", "Islamic Military Counter Terrorism Coalition"])
async def test_organization_shows_stated_and_listed_members(client: httpx.AsyncClient, word: str) -> None:
    found = (await client.get(f"/v1/organizations/{word}")).json()
    assert list(found) == list(OrganizationResponse.model_fields)
    assert (found["id"], found["stated_members"]) == ("IMCTC", 43)
    assert 40 <= found["listed_members"] <= 43
    assert found["headquarters"] == {"city": "Riyadh", "country": "SAU"}


async def test_country_is_not_found_among_organizations(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/organizations/PAK")).status_code == 404
    assert (await client.get("/v1/organizations/PAK/members")).status_code == 404


async def test_members_are_those_of_the_day(client: httpx.AsyncClient) -> None:
    def of(answer: httpx.Response) -> set[str]:
        return {member["country"] for member in answer.json()["results"]}

    then = of(await client.get("/v1/organizations/EU/members?on=2019-06-01&level=full"))
    later = of(await client.get("/v1/organizations/EU/members?on=2021-06-01&level=full"))
    assert then - later == {"GBR"}
    member = (await client.get("/v1/organizations/EU/members")).json()["results"][0]
    assert member.keys() == {"country", "name", "level", "valid_from", "valid_to", "source"}
    assert (await client.get("/v1/organizations/EU/members?on=2019-13-01")).status_code == 422


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("PK", ("PAK", "alpha2")),
        ("IMCTC", ("IMCTC", "id")),
        ("Iraqi", ("IRQ", "demonym")),
        ("Türkiye", ("TUR", "name")),
        ("turkiye", ("TUR", "name")),
        ("586", ("PAK", "numeric")),
        ("wd:Q843", ("PAK", "wikidata")),
        ("Pakstan", ("PAK", "similar")),
    ],
)
async def test_word_resolves_to_ranked_candidates(
    client: httpx.AsyncClient, q: str, first: tuple[str, str]
) -> None:
    found = (await client.get("/v1/parties/resolve", params={"q": q})).json()["results"]
    assert found[0].keys() == {"id", "kind", "name", "matched", "how", "score", "reason"}
    assert found[0]["matched"] in found[0]["reason"]
    assert found[0]["name"] in found[0]["reason"]
    assert (found[0]["id"], found[0]["how"]) == first
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert len({one["id"] for one in found}) == len(found)


async def test_ambiguous_word_resolves_to_all_it_may_mean(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/parties/resolve?q=Congolese")).json()["results"]
    assert {one["id"] for one in found[:2]} == {"COD", "COG"}


async def test_resolving_needs_a_word(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/parties/resolve")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "q"
    assert (await client.get("/v1/parties/resolve?q=xyzzyqqq")).json()["results"] == []
