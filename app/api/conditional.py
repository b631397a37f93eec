"""ETags, and answers at the cost of reading a version: 304 (RFC 9110, section 13), or what is kept."""

import hashlib
import re
from functools import lru_cache
from importlib.metadata import version as package_version
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.answers import AnswerCache, answer_key
from app.queries.versions import Version, read_version
from app.storage.reading import NO_ANSWER

CACHED = "public, max-age=60, stale-while-revalidate=300"
VARY = "Accept, Accept-Encoding"
"""What any answer may differ by, however it is made: format, and encoding."""
_PACKAGE = package_version("bilateral")
_CODED = re.compile(r'-(?:br|gzip|zstd)"$')


class Conditional:
    """Give answers an ETag, answer 304 to who holds them already, and again what was answered before.

    A list's tag is weak: it stands for what is stored, the query and the format. That of one resource is
    strong, and differs by the encoding that the bytes are sent in. An answer is kept as long as its version.
    """

    def __init__(self, app: ASGIApp, answers: AnswerCache) -> None:
        self.app = app
        self.answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304 or what is kept, or pass a request on and mark the answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/v1/"):
            return await self.app(scope, receive, send)
        asked = Headers(scope=scope)
        key = answer_key(scope, asked)
        kept = self.answers.get(key)
        held = _held(asked.get("if-none-match", ""))
        version = await _current_version(scope) if held or kept else None
        if version and held and (tag := make_tag(scope, version)) in held:
            headers = {"ETag": held[tag], "Cache-Control": CACHED, "Vary": VARY}
            return await Response(status_code=304, headers=headers)(scope, receive, send)
        if version and kept and kept.version == version:
            return await kept.send(send)
        keeping = self.answers.keeping(key, scope, send)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Vary"] = VARY
                if message["status"] == 200:
                    _mark(scope, headers)
            await keeping(message)

        return await self.app(scope, receive, send_on)


def _mark(scope: Scope, headers: MutableHeaders) -> None:
    version = scope["state"].get("version")
    if version is None:
        return
    tag = make_tag(scope, version)
    coding = headers.get("content-encoding")
    headers["ETag"] = f'{tag[:-1]}-{coding}"' if coding and not tag.startswith("W/") else tag


async def _current_version(scope: Scope) -> Version | None:
    """Return the version that an answer would have now; None leaves it to the route to say."""
    try:
        async with scope["app"].state.connections() as connection:
            return await read_version(connection, scope["path"])
    except NO_ANSWER:
        return None


def make_tag(scope: Scope, version: Version) -> str:
    """Return the ETag of an address at a version; parameters in another order make no difference."""
    digest = _digest(scope["path"], scope["query_string"], Headers(scope=scope).get("accept", ""))
    return f'{"" if version.own else "W/"}"{version.number}-{digest}"'


@lru_cache(maxsize=1024)
def _digest(path: str, query: bytes, accept: str) -> str:
    asked = sorted(parse_qsl(query.decode(), keep_blank_values=True))
    told = "\n".join((_PACKAGE, path, urlencode(asked), accept))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _held(header: str) -> dict[str, str]:
    """Return the tags of an If-None-Match by what they are without their encodings."""
    return {_CODED.sub('"', tag.strip()): tag.strip() for tag in header.split(",") if tag.strip()}
