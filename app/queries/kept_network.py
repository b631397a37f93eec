"""The network of all time or of one year, out of the counts that are kept of its pairs."""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import BigInteger, Date, Integer, Subquery, Text, TextClause, bindparam, text

from app.queries.access_path import ALL_TIME, KEPT, shows_default
from app.queries.asked import AskedParties
from app.queries.dated import DateMatch
from app.queries.event_filter import EventScope, event_conditions
from app.queries.paging import COUNTED

_ANSWERED = {*KEPT, "date"}
_COLUMNS = {
    **dict.fromkeys(("source", "target"), Text),
    "events": BigInteger,
    **dict.fromkeys(("first_date", "last_date"), Date),
    **dict.fromkeys(("source_events", "target_events", "edge_count"), BigInteger),
}


@dataclass(frozen=True, slots=True)
class KeptPeriod:
    """A period, and a kind of events or any, whose pairs are counted."""

    grain: str
    first_day: str
    kind: str


def find_kept_period(wanted: EventScope, asked: AskedParties) -> KeptPeriod | None:
    """Return the period whose kept counts answer a network, together with what was still on at its start."""
    if not shows_default(wanted) or not set(event_conditions(wanted, asked)) <= _ANSWERED:
        return None
    if len(wanted.kind) > 1:
        return None
    kind = str(wanted.kind[0]) if wanted.kind else "any"
    first, last = wanted.date_from, wanted.date_to
    if first is None and last is None:
        return KeptPeriod("all", ALL_TIME, kind)
    overlapping = wanted.date_match is DateMatch.OVERLAP and not wanted.include_undated
    if overlapping and first and last == date(first.year, 12, 31) and first == date(first.year, 1, 1):
        return KeptPeriod("year", first.isoformat(), kind)
    return None


def rank_kept_ties(period: KeptPeriod, min_events: int, limit: int | None) -> Subquery:
    """Return the strongest ties in the columns of counted ones."""
    asked = {**asdict(period), "min_events": min_events, "limit": limit, "counted": COUNTED + 1}
    return _read_statement().bindparams(**asked).columns(**_COLUMNS).subquery("ties")


@cache
def _read_statement() -> TextClause:
    statement = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    texts, numbers = ("grain", "first_day", "kind"), ("min_events", "limit", "counted")
    typed = {**dict.fromkeys(texts, Text), **dict.fromkeys(numbers, Integer)}
    return text(statement).bindparams(*(bindparam(name, type_=kind) for name, kind in typed.items()))
