"""Copies of the database that are known to restore: each is held to the counts and hashes of every table."""

import asyncio
import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.errors import BackupDiffers, BackupFailed, DatabaseNotEmpty
from app.storage.binaries import run_client
from app.storage.database import create_engine, grant_roles
from app.storage.embedded import libpq_url, running_server

Fingerprint = dict[str, list[str | int]]
"""For each table: how many rows, and a hash of all of them in the order of the primary key."""


async def find_fingerprint(url: str) -> Fingerprint:
    """Return the fingerprint of a database."""
    engine = create_engine(url, pool_size=1)
    try:
        async with engine.connect() as connection:
            return await _fingerprint(connection)
    finally:
        await engine.dispose()


async def dump(url: str, path: Path) -> Fingerprint:
    """Write one moment of the database to a file, and its fingerprint beside it; others may write."""
    engine = create_engine(url, pool_size=1).execution_options(isolation_level="REPEATABLE READ")
    try:
        async with engine.connect() as connection:
            snapshot = (await connection.execute(text("SELECT pg_export_snapshot()"))).scalar_one()
            await asyncio.to_thread(
                _run,
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--file={path}",
                libpq_url(url),
            )
            found = await _fingerprint(connection)
    finally:
        await engine.dispose()
    _beside(path).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


async def restore(url: str, path: Path) -> Fingerprint:
    """Restore a dump into an empty database, and hold it to the fingerprint beside the dump."""
    if await find_fingerprint(url):
        raise DatabaseNotEmpty
    expected = _read_fingerprint(path)
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    await asyncio.to_thread(_run, "pg_restore", *options, f"--dbname={libpq_url(url)}", str(path))
    found = await find_fingerprint(url)
    _compare(expected, found)
    await grant_roles(url)  # a dump carries no rights, as its own server's roles may be others
    return found


def verify(path: Path) -> Fingerprint:
    """Restore a dump, or start a base backup, on a server that is thrown away; return what is in it."""
    with TemporaryDirectory(prefix="bilateral-") as folder:
        if path.is_dir():
            _run("pg_verifybackup", "--quiet", str(path))
            copied = Path(folder) / "postgres" / "data"
            shutil.copytree(path, copied)
            copied.chmod(0o700)
            with running_server(Path(folder), durable=False) as server:
                return asyncio.run(find_fingerprint(server.url))
        with running_server(Path(folder), durable=False) as server:
            return asyncio.run(restore(server.url, path))


def back_up_server(url: str, folder: Path) -> None:
    """Copy the whole server, its log included, into a folder that is empty or not there."""
    options = ("--checkpoint=fast", "--wal-method=stream", f"--pgdata={folder}")
    _run("pg_basebackup", *options, f"--dbname={libpq_url(url)}")


async def _fingerprint(connection: AsyncConnection) -> Fingerprint:
    await connection.execute(text("SELECT set_config('timezone', 'UTC', true)"))
    found: Fingerprint = {}
    for table, key in (await connection.execute(text(_TABLES))).all():
        asked = _HASHES.format(table=table, key=key)
        found[table] = list((await connection.execute(text(asked))).one())
    return found


# The hashes of a large table together would be longer than Postgres lets a text be.
_HASHES = """
SELECT coalesce(sum(rows), 0)::bigint, md5(coalesce(string_agg(hash, '' ORDER BY part), ''))
FROM (SELECT part, count(*) AS rows, md5(string_agg(md5(line), '' ORDER BY place)) AS hash
      FROM (SELECT line, place, place / 100000 AS part
            FROM (SELECT t::text AS line, row_number() OVER (ORDER BY {key}) AS place FROM {table} t) placed
           ) parted
      GROUP BY part) hashed
"""
_TABLES = """
SELECT c.oid::regclass::text,
       coalesce((SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(i.indkey, a.attnum))
                 FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
                 WHERE i.indrelid = c.oid AND i.indisprimary), 't::text')
FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
ORDER BY 1
"""


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _read_fingerprint(path: Path) -> Fingerprint:
    try:
        read: Fingerprint = json.loads(_beside(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupFailed(f"{_beside(path)} cannot be read") from error
    return read


def _compare(expected: Fingerprint, found: Fingerprint) -> None:
    differing = [
        name for name in sorted(expected.keys() | found.keys()) if expected.get(name) != found.get(name)
    ]
    if differing:
        raise BackupDiffers(", ".join(differing))


def _run(program: str, *arguments: str) -> None:
    done = run_client(program, *arguments)
    if done.returncode != 0:
        raise BackupFailed(f"{program}: {done.stderr.strip()[-1000:]}")
