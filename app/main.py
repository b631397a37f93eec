"""The application: settings, logs, routes and error handlers put together, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from app.api import operations, routes
from app.api.authorization import check_routes
from app.api.handlers import add_handlers
from app.api.middleware import CrossOrigin, Failures, Limits, RequestIds
from app.api.openapi import describe
from app.api.pages import add_pages
from app.errors import NoDatabaseUrl
from app.logs import set_up_logs
from app.settings import Settings
from app.storage.database import session_factory
from app.storage.reading import create_reading_engine
from app.storage.writing import create_writing_engine


def create_app(settings: Settings, database_url: str | None = None) -> FastAPI:
    """Return the application on a database, by default that of the settings; nothing connects yet."""
    set_up_logs(settings.log_level)
    url = database_url or settings.database_url
    if url is None:
        raise NoDatabaseUrl
    engine, writing_engine = create_reading_engine(url), create_writing_engine(url)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await engine.dispose()
        await writing_engine.dispose()

    app = FastAPI(
        version=version("bilateral"),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=[Middleware(part) for part in (RequestIds, CrossOrigin, Failures, Limits)],
    )
    app.state.sessions = session_factory(engine)
    app.state.writing_sessions = session_factory(writing_engine)
    app.include_router(routes.router)
    app.include_router(operations.router)
    add_pages(app)
    add_handlers(app)
    describe(app)
    check_routes(app)
    return app
