"""The documentation's pages; nothing on them comes from elsewhere."""

from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from markdown_it import MarkdownIt

from app.api.problems import KINDS
from app.errors import NotFound
from app.settings import bundled_folder

ASSETS = "/docs/assets"
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>body {{ max-width: 45rem; margin: 2rem auto;
padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif }} pre {{ overflow: auto }}</style>
{body}<p><a href="/docs">The documentation</a></p></html>"""

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
    """Show the page of a kind of problem."""
    if slug not in KINDS:
        raise NotFound
    kind = KINDS[slug]
    page = HTMLResponse(_PAGE.format(title=escape(f"{kind.status} {kind.title}"), body=_problem_body(slug)))
    page.headers["Content-Security-Policy"] = _POLICY
    return page


@cache
def _problem_body(slug: str) -> str:
    path = bundled_folder("docs") / "problems" / f"{slug}.md"
    return str(MarkdownIt().render(path.read_text(encoding="utf-8")))
