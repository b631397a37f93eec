"""Settings from the environment; every name starts with BILATERAL_."""

from functools import cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal

from limits import parse
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_APP = Path(__file__).parent


def _rate(text: str) -> str:
    parse(text)
    return text


def _listed(text: Any) -> Any:
    """Return the parts of a comma-separated list."""
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else text


Rate = Annotated[str, AfterValidator(_rate)]
Network = IPv4Network | IPv6Network
Host = Annotated[str, AfterValidator(str.lower)]
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
    answer_cache_mib: int = Field(
        default=64, ge=0, description="Memory that a server spends on answers it has given, in MiB."
    )
    export_max_rows: int | None = Field(
        default=None,
        ge=1,
        description="Most rows of one export; more are a 413. Unset, there is no such limit.",
    )
    max_in_flight: int = Field(
        default=32, ge=1, description="Requests worked on at once; the others are answered 503 at once."
    )
    rate_anonymous: Rate = Field(
        default="600/minute", description="Requests without a key, for each network (/24 or /64)."
    )
    rate_key: Rate = Field(default="6000/minute", description="Requests with a key, for each key.")
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = Field(
        default=(),
        description="Addresses or networks of proxies, comma-separated; only their X-Forwarded-For counts.",
    )
    allowed_hosts: Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_listed)] = Field(
        default=(), description="Host names that are served, comma-separated; all where none is named."
    )
    drain_seconds: float = Field(
        default=2,
        ge=0,
        le=60,
        description="After SIGTERM: how long /readyz says no before connections are refused.",
    )
    metrics: bool = Field(default=False, description="Whether /metrics is served; needs bilateral[metrics].")
    production: bool = Field(
        default=False, description="Whether to refuse a database password that everybody knows."
    )
    log_level: LogLevel = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
    parser_processes: int = Field(
        default=2, ge=1, le=64, description="Processes that read what is handed in over HTTP."
    )


@cache
def bundled_folder(name: str) -> Path:
    """Return the folder `name` (seed, alembic, docs): beside the package in a checkout, else inside it."""
    beside = _APP.parent / name
    return beside if (_APP.parent / "pyproject.toml").exists() else _APP / "bundled" / name
