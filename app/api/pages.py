"""The documentation's pages; nothing on them comes from elsewhere."""

from html import escape
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from app.api.problems import KINDS
from app.errors import NotFound

ASSETS = "/docs/assets"
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)

router = APIRouter(include_in_schema=False)


def add_pages(app: FastAPI) -> None:
    """Add the pages, and the files of Swagger UI that an installed package brings."""
    package = find_spec("fastapi_offline")
    assert package is not None
    assert package.origin is not None
    # The package's files are all that is wanted of it, so it is not imported.
    app.mount(ASSETS, StaticFiles(directory=Path(package.origin).parent / "static"), name="assets")
    app.include_router(router)


@router.get("/")
async def home() -> RedirectResponse:
    """Lead to the documentation."""
    return RedirectResponse("/docs")


@router.get("/docs")
async def docs() -> HTMLResponse:
    """Show the API's documentation."""
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Bilateral",
        swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{ASSETS}/swagger-ui.css",
        swagger_favicon_url=f"{ASSETS}/favicon.png",
        # Swagger UI would send the address of the document to a validator elsewhere.
        swagger_ui_parameters={"validatorUrl": None},
    )
    page.headers["Content-Security-Policy"] = _POLICY
    return page


@router.get("/docs/problems/{slug}")
async def problem_page(slug: str) -> HTMLResponse:
    """Say what a kind of problem means."""
    if slug not in KINDS:
        raise NotFound
    kind = KINDS[slug]
    title = escape(f"{kind.status} {kind.title}")
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<h1>{title}</h1><p>{escape(kind.advice)}</p><p><a href="/docs">The documentation</a></p></html>'
    )
