"""Events of a file with each source's own account."""

import httpx
import orjson
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import make_person, make_record, store


async def test_lines_carry_the_reports_that_are_asked_for(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(
        session, make_record(people=[make_person("Ana Solis", "IRQ"), make_person(None, "PAK", title="King")])
    )
    (line,) = (await client.get("/v1/events.ndjson?expand=reports")).content.splitlines()
    event = orjson.loads(line)
    (report,) = event["reports"]
    listed = (await client.get(f"/v1/events/{event['id']}/reports")).json()["results"]
    assert [report] == listed
    assert report["officials"] == [event["participants"][0]["official"]["id"], None]
    assert (report["ordinal"], report["may_be"], report["article"]["language"]) == (0, [], "en")
    assert len(report["article"]["text_sha256"]) == 64
    (plain,) = (await client.get("/v1/events.ndjson")).content.splitlines()
    assert "reports" not in orjson.loads(plain)


@pytest.mark.parametrize("form", ["csv", "parquet", "ics", "atom", "plover.ndjson"])
async def test_other_formats_refuse_them(client: httpx.AsyncClient, form: str) -> None:
    answer = await client.get(f"/v1/events.{form}?expand=reports")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "expand"
