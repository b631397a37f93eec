"""What may be done to which table, as Postgres itself holds it.

The owner migrates. `bilateral_app` writes, but cannot change or delete history; `bilateral_reader` reads,
but nothing of keys, jobs and reviews. The program takes these roles on by itself where the address's user
is a member of them.
"""

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.storage.tables import metadata

APP, READER = "bilateral_app", "bilateral_reader"
HISTORY = ("audit", "change")
"""Tables that only grow: the app's role has no other right on them, and a trigger stops everybody else."""
_NOT_FOR_READERS = ("api_key", "audit", "correction", "job", "job_item", "kept_answer", "review")
_QUEUE = tuple(f"procrastinate_{name}" for name in ("jobs", "events", "periodic_defers", "workers"))
_LOCK = 0x726F6C65  # "role": two programs that grant at once would trip over each other

HOW_TO_MAKE_ROLES = f"""CREATE ROLE {APP} NOLOGIN; CREATE ROLE {READER} NOLOGIN;
GRANT {APP}, {READER} TO <the user of BILATERAL_DATABASE_URL>;"""


async def set_up_roles(connection: AsyncConnection) -> bool:
    """Make the two roles and grant what is theirs; tell whether they are there for this user to take on.

    A user who may not make roles needs an administrator to run `HOW_TO_MAKE_ROLES` once.
    """
    await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    for role in (APP, READER):
        await _make_role(connection, role)
    if not await can_take_on(connection, APP, READER):
        return False
    for statement in _grants():
        await connection.execute(text(statement))
    return True


async def can_take_on(connection: AsyncConnection, *roles: str) -> bool:
    """Tell whether the connected user may act as all of these roles."""
    statement = text(
        "SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles) AND pg_has_role(rolname, 'SET')"
    )
    found = (await connection.execute(statement, {"roles": list(roles)})).scalar_one()
    return bool(found == len(roles))


def act_as(engine: AsyncEngine, role: str) -> None:
    """Let an engine's connections take a role on, where the user may; else they act as the user."""

    @event.listens_for(engine.sync_engine, "connect")
    def take_on(connection: object, _: object) -> None:
        connection.run_async(lambda raw: raw.execute(taking_on(role)))  # type: ignore[attr-defined]


def taking_on(role: str) -> str:
    """Return the statement by which a connection takes a role on, where its user may."""
    return (
        "SELECT set_config('role', rolname, false) FROM pg_roles"
        f" WHERE rolname = '{role}' AND pg_has_role(rolname, 'SET')"
    )


async def _make_role(connection: AsyncConnection, role: str) -> None:
    """Make a role that is missing, if this user may; another program may be making it at this moment."""
    await connection.execute(
        text(f"""
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
            CREATE ROLE {role} NOLOGIN;
          END IF;
          IF NOT pg_has_role('{role}', 'SET') THEN
            GRANT {role} TO CURRENT_USER;
          END IF;
        EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
        END $$""")
    )


def _grants() -> list[str]:
    """Return the grants; older ones are taken back first, so that the list here is the whole truth."""
    known = set(metadata.tables)
    writable, readable = known - set(HISTORY), known - set(_NOT_FOR_READERS)
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}, {READER}",
        f"GRANT USAGE ON SCHEMA public TO {APP}, {READER}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(sorted(writable))} TO {APP}",
        f"GRANT SELECT, INSERT ON {', '.join(HISTORY)} TO {APP}",
        f"GRANT SELECT ON alembic_version, {', '.join(sorted(readable))} TO {READER}",
        f"GRANT SELECT ON alembic_version TO {APP}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_QUEUE)} TO {APP}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}",
    ]
