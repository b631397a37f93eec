"""Filters and sorts of lists, no answer kept: the slowest of a hundred requests, none over the limit."""

from contextlib import suppress
from functools import partial

from benchmarks.goals import Goal, Results
from benchmarks.measuring import ROUNDS, Asked, ask_once, interleave
from benchmarks.processes import Service
from benchmarks.stage import Services, Stage

_LIMIT_MS = 50
_REQUESTS = 20
_ADDRESSES = 60
"""Of one filter: each is asked for once before."""
_SLOW_MS = 300
"""From this on, one round tells enough."""
_FILTERS = {
    "party and kind": "party={party}&kind=visit",
    "country of the place": "place_country=PAK",
    "city": "city=City 7",
    "days": "date_from=2001-01-01&date_to=2001-03-31",
    "days within": "date_from=2001-01-01&date_to=2001-03-31&date_match=within",
    "mode": "mode=state",
    "status": "status=planned",
    "topic": "topic=training",
    "topic and party": "topic=training&party={party}",
    "topic and pair": "topic=training&pair={pair}",
    "official": "official={official}",
    "official and kind": "official={official}&kind=meeting",
    "office": "office=Foreign Minister",
    "outlet": "outlet=daily7.example",
    "review status": "review_status=needs_review",
    "least confidence": "min_confidence=0.9",
    "changed since": "updated_since=2030-01-01T00:00:00Z",
    "precision": "precision=day",
    "rare words": "q=word4711",
    "common words": "q=word0",
    "rare words by relevance": "q=word4711&sort=-relevance",
    "common words by relevance": "q=word0&sort=-relevance",
    "two parties": "party={party}&country=Pakistan",
    "pair and days": "pair={pair}&date_from=2010-01-01",
    "earliest": "sort=date",
    "changed last": "sort=-updated_at",
    "created first": "sort=created_at",
}
_OTHERS = {
    "agreements": "agreements",
    "agreements of a party": "agreements?party={party}",
    "agreements of a pair": "agreements?pair={pair}",
    "agreements of a kind": "agreements?kind=memorandum",
    "agreements of a status": "agreements?status=ratified",
    "agreements with a step": "agreements?step=announced",
    "agreements with a pledge": "agreements?pledge=consultation",
    "agreements of a domain": "agreements?domain=training",
    "agreements of a topic": "agreements?topic=training",
    "agreements of a topic and party": "agreements?topic=training&party={party}",
    "agreements of days": "agreements?date_from=2001-01-01&date_to=2001-03-31",
    "agreements of an official": "agreements?official={official}",
    "agreements of an office": "agreements?office=Foreign Minister",
    "agreements made in a country": "agreements?place_country=PAK",
    "agreements made in a city": "agreements?city=City 7",
    "agreements of an outlet": "agreements?outlet=daily7.example",
    "agreements in doubt": "agreements?review_status=needs_review",
    "agreements, least confidence": "agreements?min_confidence=0.95",
    "agreements changed since": "agreements?updated_since=2030-01-01T00:00:00Z",
    "agreements, rare words": "agreements?q=word4711",
    "agreements changed last": "agreements?sort=-updated_at",
    "dyads": "dyads",
    "dyads of a kind": "dyads?kind=visit",
    "dyads of two kinds and a party": "dyads?kind=visit&kind=call&party={party}",
    "one dyad": "dyads/{pair}",
    "timeline of a dyad": "dyads/{pair}/timeline",
    "officials": "officials",
    "officials of a party": "officials?party={party}",
    "officials by name": "officials?q=family 77",
    "officials by a misspelt name": "officials?q=famly7707",
    "one official": "officials/{official}",
    "events of an official": "officials/{official}/events",
    "articles": "articles",
    "articles of days": "articles?date_from=2001-01-01&date_to=2001-03-31",
    "articles of a party": "articles?party={party}",
    "articles of an outlet": "articles?outlet=daily7.example",
    "articles of a kind": "articles?kind=exercise",
    "articles in a language": "articles?language=en",
    "articles new since": "articles?updated_since=2030-01-01T00:00:00Z",
    "articles by words": "articles?q=word4711",
    "partners of an organization": "organizations/{party}",
    "changes": "changes",
    "changes of events": "changes?after=100000",
    "network of all time": "network",
    "coverage": "meta",
    "series of all": "events/timeseries",
}
"""What else is asked for, each as the goals ask it of events."""


def measure_filters(results: Results, stage: Stage, served: Services) -> None:
    """Measure each filter; one that the server gives up on counts as the seconds that it waited.

    Each address is asked once before: the goal is for a database in memory. What first reading costs is told.
    """
    told, first = {}, {}
    server = served.uncached
    of_events = {f"filter: {name}": f"events?{query}" for name, query in _FILTERS.items()}
    for name, query in {**of_events, **{f"list: {name}": path for name, path in _OTHERS.items()}}.items():
        paths = [f"/v1/{one}".replace(" ", "%20") for one in _fill(query, stage)[:_ADDRESSES]]
        asked = {"ours": Asked(partial(_ask, server), paths, (server.pid,), _REQUESTS)}
        first[name] = round(ask_once(asked)["ours"], 1)
        rounds = ROUNDS if first[name] < _SLOW_MS else 1
        told[name] = round(interleave(asked, rounds)["ours"].p99_ms(), 1)
        results.add(Goal(f"{name}, p99", told[name], _LIMIT_MS, "ms", least=False))
    results.figures["filters, p99 ms"] = told
    results.figures["filters, asked first, median ms"] = first


def _fill(query: str, stage: Stage) -> list[str]:
    pairs = [f"{a}-{b}" for a, b in stage.pairs]
    drawn = zip(pairs, stage.parties * 2, stage.officials * 2, strict=False)
    return list(dict.fromkeys(query.format(pair=p, party=q, official=r) for p, q, r in drawn))


def _ask(server: Service, path: str) -> None:
    """Ask; what the server gives up on has taken its two seconds."""
    with suppress(RuntimeError):
        server.get(path)
