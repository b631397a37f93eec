"""How an operation says that it will go (RFC 9745, RFC 8594): `dependencies=[deprecated(…)]` on its route."""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any

from fastapi import Depends, Response


def deprecated(since: date, sunset: date, successor: str | None = None) -> Any:
    """Return a dependency that announces the end; `successor` is the address to use instead."""
    since_at, sunset_at = (datetime.combine(day, time(), UTC) for day in (since, sunset))

    def announce(response: Response) -> None:
        response.headers["Deprecation"] = f"@{int(since_at.timestamp())}"
        response.headers["Sunset"] = format_datetime(sunset_at, usegmt=True)
        if successor is not None:
            response.headers.append("Link", f'<{successor}>; rel="successor-version"')

    return Depends(announce)
