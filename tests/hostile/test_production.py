"""What a release must be, and what production refuses to start with."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import DefaultSecret, UnsafeServer
from app.settings import Settings, bundled_folder
from app.storage import embedded
from app.storage.database import check_password, check_server, create_engine

ROOT = bundled_folder("seed").parent


@pytest.mark.parametrize("password", ["postgres", "changeme", "Bilateral", "me", ""])
def test_a_password_that_everybody_knows_does_not_start(password: str) -> None:
    with pytest.raises(DefaultSecret) as refused:
        check_password(f"postgresql://me:{password}@db/bilateral")
    assert password not in ("postgres", "changeme") or password not in str(refused.value)


def test_a_password_of_ones_own_does() -> None:
    check_password("postgresql://me:correct-horse-battery@db/bilateral")


def test_no_command_goes_on_with_a_password_that_everybody_knows() -> None:
    known = Settings(production=True, database_url="postgresql://me:postgres@127.0.0.1:1/bilateral")
    with pytest.raises(DefaultSecret), embedded.database(known):
        pass


async def test_a_server_that_may_lose_what_it_acknowledged_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with embedded.running_server(tmp_path_factory.mktemp("unsafe"), durable=False) as server:
        engine = create_engine(server.url, pool_size=1)
        with pytest.raises(UnsafeServer, match="fsync"):
            await check_server(engine)
        await engine.dispose()


def _build(folder: Path) -> str:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_wheel_built_twice_is_the_same_to_the_byte(tmp_path: Path) -> None:
    assert _build(tmp_path / "first") == _build(tmp_path / "second")


@pytest.mark.teeth
def test_a_package_whose_hash_is_another_is_not_installed(tmp_path: Path) -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    block = next(part for part in re.split(r"\n(?=\S)", locked) if part.startswith("idna=="))
    one = re.search(r"sha256:([0-9a-f]{64})", block)
    assert one is not None
    flipped = re.sub(
        r"sha256:[0-9a-f]", lambda found: found[0][:-1] + f"{15 - int(found[0][-1], 16):x}", block
    )
    installed = {
        name: _install(tmp_path / name, words) for name, words in (("right", block), ("flipped", flipped))
    }
    assert installed["right"].returncode == 0, installed["right"].stderr
    assert installed["flipped"].returncode != 0
    assert "ash mismatch" in installed["flipped"].stderr


def _install(folder: Path, locked: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    (folder / "locked.txt").write_text(locked, encoding="utf-8")
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    command = [uv, "pip", "install", "--no-deps", "--require-hashes", "--target", str(folder / "here")]
    command += ["--requirements", str(folder / "locked.txt")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_locked_package_has_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = [block for block in text.split("\n") if "==" in block and not block.startswith((" ", "#"))]
        assert pinned
        assert all(line.endswith("\\") for line in pinned), "each is followed by its hashes"
        assert "://" not in text
