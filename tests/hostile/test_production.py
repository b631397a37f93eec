"""What a release must be, and what production refuses to start with."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import DefaultSecret
from app.settings import bundled_folder
from app.storage.database import check_password

ROOT = bundled_folder("seed").parent


@pytest.mark.parametrize("password", ["postgres", "changeme", "Bilateral", "me", ""])
def test_a_password_that_everybody_knows_does_not_start(password: str) -> None:
    with pytest.raises(DefaultSecret) as refused:
        check_password(f"postgresql://me:{password}@db/bilateral")
    assert password not in ("postgres", "changeme") or password not in str(refused.value)


def test_a_password_of_ones_own_does() -> None:
    check_password("postgresql://me:correct-horse-battery@db/bilateral")


def _build(folder: Path) -> str:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_wheel_built_twice_is_the_same_to_the_byte(tmp_path: Path) -> None:
    assert _build(tmp_path / "first") == _build(tmp_path / "second")


def test_every_locked_package_has_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = [block for block in text.split("\n") if "==" in block and not block.startswith((" ", "#"))]
        assert pinned
        assert all(line.endswith("\\") for line in pinned), "each is followed by its hashes"
        assert "://" not in text
