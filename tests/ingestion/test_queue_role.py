from app.ingestion.worker import open_queue
from app.storage.embedded import libpq_url
from app.storage.roles import APP


async def test_workers_ask_for_batches_as_the_apps_role(database_url: str) -> None:
    async with open_queue(libpq_url(database_url)).open_async() as queue:
        row = await queue.connector.execute_query_one_async("SELECT current_user::text AS role")
    assert row == {"role": APP}
