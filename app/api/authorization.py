"""Who may do what. A route that changes something declares its scope, or the service does not start:

    async def revise(…, editor: Annotated[Actor, require(Scope.EVENTS_WRITE)], session: WriteSession) -> …

What is declared stands in the OpenAPI document too.
"""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response, Security
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends as DependsParam
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from app.api.dependencies import WriteSession
from app.domain.keys import MEANINGS, Scope, read_token
from app.errors import ScopeMissing, Unauthenticated
from app.storage.audit import Actor
from app.storage.keys import find_valid_key
from app.storage.tables import ApiKey


class RouteWithoutScope(Exception):
    """A route changes something and declares neither a scope nor that anyone may use it."""


_READING = {"GET", "HEAD", "OPTIONS"}

_bearer = HTTPBearer(
    scheme_name="key",
    bearerFormat="bil_<id>_<secret>_<checksum>",
    description="A key, made by `bilateral keys create` or `POST /v1/keys`. Its scopes: "
    + "; ".join(f"`{scope}` ({meaning})" for scope, meaning in MEANINGS.items())
    + ".",
    auto_error=False,
)


async def authenticate(
    needed: SecurityScopes,
    response: Response,
    session: WriteSession,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> ApiKey:
    """Return the request's key, read in the transaction that it writes in."""
    response.headers["Cache-Control"] = "no-store"
    if given is None:
        raise Unauthenticated
    key = await find_valid_key(session, read_token(given.credentials))
    if key is None:
        raise Unauthenticated
    for scope in needed.scopes:
        if scope not in key.scopes:
            raise ScopeMissing(scope)
    return key


async def _act(request: Request, key: Annotated[ApiKey, Security(authenticate)]) -> Actor:
    return Actor(key.id, request.scope["state"]["request_id"])


async def _act_without_key(request: Request, response: Response) -> Actor:
    response.headers["Cache-Control"] = "no-store"
    return Actor(None, request.scope["state"]["request_id"])


def require(*scopes: Scope) -> DependsParam:
    """Declare that a route needs a key with these scopes; without any, that it needs some key."""
    declared: DependsParam = Security(_act, scopes=list(scopes))
    return declared


def anyone() -> DependsParam:
    """Declare that a route changes something and needs no key all the same."""
    declared: DependsParam = Depends(_act_without_key)
    return declared


def check_routes(app: FastAPI) -> None:
    """Refuse to start with a route that changes something and declares nothing."""
    for route in api_routes(app):
        methods = route.methods or set()
        if not methods <= _READING and not declares_access(route.dependant):
            raise RouteWithoutScope(f"{'/'.join(sorted(methods))} {route.path}")


def api_routes(app: FastAPI) -> Iterator[RouteContext]:
    """Yield the app's routes, each with what its routers add to it."""
    return (route for route in iter_route_contexts(app.routes) if isinstance(route.original_route, APIRoute))


def declares_access(dependant: Dependant) -> bool:
    """Tell whether a route says who may use it."""
    return any(part.call in (_act, _act_without_key) for part in _parts(dependant))


def needs_key(dependant: Dependant) -> bool:
    """Tell whether a route needs a key."""
    return any(part.call is _act for part in _parts(dependant))


def needed_scopes(dependant: Dependant) -> set[str]:
    """Return the scopes that a route's key must have."""
    return {scope for part in _parts(dependant) for scope in part.own_oauth_scopes or ()}


def _parts(dependant: Dependant) -> Iterator[Dependant]:
    for part in dependant.dependencies:
        yield part
        yield from _parts(part)
