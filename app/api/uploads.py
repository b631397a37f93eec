"""How articles come in: as JSON, plain text, a web page, lines of JSON, or a file in a form."""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from app.api.bodies import read_json
from app.api.requests.articles import ArticleFacts, ArticleRequest
from app.domain.article import Article
from app.errors import (
    ArticleTooLarge,
    BadInput,
    BodyNotUtf8,
    LineNotValid,
    MediaTypeNotTaken,
    TooManyArticles,
)
from app.ingestion.handed_in import (
    Facts,
    article_of_fields,
    article_of_page,
    articles_of_fields,
    articles_of_text,
)
from app.ingestion.parser_pool import ParserPool
from app.ingestion.sizes import MAX_ARTICLE_BYTES, MAX_FILE_BYTES

MAX_UPLOAD_BYTES = MAX_FILE_BYTES
MAX_ARTICLES = 2_000
"""Most articles in one request."""
_JSON, _LINES, _TEXT, _PAGE = "application/json", "application/x-ndjson", "text/plain", "text/html"
_FORM = "multipart/form-data"
_BY_ENDING = {
    ".txt": _TEXT,
    ".html": _PAGE,
    ".htm": _PAGE,
    ".json": _JSON,
    ".ndjson": _LINES,
    ".jsonl": _LINES,
}
_NOT_TEXT = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"7z\xbc",
)

OF_HANDED_IN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            _JSON: {"schema": ArticleRequest.model_json_schema()},
            _TEXT: {"schema": {"type": "string", "description": "A text; it may hold several articles."}},
            _PAGE: {"schema": {"type": "string", "description": "A web page with one article."}},
            _LINES: {"schema": {"type": "string", "description": "An article in JSON on each line."}},
            _FORM: {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The articles of a request, and a hash by which the same request is known again."""

    articles: tuple[Article, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    content: bytes


async def read_handed_in(request: Request, told: ArticleFacts, parsers: ParserPool) -> HandedIn:
    """Return what a request hands in, each article with what is told and seen of it."""
    part = await _read_part(request)
    if part.content.startswith(_NOT_TEXT):
        raise MediaTypeNotTaken
    articles = await _articles_of(part, told.facts(), parsers)
    if len(articles) > MAX_ARTICLES:
        raise TooManyArticles(MAX_ARTICLES)
    dumped = orjson.dumps([request.url.path, [one.model_dump(mode="json") for one in articles]])
    return HandedIn(articles, hashlib.sha256(dumped).hexdigest())


async def _articles_of(part: _Part, facts: Facts, parsers: ParserPool) -> tuple[Article, ...]:
    if part.kind == _JSON:
        wanted = _fields(part.content)
        return await parsers.run(articles_of_fields, [_with(wanted, facts)])
    if part.kind == _LINES:
        return await parsers.run(
            articles_of_fields, [_with(one, facts) for one in await _lines(part.content)]
        )
    text = _decode(part.content)
    if part.kind == _PAGE:
        _check_size(part.content)
        return (await parsers.run(article_of_page, text, facts),)
    return await parsers.run(articles_of_text, text, facts)


async def _read_part(request: Request) -> _Part:
    if request.headers.get("content-encoding", "identity") != "identity":
        raise MediaTypeNotTaken
    kind, charset = _media_type(request.headers.get("content-type", ""))
    if charset not in ("", "utf-8", "us-ascii"):
        raise MediaTypeNotTaken
    if kind != _FORM:
        if kind not in (_JSON, _LINES, _TEXT, _PAGE):
            raise MediaTypeNotTaken
        return _Part(kind, await request.body())
    async with request.form(max_files=1, max_fields=0, max_part_size=MAX_UPLOAD_BYTES) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise RequestValidationError([_refusal("/file", "missing", "A file is needed")])
        name = file.filename or ""
        if not name.isprintable():
            raise RequestValidationError([_refusal("/file", "text", "The file's name is not printable")])
        kind, _ = _media_type(file.content_type or "")
        kind = kind if kind in (_JSON, _LINES, _PAGE) else _BY_ENDING.get(PurePath(name).suffix.lower(), kind)
        if kind not in (_JSON, _LINES, _TEXT, _PAGE):
            raise MediaTypeNotTaken
        return _Part(kind, await file.read())


def _media_type(header: str) -> tuple[str, str]:
    """Return a Content-Type's kind and character set."""
    kind, _, parameters = header.lower().partition(";")
    charset = next(
        (
            value.strip(' "')
            for part in parameters.split(";")
            for name, _, value in [part.partition("=")]
            if name.strip() == "charset"
        ),
        "",
    )
    return kind.strip(), charset


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BodyNotUtf8 from error


def _fields(content: bytes) -> ArticleRequest:
    _check_size(content)
    try:
        return ArticleRequest.model_validate(read_json(content))
    except ValidationError as error:
        raise RequestValidationError(
            [{**told, "loc": ("body", *told["loc"])} for told in error.errors()]
        ) from error


async def _lines(content: bytes) -> list[ArticleRequest]:
    """Return the articles of lines of JSON; the event loop gets its turn in between."""
    found: list[ArticleRequest] = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        found.append(_line(line, number))
        if len(found) > MAX_ARTICLES:
            raise TooManyArticles(MAX_ARTICLES)
        await asyncio.sleep(0)
    return found


def read_line(line: bytes, number: int, facts: Facts) -> Article:
    """Return the article of a line of JSON in a file; an error names the line."""
    wanted = _line(line, number)
    try:
        return article_of_fields(*_with(wanted, facts))
    except BadInput as error:
        raise LineNotValid(number, str(error)) from error


def _line(line: bytes, number: int) -> ArticleRequest:
    try:
        return _fields(line)
    except RequestValidationError as error:
        raise LineNotValid(number, str(error.errors()[0]["msg"])) from error
    except BadInput as error:
        raise LineNotValid(number, str(error)) from error


def _with(wanted: ArticleRequest, facts: Facts) -> tuple[str, Facts]:
    own = wanted.facts().model_dump(exclude_none=True)
    return wanted.text, facts.model_copy(update=own)


def _check_size(content: bytes) -> None:
    if len(content) > MAX_ARTICLE_BYTES:
        raise ArticleTooLarge(MAX_ARTICLE_BYTES)


def _refusal(place: str, code: str, detail: str) -> dict[str, Any]:
    return {"type": code, "loc": ("body", *place.strip("/").split("/")), "msg": detail}
