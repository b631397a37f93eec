"""What turns errors into problems."""

import re
from collections.abc import Sequence
from typing import Any

import asyncpg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from rapidfuzz import fuzz, process, utils
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from app.api import problems
from app.api.methods import READING
from app.api.problems import ProblemError, problem_response
from app.errors import BilateralError, Moved

_log = structlog.get_logger(__name__)
_LIKENESS = 60
_MOST_LISTED = 50
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_]{1,60}")


def add_handlers(app: FastAPI) -> None:
    """Make every error of a route a problem."""
    app.add_exception_handler(Moved, _moved)
    app.add_exception_handler(BilateralError, _our_error)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _router_error)
    app.add_exception_handler(DBAPIError, _database_error)
    for lets_through in (asyncpg.PostgresError, asyncpg.InterfaceError):
        app.add_exception_handler(lets_through, _driver_error)
    for cut_short in (PoolTimeoutError, TimeoutError, ConnectionError):
        app.add_exception_handler(cut_short, _no_connection)


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that looks most like this one, if any does."""
    found = process.extractOne(
        word, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_LIKENESS
    )
    return str(found[0]) if found else None


async def _moved(request: Request, error: Exception) -> Response:
    """Answer with the address that has the same shape and the new id."""
    assert isinstance(error, Moved)
    told = {name: error.id for name in request.path_params if name != "format"}
    path = request.app.url_path_for(request.scope["route"].name, **{**request.path_params, **told})
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{path}{query}", status_code=308)


async def _our_error(request: Request, error: Exception) -> Response:
    kind = problems.kind_of(error)
    if kind.status >= 500:
        _log.error("failed", error=str(error))
        return problem_response(request, kind)
    detail = " ".join(str(error).split())
    parameter = getattr(error, "parameter", None)
    if parameter is None:
        return problem_response(request, kind, detail)
    code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
    listed = ProblemError(
        parameter=parameter,
        code=code,
        detail=detail,
        suggestion=getattr(error, "suggestion", None),
        candidates=list(getattr(error, "candidates", ())),
    )
    return problem_response(request, kind, detail, [listed])


async def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    listed = [_listed(told) for told in error.errors()[:_MOST_LISTED]]
    return problem_response(request, problems.VALIDATION, listed[0].detail if listed else None, listed)


async def _router_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = problems.BY_STATUS.get(error.status_code, problems.INTERNAL)
    headers = dict(error.headers or {})
    if headers.get("Allow") == "GET":
        headers["Allow"] = READING
    if kind is problems.METHOD and request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    return problem_response(request, kind, headers=headers)


async def _database_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DBAPIError)
    kind = problems.kind_of_sql(error)
    state = str(getattr(error.orig, "sqlstate", None) or "")
    request.scope["state"]["lost"] = state.startswith("40")
    if kind.status >= 500:
        _log.error("database failed", sqlstate=state, exc_info=error)
    return problem_response(request, kind)


async def _driver_error(request: Request, error: Exception) -> Response:
    """Answer what SQLAlchemy lets through: what a cursor fails with where it reads its first rows."""
    lost = isinstance(error, asyncpg.InterfaceError)
    told = DBAPIError("", None, error, connection_invalidated=lost)
    return await _database_error(request, told.with_traceback(error.__traceback__))


async def _no_connection(request: Request, _: Exception) -> Response:
    return problem_response(request, problems.OVERLOADED)


def _listed(told: dict[str, Any]) -> ProblemError:
    """Say what is wrong with one parameter or field; its value is compared, never repeated."""
    context = told.get("ctx") or {}
    inside = told["loc"][0] == "body"
    place = [part for part in told["loc"][1:] if isinstance(part, str)]
    suggestion = context.get("suggestion")
    if expected := context.get("expected"):
        known = re.findall(r"'([^']+)'", str(expected))
        suggestion = nearest(str(told.get("input")), known)
    return ProblemError(
        parameter=place[0] if place and not inside else None,
        pointer=_pointer(told["loc"][1:]) if inside else None,
        code=told["type"],
        detail=f"{told['msg'].rstrip('.')}.",
        suggestion=suggestion,
    )


def _pointer(place: Sequence[str | int]) -> str:
    """Return where a field is in the body; a name that is not plain is the sender's own and not repeated."""
    return "".join(f"/{part if _PLAIN_NAME.fullmatch(str(part)) else '…'}" for part in place)
