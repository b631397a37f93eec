"""What `/v1/meta` and the checks say."""

from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from typing import Any, Literal

from pydantic import BaseModel, Field

from app.api.responses.shared import example
from app.domain.explanations import EXPLANATIONS, VOCABULARIES
from app.domain.vocabulary import topics
from app.queries.coverage import Coverage
from app.reference import read_dataset_lists

LICENSE = "CC BY 4.0"
_LICENSE = {
    "name": LICENSE,
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "applies_to": "The facts that this service states; articles and quotes remain their publishers'.",
}
_VERSION = version("bilateral")
_CITE = f"Bilateral (version {_VERSION}). Events between countries and organizations, with their sources."
_REFERENCE = {
    "ISO 3166-1": "Country codes.",
    "UN M49": "Regions and subregions.",
    "Correlates of War": "State numbers (`cow`).",
    "Gleditsch and Ward": "State numbers (`gw`).",
    "Wikidata": "Identifiers (CC0).",
    "Organizations' own sites": "Memberships, each with its source.",
}
_OUTLET = {
    "id": "arabnews.com",
    "name": "Arab News",
    "articles": 12,
    "first_published_on": "2024-08-20",
    "last_published_on": "2026-02-03",
}
_DATASET = {
    "id": "us-state-historian/visits",
    "name": "Visits by Foreign Leaders",
    "covers": "Visits to the United States of heads of state and of government, 1874 to 2024.",
    "license": "public domain (CC0)",
    "url": "https://history.state.gov/departmenthistory/visits",
    "rows": 3264,
    "first_date": "1874-12-12",
    "last_date": "2024-12-03",
}
_COVERAGE = {
    "events": 31,
    "first_date": "2024-08-19",
    "last_date": "2026-02-06",
    "articles": 12,
    "agreements": 3,
    "officials": 40,
    "parties": 489,
    "outlets": [_OUTLET],
    "datasets": [_DATASET],
}


class Word(BaseModel):
    """A word of a vocabulary."""

    model_config = example({"word": "meeting", "meaning": EXPLANATIONS["kind"]["meeting"]})

    word: str
    meaning: str


class TopicResponse(BaseModel):
    """A subject of events."""

    model_config = example(
        {"id": "training", "parent": "security", "label": "Training", "plover_context": "military"}
    )

    id: str
    parent: str | None = Field(
        description="The group that it belongs to; asking for a group finds its members."
    )
    label: str
    plover_context: str | None


class License(BaseModel):
    """Under what terms the data may be used."""

    model_config = example(_LICENSE)

    name: str
    url: str
    applies_to: str


class ReferenceSource(BaseModel):
    """A source of the reference data."""

    model_config = example({"name": "UN M49", "use": "Regions and subregions."})

    name: str
    use: str


class OutletCoverage(BaseModel):
    """What is held of one outlet; null stands for articles whose outlet is not known."""

    model_config = example(_OUTLET)

    id: str | None
    name: str | None
    articles: int
    first_published_on: date | None
    last_published_on: date | None


class DatasetCoverage(BaseModel):
    """What is held of a list of a dataset, and what that list covers."""

    model_config = example(_DATASET)

    id: str
    name: str
    covers: str = Field(description="What it lists, and what it leaves out.")
    license: str
    url: str | None
    rows: int
    first_date: date | None
    last_date: date | None


class CoverageResponse(BaseModel):
    """What the data covers: outside it, no event does not mean that nothing happened."""

    model_config = example(_COVERAGE)

    events: int = Field(description="Events that occurred and are not doubted.")
    first_date: date | None
    last_date: date | None
    articles: int
    agreements: int
    officials: int
    parties: int
    outlets: list[OutletCoverage]
    datasets: list[DatasetCoverage]


class MetaResponse(BaseModel):
    """Version, vocabularies, license, how to cite, and what the data covers."""

    model_config = example(
        {
            "version": _VERSION,
            "parser_versions": ["1"],
            "license": _LICENSE,
            "cite_as": _CITE,
            "reference_data": [{"name": "UN M49", "use": "Regions and subregions."}],
            "vocabularies": {"kind": [{"word": "meeting", "meaning": EXPLANATIONS["kind"]["meeting"]}]},
            "topics": [
                {"id": "training", "parent": "security", "label": "Training", "plover_context": "military"}
            ],
            "coverage": _COVERAGE,
        }
    )

    version: str
    parser_versions: list[str] = Field(
        description="Versions of the parser that articles were read with last."
    )
    license: License
    cite_as: str
    reference_data: list[ReferenceSource]
    vocabularies: dict[str, list[Word]]
    topics: list[TopicResponse]
    coverage: CoverageResponse


class Health(BaseModel):
    """That the service is there."""

    model_config = example({"status": "ok"})

    status: Literal["ok"] = "ok"


def meta_response(found: Coverage) -> MetaResponse:
    """Show what we say of ourselves and of the data."""
    return MetaResponse(
        version=_VERSION,
        parser_versions=list(found.parser_versions),
        license=License.model_validate(_LICENSE),
        cite_as=_CITE,
        reference_data=[ReferenceSource(name=name, use=use) for name, use in _REFERENCE.items()],
        vocabularies={
            name: [Word(word=word.value, meaning=EXPLANATIONS[name][word.value]) for word in words]
            for name, words in VOCABULARIES.items()
        },
        topics=[
            TopicResponse(
                id=topic.id, parent=topic.parent, label=topic.label, plover_context=topic.plover_context
            )
            for topic in topics().values()
        ],
        coverage=_coverage(found),
    )


def _coverage(found: Coverage) -> CoverageResponse:
    totals: dict[str, Any] = dict(found.totals._mapping)
    outlets = [
        OutletCoverage(
            id=row.id,
            name=row.name,
            articles=row.articles,
            first_published_on=row.first_on,
            last_published_on=row.last_on,
        )
        for row in found.outlets
    ]
    lists = {one.id: one for one in read_dataset_lists()}
    datasets = [
        DatasetCoverage.model_validate({**asdict(lists[row["id"]]), **row})
        for row in totals.pop("datasets") or ()
    ]
    return CoverageResponse(articles=found.articles, outlets=outlets, datasets=datasets, **totals)
