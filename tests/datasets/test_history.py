"""A century and a half by questions with known answers, each from a public source, and the lists it gives."""

import csv
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.names import name_key

with Path(__file__).with_name("questions.csv").open(encoding="utf-8", newline="") as file:
    QUESTIONS = list(csv.DictReader(file, strict=True))


async def find(history: httpx.AsyncClient, path: str, **asked: str) -> list[dict[str, Any]]:
    answer = await history.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def people_of(event: dict[str, Any]) -> set[str]:
    return {name_key(one["official"]["name"]) for one in event["participants"] if one["official"]}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q['pair']} {q['day']} {q['who']}")
async def test_who_came_when_is_known(question: dict[str, str], history: httpx.AsyncClient) -> None:
    """A question with a fault is one that the source answers wrongly; when that changes, so must the note."""
    found = await find(
        history,
        "/v1/meetings",
        pair=question["pair"],
        kind=question["kind"],
        date_from=question["day"],
        date_to=question["day"],
        place_country=question["place"],
    )
    answered = name_key(question["who"]) in {name for event in found for name in people_of(event)}
    assert answered is not bool(question["fault"]), [people_of(event) for event in found]


def test_there_are_enough_questions_each_with_a_source() -> None:
    assert len(QUESTIONS) >= 30
    assert all(question["source"].startswith("http") for question in QUESTIONS)
    asked = {party for question in QUESTIONS for party in question["pair"].split("-")}
    assert {"PAK", "IRQ", "SAU"} <= asked


async def test_pakistan_and_the_united_states_run_from_liaquat_ali_khan_to_imran_khan(
    history: httpx.AsyncClient,
) -> None:
    (first, *_) = await find(history, "/v1/meetings", pair="PAK-USA", sort="date")
    (last, *_) = await find(history, "/v1/meetings", pair="PAK-USA", sort="-date")
    assert (first["date_start"], people_of(first)) == ("1950-05-03", {"liaquat ali khan"})
    assert last["date_start"].startswith("2019-07")
    assert "imran khan" in people_of(last)


async def test_partners_of_the_united_states_are_ranked(history: httpx.AsyncClient) -> None:
    found = await find(history, "/v1/dyads", party="USA", limit="5")
    assert [dyad["id"] for dyad in found][:2] == ["GBR-USA", "ISR-USA"]
    assert [dyad["event_count"] for dyad in found] == sorted(
        (dyad["event_count"] for dyad in found), reverse=True
    )


async def test_a_pair_that_the_lists_do_not_cover_stays_empty(history: httpx.AsyncClient) -> None:
    assert await find(history, "/v1/meetings", pair="PAK-SAU") == []


async def test_the_seed_articles_are_answered_as_before(history: httpx.AsyncClient) -> None:
    found = await find(history, "/v1/meetings", pair="PAK-IRQ")
    assert len(found) == 1


async def test_meta_says_what_each_list_covers(history: httpx.AsyncClient) -> None:
    coverage = (await history.get("/v1/meta")).json()["coverage"]
    lists = {one["id"]: one for one in coverage["datasets"]}
    assert {name: one["rows"] for name, one in lists.items()} == {
        "us-state-historian/president-travels": 832,
        "us-state-historian/secretary-travels": 3438,
        "us-state-historian/visits": 3264,
    }
    assert lists["us-state-historian/visits"]["first_date"] == "1874-12-12"
    assert all(one["covers"] and one["license"] for one in lists.values())


async def test_a_report_of_a_row_names_its_record(history: httpx.AsyncClient) -> None:
    (first, *_) = await find(history, "/v1/meetings", pair="PAK-USA", sort="date")
    (report, *_) = await find(history, f"/v1/events/{first['id']}/reports")
    assert report["article"]["dataset"] == "us-state-historian/visits"
    assert report["article"]["record_id"].isdecimal()
    assert report["evidence"] == []


async def test_an_office_is_known_for_the_days_on_which_it_was_seen(history: httpx.AsyncClient) -> None:
    (found, *_) = await find(history, "/v1/officials", q="Nawaz Sharif")
    tenures = await find(history, f"/v1/officials/{found['id']}/tenures")
    terms = sorted((one["valid_from"][:4], one["valid_to"][:4]) for one in tenures)
    assert terms == [("1997", "1999"), ("2013", "2015")]
