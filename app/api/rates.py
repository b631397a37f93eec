"""How often one may ask: by key, else by network, counted in this process."""

import hashlib
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.load import HEALTH
from app.api.problems import RATE_LIMITED, problem_response
from app.domain.keys import read_token
from app.storage.keys import find_valid_key

FAILURES = parse("30/minute")
"""How many keys that are not valid one network may try."""


_REMEMBERED_SECONDS, _MOST_REMEMBERED = 60, 10_000


@dataclass(frozen=True, slots=True)
class Rates:
    """How often who may ask, as `limits` writes it, such as 600/minute."""

    anonymous: str
    key: str


@dataclass(frozen=True, slots=True)
class _Bucket:
    policy: str
    limit: RateLimitItem
    owner: str


class RateLimits:
    """Refuse those who ask too often, and tell everybody else how often they still may.

    A key that is valid counts by itself. One that is not counts as none, and fills the bucket of failures of
    its network. Requests from this machine itself are not counted.
    """

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self.app = app
        self.limits = {"anonymous": parse(rates.anonymous), "key": parse(rates.key)}
        self.counter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self.valid_until: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request that may be asked now."""
        if scope["type"] != "http" or scope["path"] in HEALTH:
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        network = network_of(scope)
        if network is None and "x-forwarded-for" not in headers:
            return await self.app(scope, receive, send)
        failures = _Bucket("failures", FAILURES, f"failures {network}")
        given = headers.get("authorization")
        if given is not None and not await self.counter.test(FAILURES, failures.owner):
            return await self._refuse(failures, scope, receive, send)
        token = given.rsplit(" ", 1)[-1] if given else None
        if token is not None:
            valid = await self._is_valid(token, scope)
            if valid is False:
                await self.counter.hit(FAILURES, failures.owner)
            token = token if valid else None
        bucket = self._bucket(token, network)
        if not await self.counter.hit(bucket.limit, bucket.owner):
            return await self._refuse(bucket, scope, receive, send)
        told = await self._tell(bucket)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        return await self.app(scope, receive, send_on)

    def _bucket(self, token: str | None, network: str | None) -> _Bucket:
        if token is None:
            return _Bucket("anonymous", self.limits["anonymous"], network or "loopback")
        return _Bucket("key", self.limits["key"], _hash(token))

    async def _is_valid(self, token: str, scope: Scope) -> bool | None:
        """Tell whether a token opens a key, now or a minute ago; None while the database is away."""
        asked, owner = read_token(token), _hash(token)
        if asked is None:
            return False
        if self.valid_until.get(owner, 0) > time.monotonic():
            return True
        try:
            async with scope["app"].state.writing_sessions() as session, session.begin():
                valid = await find_valid_key(session, asked) is not None
        except (OSError, SQLAlchemyError):
            return None
        if valid:
            self._remember(owner)
        return valid

    def _remember(self, owner: str) -> None:
        if len(self.valid_until) >= _MOST_REMEMBERED:
            self.valid_until.clear()
        self.valid_until[owner] = time.monotonic() + _REMEMBERED_SECONDS

    async def _tell(self, bucket: _Bucket) -> dict[str, str]:
        """Return the headers of draft-ietf-httpapi-ratelimit-headers."""
        window = await self.counter.get_window_stats(bucket.limit, bucket.owner)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        return {
            "RateLimit-Policy": f'"{bucket.policy}";q={bucket.limit.amount};w={bucket.limit.get_expiry()}',
            "RateLimit": f'"{bucket.policy}";r={window.remaining};t={seconds}',
        }

    async def _refuse(self, bucket: _Bucket, scope: Scope, receive: Receive, send: Send) -> None:
        told = await self._tell(bucket)
        seconds = told["RateLimit"].rsplit("t=", 1)[1]
        answer = problem_response(Request(scope), RATE_LIMITED, headers={**told, "Retry-After": seconds})
        await answer(scope, receive, send)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def network_of(scope: Scope) -> str | None:
    """Return the client's network, /24 or /64; None for this machine itself."""
    return _network((scope.get("client") or ("unknown", 0))[0])


@lru_cache(maxsize=1024)
def _network(host: str) -> str | None:
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return None
    return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))
