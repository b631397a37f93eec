"""Templates: a file with one event that says what one by hand needs to say; an import takes it as it is."""

import csv
from io import StringIO

import orjson

_EVENT = {
    "kind": "visit",
    "mode": "official",
    "status": "planned",
    "date_start": "2030-03-04",
    "date_end": "2030-03-06",
    "place": {"city": "Baghdad", "country": "IRQ"},
    "parties": [{"id": "IRQ", "role": "host"}, {"id": "PAK", "role": "visitor"}],
    "participants": [
        {
            "official": {"name": "A Name"},
            "party": "PAK",
            "role": "visitor",
            "title_as_reported": "Foreign Minister",
        }
    ],
    "topics": ["trade"],
    "sources": [
        {
            "outlet": "example.org",
            "url": "https://example.org/story",
            "title": "The headline of the source",
            "published_on": "2030-01-15",
        }
    ],
}
_ROW = {
    "kind": "visit",
    "mode": "official",
    "status": "planned",
    "date_start": "2030-03-04",
    "date_end": "2030-03-06",
    "place_city": "Baghdad",
    "place_country": "IRQ",
    "parties_id": "IRQ|PAK",
    "parties_role": "host|visitor",
    "participants_official_name": "A Name",
    "participants_party": "PAK",
    "participants_role": "visitor",
    "participants_title_as_reported": "Foreign Minister",
    "topics": "trade",
    "sources_outlet": "example.org",
    "sources_url": "https://example.org/story",
    "sources_title": "The headline of the source",
    "sources_published_on": "2030-01-15",
}


def template(form: str) -> str:
    """Return a template: `csv` or `ndjson`."""
    if form == "ndjson":
        return orjson.dumps(_EVENT).decode() + "\n"
    buffer = StringIO()
    writer = csv.DictWriter(buffer, list(_ROW), lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(_ROW)
    return buffer.getvalue()
