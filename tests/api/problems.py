"""What every answer that is a problem must look like."""

import httpx

KEYS = {"type", "title", "status", "detail", "errors", "request_id"}


def assert_problem(answer: httpx.Response, status: int, slug: str) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem.keys() == KEYS
    assert problem["type"] == f"/docs/problems/{slug}"
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert answer.headers["cache-control"] == "no-store"
    assert isinstance(problem, dict)
    return problem


async def refusal(client: httpx.AsyncClient, address: str) -> dict[str, object]:
    problem = assert_problem(await client.get(address), 422, "validation")
    assert isinstance(problem["errors"], list)
    error = problem["errors"][0]
    assert isinstance(error, dict)
    return error
