"""The documentation in a real browser that reaches no other host. Skipped where no Chromium is installed."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium is installed here: apt-get install chromium"
)


@pytest.fixture
async def address(database_url: str) -> AsyncIterator[str]:
    """Serve the application on a port of the loopback interface."""
    app: FastAPI = create_app(Settings(), database_url)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # whoever comes before the server runs waits and is not refused
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving


async def test_documentation_shows_every_operation_with_every_other_host_blocked(
    address: str, tmp_path: Path
) -> None:
    assert CHROMIUM is not None
    arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        f"--user-data-dir={tmp_path}",
        f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {address.split(':')[0]}",
        "--virtual-time-budget=20000",
        f"--log-net-log={tmp_path / 'net.json'}",
        "--dump-dom",
        f"http://{address}/docs",
    ]
    browser = await asyncio.create_subprocess_exec(
        CHROMIUM,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    try:
        page = (await asyncio.wait_for(browser.communicate(), 60))[0].decode()
    finally:
        if browser.returncode is None:
            browser.kill()
    for summary in ("List events", "Export events", "Read the change feed", "Get a dyad", "Whether it lives"):
        assert summary in page
    assert "Failed to load" not in page
    assert page.count('class="opblock ') >= 30
    reached = (tmp_path / "net.json").read_text()
    assert f"http://{address}/docs/assets/swagger-ui-bundle.js" in reached
