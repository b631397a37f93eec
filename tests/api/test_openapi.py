from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.domain.explanations import EXPLANATIONS, VOCABULARIES


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_operation_has_an_id_a_tag_and_a_summary(document: dict[str, Any]) -> None:
    ids = []
    for path, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"][0] in {tag["name"] for tag in document["tags"]}, path
        ids.append(operation["operationId"])
    assert len(ids) == len(set(ids))
    assert {"list_meetings", "get_meeting", "list_events", "resolve_party"} <= set(ids)


def test_every_operation_under_v1_documents_its_problems_with_an_example(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        if not path.startswith("/v1"):
            continue
        assert {"405", "422", "500", "503"} <= operation["responses"].keys(), path
        assert ("404" in operation["responses"]) == ("{" in path.replace(".{format}", "")), path
        for status, response in operation["responses"].items():
            if status < "400":
                continue
            ((media_type, content),) = response["content"].items()
            assert media_type == "application/problem+json"
            assert content["example"]["status"] == int(status)


def test_every_answer_has_a_model_of_its_own_with_an_example(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for path, operation in operations(document):
        answer = next(response for status, response in operation["responses"].items() if status < "300")
        content = answer["content"]
        if "application/json" not in content:
            shown = (
                content.get("text/csv") or content.get("application/x-ndjson") or next(iter(content.values()))
            )
            assert shown["example"], path
            continue
        schema = content["application/json"]["schema"]
        assert content["application/json"].get("example"), path
        model = schemas[schema["$ref"].rsplit("/", 1)[1]]
        properties = model["properties"]
        assert model.get("examples") or any("$ref" in str(value) for value in properties.values()), path
    assert "HTTPValidationError" not in schemas


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (path, parameter["name"])


def test_every_word_of_a_vocabulary_is_explained() -> None:
    for name, words in VOCABULARIES.items():
        assert EXPLANATIONS[name].keys() == {word.value for word in words}
