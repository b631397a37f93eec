"""Invented articles and the records they must give; README.md in the folder says how to add one."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.record import EventRecord
from app.reference import read_countries, read_organizations

Json = dict[str, Any]

_FOLDER = Path(__file__).with_name("cases")
_CASES = sorted(path.name for path in _FOLDER.iterdir() if path.is_dir())


@pytest.mark.parametrize("slug", _CASES)
def test_an_article_gives_the_expected_records(slug: str) -> None:
    from app.parsing.pipeline import parse_article
    from app.parsing.split import read_articles

    text, case = _read_case(slug)
    outside = case.get("article", {})
    published_on = outside.get("published_on")
    articles = read_articles(
        text,
        published_on=date.fromisoformat(published_on) if published_on else None,
        outlet=outside.get("outlet"),
    )
    got = sorted((_flatten(record) for article in articles for record in parse_article(article)), key=_order)
    expected = sorted((_normalize(record) for record in case["records"]), key=_order)

    compared = [
        _restrict(record, expected[index]) if index < len(expected) else record
        for index, record in enumerate(got)
    ]
    assert compared == expected, f"{slug}\n--- expected\n{_readable(expected)}\n--- got\n{_readable(got)}"


@pytest.mark.parametrize("slug", _CASES)
def test_an_expectation_is_a_valid_record_about_words_in_its_article(slug: str) -> None:
    text, case = _read_case(slug)
    assert case.keys() <= {"article", "records"}
    known = {country.id for country in read_countries()} | {
        organization.id for organization in read_organizations()
    }
    for expected in case["records"]:
        assert {"kind", "status", "main", "date", "parties", "participants"} <= expected.keys()
        assert expected["parties"].keys() <= known
        _as_record(expected)
        place = expected.get("place", {})
        printed = [person["name"] for person in expected["participants"]]
        printed += [place[key] for key in ("venue", "city") if key in place]
        assert [words for words in printed if words not in text] == []


def test_there_are_enough_cases_and_enough_of_them_without_events() -> None:
    negatives = [slug for slug in _CASES if not _read_case(slug)[1]["records"]]
    assert len(_CASES) >= 40
    assert len(negatives) >= 10


def _read_case(slug: str) -> tuple[str, Json]:
    text = (_FOLDER / slug / "article.txt").read_text(encoding="utf-8")
    case: Json = json.loads((_FOLDER / slug / "expected.json").read_text(encoding="utf-8"))
    return text, case


def _as_record(expected: Json) -> EventRecord:
    parties = [
        {"party": party, "role": role or "participant"}
        for party, roles in expected["parties"].items()
        for role in (roles if isinstance(roles, list) else [roles])
    ]
    return EventRecord.model_validate({**expected, "parties": parties, "confidence": 1})


def _flatten(record: EventRecord) -> Json:
    """Write a record as the expectations are written."""
    fields: Json = record.model_dump(mode="json", exclude={"evidence", "confidence", "confidence_reasons"})
    fields["date"] = {key: fields["date"][key] for key in ("start", "end", "precision")}
    roles: dict[str, list[str]] = {}
    for party in fields["parties"]:
        roles.setdefault(party["party"], []).append(party["role"])
    fields["parties"] = {party: sorted(held) for party, held in roles.items()}
    return _normalize(
        {**fields, "participants": [person for person in fields["participants"] if person["name"]]}
    )


def _normalize(record: Json) -> Json:
    """Give every party a list of roles, or null for any role, and put the persons in order."""
    return {
        **record,
        "parties": {
            party: [roles] if isinstance(roles, str) else roles and sorted(roles)
            for party, roles in record["parties"].items()
        },
        "participants": sorted(record["participants"], key=lambda person: str(person["name"])),
    }


def _order(record: Json) -> tuple[str, str, list[str], list[str]]:
    names = [str(person["name"]) for person in record["participants"]]
    return record["kind"], record["date"]["start"] or "", sorted(record["parties"]), names


def _restrict(got: Json, expected: Json) -> Json:
    """Leave out of a record what its expectation says nothing about."""
    loosen: dict[str, Callable[[Any, Any], Any]] = {
        "participants": _restrict_each,
        "parties": _forget_open_roles,
        "topics": lambda topics, wanted: [topic for topic in wanted if topic in topics],
        "place": _pick,
        "delegation": _pick,
        "agreement": _pick,
    }
    return {
        key: loosen[key](got[key], wanted) if key in loosen and got[key] is not None else got[key]
        for key, wanted in expected.items()
    }


def _restrict_each(got: list[Json], expected: list[Json]) -> list[Json]:
    wanted = {person["name"]: person for person in expected}
    return [_pick(person, wanted.get(person["name"], person)) for person in got]


def _forget_open_roles(got: Json, expected: Json) -> Json:
    return {
        party: None if party in expected and expected[party] is None else roles
        for party, roles in got.items()
    }


def _pick(got: Json, expected: Json) -> Json:
    return {key: got.get(key) for key in expected}


def _readable(records: list[Json]) -> str:
    return json.dumps(records, indent=1, ensure_ascii=False)
