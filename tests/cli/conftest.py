import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.jobs import load_reference_only
from app.storage.embedded import running_server
from app.storage.migrating import migrate
from tests.cli.running import Here


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Here:
    """Return what runs a command in this process, for what a process's start would only make slow."""
    return Here(monkeypatch, capfd)


@pytest.fixture(scope="package")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a data folder whose server runs, which each command only adopts, with tables and parties."""
    folder = tmp_path_factory.mktemp("cli")
    with running_server(folder, durable=True) as server:
        migrate(server.url)
        asyncio.run(load_reference_only(server.url))
        yield folder
