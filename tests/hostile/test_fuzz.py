"""Made-up requests to every operation: each answer must be one that the document promises, and never a 500.

They come without a key, and with one of each scope. `make fuzz` makes 2,000 (CASES=…); here it is one or
two for each operation. One check is left out: that whatever fits the schema is taken, as no schema knows
the names of parties, or which day is before which.
"""

import asyncio
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance, response_schema_conformance

from app.domain.keys import Scope
from app.main import create_app
from app.settings import Settings
from app.storage.database import open_session
from tests.authorization.holders import stored_holder
from tests.conftest import new_database
from tests.factories import make_person, make_record, store
from tests.serving import serving_thread

CASES = int(os.environ.get("CASES", "300"))
HOLDERS: list[tuple[Scope, ...]] = [(), *((scope,) for scope in Scope)]


@dataclass(frozen=True)
class Served:
    app: FastAPI
    address: str
    database_url: str


@pytest.fixture(scope="module")
def served(server_url: str, template_database: str) -> Iterator[Served]:
    """Serve the application, with a few events, on a port of the loopback interface."""
    name = f"bilateral_fuzz_{secrets.token_hex(4)}"
    with new_database(server_url, name, template_database) as url:
        asyncio.run(_fill(url))
        unlimited = Settings(log_level="ERROR", rate_anonymous="999999/minute", rate_key="999999/minute")
        app = create_app(unlimited, url)
        with serving_thread(app) as address:
            yield Served(app, address, url)


async def _fill(url: str) -> None:
    async with open_session(url) as session:
        for sides in (("IRQ", "PAK"), ("JPN", "KOR"), ("IMCTC", "PAK")):
            await store(
                session, make_record(*sides, on=date(2024, 8, 19), people=[make_person("A Person", sides[0])])
            )


@pytest.mark.parametrize("scopes", HOLDERS, ids=lambda scopes: "-".join(scopes) or "anonymous")
def test_every_operation_answers_made_up_requests_as_documented(
    served: Served, scopes: tuple[Scope, ...]
) -> None:
    headers = asyncio.run(stored_holder(served.database_url, *scopes)) if scopes else {}
    schema = schemathesis.openapi.from_dict(served.app.openapi())
    results = list(schema.get_all_operations())
    operations = [result.ok() for result in results if isinstance(result, Ok)]
    assert len(operations) == len(results)
    each = max(1, round(CASES / len(operations) / len(HOLDERS)))
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
            case.call_and_validate(
                base_url=served.address, headers=headers, excluded_checks=[positive_data_acceptance, *partial]
            )

        try_one()
