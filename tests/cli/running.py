"""A command run as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

BILATERAL = Path(sys.executable).with_name("bilateral")


def bilateral(
    *arguments: str | Path, data_dir: Path | None = None, database_url: str | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BILATERAL_")}
    environment["BILATERAL_SEED_DATASETS"] = "false"  # each run would pay for them
    if data_dir:
        environment["BILATERAL_DATA_DIR"] = str(data_dir)
    if database_url:
        environment["BILATERAL_DATABASE_URL"] = database_url
    command = [str(BILATERAL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
