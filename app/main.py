"""The application: settings, logs, routes and error handlers put together, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette_compress import CompressMiddleware, add_compress_type

from app.api import operations, routes
from app.api.answers import AnswerCache
from app.api.authorization import check_routes
from app.api.conditional import Conditional
from app.api.deadlines import Deadline
from app.api.exports.formats import COMPRESSED
from app.api.exports.sending import MOST_AT_ONCE
from app.api.handlers import add_handlers
from app.api.limits import Limits
from app.api.load import Gate, Load
from app.api.methods import Heads
from app.api.metrics import add_metrics
from app.api.middleware import CrossOrigin, Failures, RequestIds
from app.api.negotiation import Negotiation
from app.api.openapi import describe
from app.api.pages import add_pages
from app.api.plain import Plain
from app.api.rates import RateLimits, Rates
from app.api.retries import Retries
from app.errors import NoDatabaseUrl
from app.ingestion.parser_pool import ParserPool
from app.logs import set_up_logs
from app.settings import Settings
from app.storage.database import session_factory
from app.storage.reading import bare_connections, create_reading_engine
from app.storage.writing import create_writing_engine

for compressed in COMPRESSED:
    add_compress_type(compressed)


def create_app(settings: Settings, database_url: str | None = None) -> FastAPI:
    """Return the application on a database, by default that of the settings; nothing connects yet."""
    set_up_logs(settings.log_level)
    url = database_url or settings.database_url
    if url is None:
        raise NoDatabaseUrl
    engine, writing_engine = create_reading_engine(url), create_writing_engine(url)
    load = Load(most=settings.max_in_flight)
    parsers = ParserPool(settings.parser_processes)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await engine.dispose()
        await writing_engine.dispose()
        parsers.close()

    app = FastAPI(
        version=version("bilateral"),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=surround(settings, load),
    )
    app.state.load = load
    app.state.sessions = session_factory(engine)
    app.state.connections = bare_connections(engine)
    app.state.exports = asyncio.Semaphore(MOST_AT_ONCE)
    app.state.export_max_rows = settings.export_max_rows
    app.state.parsers = parsers
    app.state.writing_sessions = session_factory(writing_engine)
    app.include_router(routes.router)
    app.include_router(operations.router)
    add_pages(app)
    add_handlers(app)
    describe(app)
    check_routes(app)
    if settings.metrics:
        add_metrics(app, load)
    return app


def surround(settings: Settings, load: Load) -> list[Middleware]:
    """Return what surrounds a request, from outside to inside.

    The gate turns away at no cost; what answers a problem stands inside the ids and the origins; an ETag
    knows the encoding, which knows the format; a write is tried again inside all of them; and what is plain
    need not go to the routes.
    """
    rates = Rates(settings.rate_anonymous, settings.rate_key)
    return [
        Middleware(Gate, load=load),
        Middleware(RequestIds),
        Middleware(CrossOrigin),
        Middleware(Heads),
        Middleware(Failures),
        Middleware(RateLimits, rates=rates),
        Middleware(Limits, hosts=settings.allowed_hosts),
        Middleware(Deadline),
        Middleware(Conditional, answers=AnswerCache(settings.answer_cache_mib * 1024 * 1024)),
        Middleware(CompressMiddleware),
        Middleware(Negotiation),
        Middleware(Retries),
        Middleware(Plain),
    ]
