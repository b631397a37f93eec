"""Settings from the environment; every name starts with BILATERAL_."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_APP = Path(__file__).parent


LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]


class Settings(BaseSettings):
    """What a run can be told from outside. Frozen: read once at the edge and passed on."""

    model_config = SettingsConfigDict(env_prefix="BILATERAL_", frozen=True)

    database_url: str | None = Field(
        default=None,
        description="postgresql:// address of the server to use; unset, an embedded one runs under data_dir.",
    )
    data_dir: Path = Field(default=Path("var"), description="Folder of the embedded server's data.")
    seed_datasets: bool = Field(
        default=True, description="Whether the seed brings whole datasets too, not only articles."
    )
    document_cache_mib: int = Field(
        default=64, ge=0, description="Memory that a server spends on events it has answered with, in MiB."
    )
    log_level: LogLevel = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
    parser_processes: int = Field(
        default=2, ge=1, le=64, description="Processes that read what is handed in over HTTP."
    )


@cache
def bundled_folder(name: str) -> Path:
    """Return the folder `name` (seed, alembic): beside the package in a checkout, else inside it."""
    beside = _APP.parent / name
    return beside if (_APP.parent / "pyproject.toml").exists() else _APP / "bundled" / name
