"""The guide's examples, run as they stand against a server."""

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, EventStatus, Mode, Pledge
from app.main import create_app
from app.settings import Settings
from app.storage.database import open_session
from tests.conftest import new_database
from tests.factories import make_person, make_record, store
from tests.serving import serving_thread

GUIDE = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
QUESTIONS = re.split(r"^## \d+\. ", GUIDE, flags=re.MULTILINE)[1:]


def snippets(language: str) -> list[tuple[str, str]]:
    """Return each question with its answer in a language."""
    found = []
    for question in QUESTIONS:
        (code,) = re.findall(rf"```{language}\n(.*?)```", question, flags=re.DOTALL)
        found.append((question.splitlines()[0], code))
    return found


@pytest.fixture(scope="module")
def address(server_url: str, template_database: str) -> Iterator[str]:
    """Serve an event of each kind that the guide asks for."""
    with new_database(server_url, "bilateral_guide", template_database) as url:
        asyncio.run(fill(url))
        with serving_thread(create_app(Settings(log_level="ERROR"), url)) as served:
            yield served


async def fill(url: str) -> None:
    pact = ReportedAgreement(title="Pact", kind=AgreementKind.PACT, pledges=(Pledge.MUTUAL_DEFENSE,))
    people = [make_person("Asim Munir", "PAK")]
    async with open_session(url) as session:
        await store(session, make_record(people=people, topics=("training", "border")))
        signed = make_record(
            "PAK", "SAU", kind=EventKind.AGREEMENT, mode=Mode.SIGNED, agreement=pact, on=date(2025, 9, 17)
        )
        await store(session, signed)
        await store(session, make_record("FRA", "DEU", status=EventStatus.PLANNED, on=date(2030, 1, 1)))


EXPECTED: dict[str, Any] = {
    "titles": ["Iraq and Asim Munir (Pakistan) meet"],
    "days": ["2024-08-19"],
    "pledges": {"Pact": ["mutual_defense"]},
    "ranking": [("IRQ-PAK", 1), ("PAK-SAU", 1)],
    "plans": [("planned", "Planned: Germany and France meet")],
}


def check(names: dict[str, Any]) -> None:
    """Compare what an answer found with what is stored."""
    told = [name for name in EXPECTED if name in names]
    others = [name for name in ("people", "months", "topics", "outlets", "events") if name in names]
    assert told or others
    for name in told:
        found = names[name]
        assert sorted(map(str, found)) == sorted(map(str, EXPECTED[name])), name
    for name in others:
        assert len(names[name]) >= 1, name


def test_guide_answers_ten_questions_in_every_way() -> None:
    assert len(QUESTIONS) == 10
    for language in ("sh", "python httpx", "python pandas", "r", "sql duckdb"):
        assert len(snippets(language)) == 10


@pytest.mark.parametrize(("question", "code"), snippets("python httpx"))
def test_answer_in_httpx(address: str, question: str, code: str) -> None:
    check(run(address, code))


@pytest.mark.parametrize(("question", "code"), snippets("python pandas"))
def test_answer_in_pandas(address: str, question: str, code: str) -> None:
    check(run(address, code))


def run(address: str, code: str) -> dict[str, Any]:
    """Run an answer after the guide's beginning; return the names that it gives."""
    (beginning,) = re.findall(r"```python beginning\n(.*?)```", GUIDE, flags=re.DOTALL)
    names: dict[str, Any] = {"API": address}
    exec(beginning, names)
    try:
        exec(code, names)
    finally:
        names["client"].close()
    return names


def test_answers_in_duckdb(address: str, tmp_path: Path) -> None:
    packed = httpx.get(f"{address}/v1/events.parquet?status=occurred&status=planned").content
    (tmp_path / "events.parquet").write_bytes(packed)
    for question, code in snippets("sql duckdb"):
        found = duckdb.sql(code.replace("events.parquet", str(tmp_path / "events.parquet")))
        assert found is not None
        assert found.fetchall(), question


def test_addresses_for_curl_answer(address: str) -> None:
    event = httpx.get(f"{address}/v1/events").json()["results"][0]["id"]
    for question, code in snippets("sh"):
        (url,) = re.findall(r'"(\$API[^"]*)"', code)
        answer = httpx.get(url.replace("$API", address).replace("$EVENT", event))
        assert answer.status_code == 200, question
        assert len(answer.content) > 50
