import pytest

from tests.cli.running import Here


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Here:
    """Return what runs a command in this process, for what a process's start would only make slow."""
    return Here(monkeypatch, capfd)
