"""The documentation in a real browser that reaches no other host. Skipped where no Chromium is installed."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from tests.serving import serving_thread

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium is installed here: apt-get install chromium"
)


@pytest.fixture
def address(database_url: str) -> Iterator[str]:
    """Serve the application on a port of the loopback interface."""
    with serving_thread(create_app(Settings(), database_url)) as served:
        yield served.removeprefix("http://")


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
