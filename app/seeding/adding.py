"""Articles are parsed, and become seed articles."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

import orjson

from app.domain.article import Article
from app.domain.names import name_key
from app.domain.record import EventRecord
from app.domain.vocabulary import EventKind
from app.parsing.pipeline import parse_article
from app.parsing.version import PARSER_VERSION
from app.reference import read_officials, read_tenures
from app.seeding.articles import SeedArticle, SeedRecord, read_seed_articles, record_identity
from app.storage.tables.columns import new_id


def write_seed_articles(articles: Sequence[Article], folder: Path) -> Iterator[Path]:
    """Parse articles and write their facts as seed files; ids of an earlier writing are kept."""
    earlier = {seed.article.text_sha256: seed for seed in read_seed_articles(folder)}
    people = _known_people(earlier.values())
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        seed = _make_seed_article(article, earlier.get(article.text_sha256), people)
        path = folder / f"{seed.id}.json"
        content = orjson.dumps(seed.model_dump(mode="json"), option=orjson.OPT_INDENT_2)
        path.write_bytes(content + b"\n")
        yield path


def _known_people(seeds: Iterable[SeedArticle]) -> dict[tuple[str, str], UUID]:
    """Return the ids that people have already, by the key of a name and the party acted for."""
    people = {
        (name_key(name), tenure.party): official.id
        for tenure in read_tenures()
        for official in read_officials()
        if official.id == tenure.official
        for name in (official.name, *official.aliases)
    }
    for row in (row for seed in seeds for row in seed.records):
        for person, official in zip(row.record.participants, row.officials, strict=True):
            if person.name and official:
                people.setdefault((name_key(person.name), person.party), official)
    return people


def _make_seed_article(
    article: Article, earlier: SeedArticle | None, people: dict[tuple[str, str], UUID]
) -> SeedArticle:
    old = {record_identity(row.record): row for row in earlier.records} if earlier else {}
    rows = []
    for record in parse_article(article):
        known = old.get(record_identity(record))
        rows.append(
            SeedRecord(
                report=known.report if known else new_id(),
                event=known.event if known else new_id(),
                agreement=_agreement_id(record, known),
                officials=tuple(
                    people.setdefault((name_key(person.name), person.party), new_id())
                    if person.name
                    else None
                    for person in record.participants
                ),
                record=_without_quotes(record),
            )
        )
    facts = article.model_copy(update={"text": None})
    return SeedArticle(
        id=earlier.id if earlier else new_id(),
        parser_version=PARSER_VERSION,
        article=facts,
        records=tuple(rows),
    )


def _agreement_id(record: EventRecord, known: SeedRecord | None) -> UUID | None:
    if record.kind is not EventKind.AGREEMENT:
        return None
    return (known and known.agreement) or new_id()


def _without_quotes(record: EventRecord) -> EventRecord:
    bare = tuple(span.model_copy(update={"quote": None}) for span in record.evidence)
    return record.model_copy(update={"evidence": bare})
