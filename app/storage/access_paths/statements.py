"""The statements that say what is in each access path, a file each."""

from functools import cache
from pathlib import Path

from app.domain.differences import WHY_ONE_WINS
from app.domain.vocabulary import topics

_COUNTED = {"dyad_count": "event_dyad", "official_act": "event_act"}


@cache
def read_statement(table: str, which: str = "true", events: str | None = None) -> str:
    """Return the statement that says what is in a table, of rows where `which` or out of `events`."""
    statement = Path(__file__).with_name(f"{table}.sql").read_text(encoding="utf-8")
    reasons = {f"why_{field}": f"'{why}'" for field, why in WHY_ONE_WINS.items()}
    groups = ", ".join(f"('{one.id}', '{one.parent}')" for one in topics().values() if one.parent)
    return statement.format(which=which, events=events or _COUNTED.get(table), topics=groups, **reasons)
