"""The statements that say what is in each access path, a file each."""

from functools import cache
from pathlib import Path

from app.domain.differences import WHY_ONE_WINS
from app.domain.vocabulary import topics

_INSTANT = """
    to_char({of}.{name} AT TIME ZONE 'UTC', CASE date_trunc('second', {of}.{name}) = {of}.{name}
        WHEN true THEN 'YYYY-MM-DD"T"HH24:MI:SS"Z"' ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"' END) AS {name}"""


def _instants(of: str) -> str:
    return ",".join(_INSTANT.format(of=of, name=name) for name in ("created_at", "updated_at"))


_SHOWN = {
    "participant": """
    (SELECT row_to_json(y) FROM (
        SELECT 'off_' || replace(o.id::text, '-', '') AS id, o.name
        FROM official o WHERE o.id = t.official) y) AS official,
    t.party, t.role, t.rank, t.title_as_reported,
    (SELECT row_to_json(y) FROM (SELECT held.title FROM tenure held WHERE held.id = t.tenure) y) AS office""",
    "source": """
    'art_' || replace(a.id::text, '-', '') AS article, outlet.name AS outlet, a.url, a.title,
    coalesce(a.published_on, a.updated_on) AS published_on, a.updated_on,
    (
        SELECT w.quote FROM evidence w WHERE w.report = r.id AND w.field = ''
        ORDER BY w.ordinal LIMIT 1) AS quote""",
    "instants_of_e": _instants("e"),
    "instants_of_g": _instants("g"),
}
"""What documents show alike: of a participation `t`, an article `a` with its report `r`, a row's instants."""
_COUNTED = {"dyad_count": "event_dyad", "official_act": "event_act", "official_count": "event_official"}


@cache
def read_statement(table: str, which: str = "true", events: str | None = None) -> str:
    """Return the statement that says what is in a table, of rows where `which` or out of `events`."""
    statement = Path(__file__).with_name(f"{table}.sql").read_text(encoding="utf-8")
    reasons = {f"why_{field}": f"'{why}'" for field, why in WHY_ONE_WINS.items()}
    groups = ", ".join(f"('{one.id}', '{one.parent}')" for one in topics().values() if one.parent)
    return statement.format(
        which=which,
        events=events or _COUNTED.get(table),
        topics=groups,
        **_SHOWN,
        **reasons,
    )
