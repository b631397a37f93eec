"""The hostile inputs again, with a safeguard taken away: the tests of them must then fail."""

import httpx
import pytest

from app.api import problems
from app.queries.values import refuse_unprintable
from tests.hostile import test_fuzz, test_reading
from tests.hostile.test_fuzz import Served

pytestmark = pytest.mark.teeth
served = test_fuzz.served


@pytest.fixture(autouse=True)
def nul_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let control characters go to Postgres, and what it says of them be a fault of ours."""
    monkeypatch.setattr(refuse_unprintable, "__code__", (lambda text: text).__code__)
    monkeypatch.delitem(problems.BY_SQLSTATE, "22")


def test_made_up_requests_find_that_nul_is_let_through(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_fuzz, "CASES", 3_000)
    with pytest.raises(BaseExceptionGroup):
        test_fuzz.test_every_operation_answers_made_up_requests_as_documented(served, ())


async def test_a_hostile_input_finds_that_nul_is_let_through(client: httpx.AsyncClient) -> None:
    with pytest.raises(AssertionError):
        await test_reading.test_02_and_03_nul_in_a_parameter_is_a_422(client, "q")
