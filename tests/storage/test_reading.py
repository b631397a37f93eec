"""How readers get their connections."""

import asyncio

from sqlalchemy import text

from app.storage.database import open_session
from app.storage.reading import bare_connections, create_reading_engine

_END = text("SELECT pg_terminate_backend(:pid)")
_WHO = "SELECT pg_backend_pid()"


async def test_a_connection_that_the_server_ended_is_replaced_in_silence(database_url: str) -> None:
    engine = create_reading_engine(database_url)
    lend = bare_connections(engine)
    gone = asyncio.Event()
    try:
        async with lend() as first:
            before = await first.fetchval(_WHO)
            first.add_termination_listener(lambda _: gone.set())
        async with open_session(database_url) as other:
            await other.execute(_END, {"pid": before})
        await asyncio.wait_for(gone.wait(), 5)
        after = []
        for _ in range(3):
            async with lend() as connection:
                after.append(await connection.fetchval(_WHO))
        assert before not in after
    finally:
        await engine.dispose()


async def test_readers_wait_for_one_of_eight_connections(database_url: str) -> None:
    engine = create_reading_engine(database_url)
    lend = bare_connections(engine)

    async def ask() -> int:
        async with lend() as connection:
            await connection.fetchval("SELECT pg_sleep(0.05)")
            return int(await connection.fetchval(_WHO))

    try:
        assert len(set(await asyncio.gather(*(ask() for _ in range(12))))) == 8
    finally:
        await engine.dispose()


async def test_bare_statements_are_planned_once_and_all_others_for_their_values(database_url: str) -> None:
    engine = create_reading_engine(database_url)
    planned = "SHOW plan_cache_mode"
    try:
        async with engine.connect() as connection:
            assert (await connection.execute(text(planned))).scalar_one() == "force_custom_plan"
        async with bare_connections(engine)() as bare:
            assert await bare.fetchval(planned) == "force_generic_plan"
    finally:
        await engine.dispose()
