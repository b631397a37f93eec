"""Logs: one line of JSON an event, on stderr, each with the id of the request it belongs to."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

_HANDLER = "bilateral"


def _without_rows(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what Postgres says of a row that it refused: it holds what somebody sent."""
    if told := line.get("exception"):
        line["exception"] = "\n".join(one for one in told.split("\n") if not one.startswith("DETAIL:"))
    return line


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    _without_rows,
]
# First what drops a line that nobody reads, before anything is made of it.
_OURS: list[Any] = [
    structlog.stdlib.filter_by_level,
    *_SHARED,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]


def set_up_logs(level: str) -> None:
    """Send our own lines and the libraries' through one formatter; a second call replaces the first."""
    structlog.configure(
        processors=_OURS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.name = _HANDLER
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_to_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [*(held for held in root.handlers if held.name != _HANDLER), handler]
    root.setLevel(level)
    # Our own line for each request says what the server's would.
    logging.getLogger("uvicorn.access").disabled = True
    # Its lines tell of every step of every start, changed or not.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _to_json(line: Any, **_: Any) -> str:
    return orjson.dumps(line, default=str).decode()
