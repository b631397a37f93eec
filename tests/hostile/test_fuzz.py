"""Made-up requests to every operation: each answer must be one that the document promises, and never a 500.

`make fuzz` makes 2,000 of them (CASES=…); here it is a few for each operation. One check is left out: that
whatever fits the schema is taken, as no schema knows the names of parties, or which day is before which.
"""

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance, response_schema_conformance

from app.main import create_app
from app.settings import Settings
from app.storage.database import open_session
from tests.factories import make_person, make_record, store

CASES = int(os.environ.get("CASES", "150"))


@pytest.fixture
def served(own_database_url: str) -> Iterator[tuple[FastAPI, str]]:
    """Serve the application, with a few events, on a port of the loopback interface."""
    asyncio.run(_fill(own_database_url))
    app = create_app(Settings(log_level="ERROR"), own_database_url)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # whoever comes before the server runs waits and is not refused
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield app, f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


async def _fill(url: str) -> None:
    async with open_session(url) as session:
        for sides in (("IRQ", "PAK"), ("JPN", "KOR"), ("IMCTC", "PAK")):
            await store(
                session, make_record(*sides, on=date(2024, 8, 19), people=[make_person("A Person", sides[0])])
            )


def test_every_operation_answers_made_up_requests_as_documented(served: tuple[FastAPI, str]) -> None:
    app, address = served
    schema = schemathesis.openapi.from_dict(app.openapi())
    results = list(schema.get_all_operations())
    operations = [result.ok() for result in results if isinstance(result, Ok)]
    assert len(operations) == len(results)
    each = max(1, round(CASES / len(operations)))
    assert len(operations) >= 30
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=each,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def try_one(case: schemathesis.Case[Any]) -> None:
            # Keys that are always there, and `fields` that leaves them out: a schema cannot say both.
            partial = [response_schema_conformance] if "fields" in (case.query or {}) else []
            case.call_and_validate(base_url=address, excluded_checks=[positive_data_acceptance, *partial])

        try_one()
