"""How often one may ask: by key, else by network, counted in this process."""

import hashlib
import math
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.load import HEALTH
from app.api.problems import RATE_LIMITED, problem_response

FAILURES = parse("30/minute")
"""How many keys that are not valid one network may try."""


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

    A key counts by itself, before anybody looked whether it is valid: made-up ones fill the bucket of
    failures of their network. Requests from this machine itself are not counted.
    """

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self.app = app
        self.limits = {"anonymous": parse(rates.anonymous), "key": parse(rates.key)}
        self.counter = SlidingWindowCounterRateLimiter(MemoryStorage())

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
        bucket = self._bucket(given, network)
        if not await self.counter.hit(bucket.limit, bucket.owner):
            return await self._refuse(bucket, scope, receive, send)
        told = await self._tell(bucket)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
                if message["status"] == 401 and given is not None:
                    await self.counter.hit(FAILURES, failures.owner)
            await send(message)

        return await self.app(scope, receive, send_on)

    def _bucket(self, given: str | None, network: str | None) -> _Bucket:
        if given is None:
            return _Bucket("anonymous", self.limits["anonymous"], network or "loopback")
        # Only the token itself: its owner may write the rest of the header in many ways.
        token = given.rsplit(" ", 1)[-1]
        return _Bucket("key", self.limits["key"], hashlib.sha256(token.encode()).hexdigest())

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


def network_of(scope: Scope) -> str | None:
    """Return the client's network, /24 or /64; None for this machine itself."""
    try:
        address = ip_address((scope.get("client") or ("unknown", 0))[0])
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return None
    return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))
