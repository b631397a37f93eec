"""The API's description of itself."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from app.api.problems import Problem

TITLE = "Bilateral"
DESCRIPTION = """Who met whom, when, where and about what, each event with its sources.

- Dates are calendar days, `YYYY-MM-DD`; both ends of a range are meant.
- A party is named by id, ISO code, `cow:`, `gw:` or `wd:` code, name, alias or demonym.
- A repeated parameter means *or*; different parameters mean *and*.
- An unknown parameter is refused, and the nearest right one named.
- Pages go on with `cursor=` and `meta.next_cursor`, or by the `Link` header.
- Reading needs no key; what writes says which scope its key needs, `Authorization: Bearer bil_…`.
- Every failure is a problem (RFC 9457)."""

_TAGS = {
    "parties": "Countries, organizations, and what a word stands for.",
    "officials": "People, for whom they acted, and their offices.",
    "meetings": "Meetings, calls and visits.",
    "agreements": "Pacts, treaties and memoranda, with the steps of their life.",
    "events": "Events of every kind, and each source's own account.",
    "dyads": "Pairs of parties.",
    "network": "Who acts together with whom.",
    "articles": "Where it was read; never the text.",
    "changes": "What happened to the data, for those who keep a copy.",
    "exports": "Whole lists as files, streamed from one snapshot.",
    "jobs": "Articles that wait for workers.",
    "reviews": "What waits for editors, and their decisions.",
    "keys": "Keys for writing, and who did what with them.",
    "meta": "Vocabularies, license, and what the data covers.",
    "operations": "Health.",
}


def describe(app: FastAPI) -> None:
    """Make the app's OpenAPI document know problems, which no route declares as its model."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=TITLE,
        version=app.version,
        summary="Events between countries and organizations, with their sources.",
        description=DESCRIPTION,
        routes=app.routes,
        tags=[{"name": name, "description": about} for name, about in _TAGS.items()],
        servers=[{"url": "/", "description": "This server."}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = document["components"]["schemas"]
    schemas.update(schema.pop("$defs"))
    schemas["Problem"] = schema
    # The framework drops every null from an example.
    for model in _models(BaseModel):
        extra = model.model_config.get("json_schema_extra")
        if model.__name__ in schemas and isinstance(extra, dict) and "examples" in extra:
            schemas[model.__name__]["examples"] = extra["examples"]
    _add_examples(document)
    document["security"] = []  # Reading is anonymous.
    return document


def _models(parent: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in parent.__subclasses__():
        if model.__module__.startswith("app.api."):
            yield model
        yield from _models(model)


def _add_examples(document: dict[str, Any]) -> None:
    """Show with each operation what it answers: the example of its model."""
    schemas = document["components"]["schemas"]
    operations = (operation for methods in document["paths"].values() for operation in methods.values())
    for operation in operations:
        answers = (answer for status, answer in operation["responses"].items() if status < "300")
        content = next(answers).get("content", {}).get("application/json")
        if content is None:
            continue
        schema = schemas[content["schema"]["$ref"].rsplit("/", 1)[1]]
        if "examples" in schema:
            content["example"] = schema["examples"][0]
