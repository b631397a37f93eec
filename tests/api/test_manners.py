import json
import re

import httpx
import pytest

from app.api.problems import KINDS
from app.logs import set_up_logs
from app.settings import bundled_folder


async def test_root_leads_to_the_documentation(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/docs"


async def test_documentation_needs_no_other_host(client: httpx.AsyncClient) -> None:
    answer = await client.get("/docs")
    page = answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "http" not in answer.headers["content-security-policy"]
    assert '"validatorUrl": null' in page
    addresses = re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)["']""", page)
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith("/")
        assert not address.startswith("//")
        assert (await client.get(address)).status_code == 200, address
    assert "//" not in page.replace("</", "")


@pytest.mark.parametrize("slug", KINDS)
async def test_every_kind_of_problem_has_a_page(client: httpx.AsyncClient, slug: str) -> None:
    answer = await client.get(KINDS[slug].address)
    assert answer.status_code == 200
    assert f"<h1>{KINDS[slug].status} {KINDS[slug].title}</h1>" in answer.text
    assert "What to do" in answer.text
    assert "http:" not in answer.text.replace("<", "")
    assert "https:" not in answer.text


def test_every_page_of_a_problem_is_of_a_kind_that_there_is() -> None:
    assert {path.stem for path in bundled_folder("docs").glob("problems/*.md")} == KINDS.keys()


async def test_93_any_origin_may_read_without_credentials(client: httpx.AsyncClient) -> None:
    for path in ("/v1/events", "/v1/events?limit=0", "/nope"):
        answer = await client.get(path, headers={"Origin": "https://example.org"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        assert "Link" in answer.headers["access-control-expose-headers"]


async def test_preflight_allows_reading_only(client: httpx.AsyncClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = await client.options("/v1/events", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"


async def test_answers_may_be_cached_and_problems_not(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events")
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=300"
    assert (await client.get("/v1/events?limit=0")).headers["cache-control"] == "no-store"


async def test_every_answer_has_a_request_id(client: httpx.AsyncClient) -> None:
    first, second = [(await client.get("/livez")).headers["x-request-id"] for _ in range(2)]
    assert first != second
    kept = await client.get("/livez", headers={"X-Request-ID": "trace-12345678"})
    assert kept.headers["x-request-id"] == "trace-12345678"
    hostile = await client.get("/livez", headers={"X-Request-ID": "a b\x1b[31m"})
    assert re.fullmatch("[0-9a-f]{32}", hostile.headers["x-request-id"])


async def test_log_has_one_line_of_json_a_request_with_its_id(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("INFO")
    answer = await client.get("/v1/countries/a%0D%0Ab", headers={"X-Request-ID": "trace-12345678"})
    assert answer.status_code == 404
    written = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (line,) = [line for line in written if line["event"] == "request"]
    assert line["request_id"] == "trace-12345678"
    assert (line["method"], line["status"], line["path"]) == ("GET", 404, "/v1/countries/a\r\nb")
    assert line["took_ms"] >= 0


async def test_query_is_not_logged(client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    await client.get("/v1/events?key=secret")
    ours = [line for line in capsys.readouterr().err.splitlines() if '"request"' in line]
    assert ours
    assert "secret" not in "".join(ours)
