"""Every way that a request can fail: the kinds of problem (RFC 9457), and the errors that lead to each."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError

from app import errors

RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in the address, its status, what it is, and what to do."""

    slug: str
    status: int
    title: str
    advice: str

    @property
    def address(self) -> str:
        """Return the page that documents it."""
        return f"/docs/problems/{self.slug}"


MALFORMED = Kind("malformed", 400, "The request cannot be read", "Check the request's syntax.")
ENCODING = Kind("encoding", 400, "The request is not UTF-8", "Send UTF-8; percent-encode it in the address.")
UNAUTHENTICATED = Kind(
    "unauthenticated",
    401,
    "A valid key is needed",
    "Send a key that is neither revoked nor expired: Authorization: Bearer bil_…",
)
FORBIDDEN = Kind("forbidden", 403, "The key may not do this", "Use a key with the scope that is named.")
NOT_FOUND = Kind("not-found", 404, "Nothing is here", "Check the address and the id.")
METHOD = Kind("method", 405, "The method is not allowed here", "Use one of those in the Allow header.")
TIMEOUT = Kind("timeout", 408, "The request came too slowly", "Send it faster, or in smaller parts.")
CONFLICT = Kind("conflict", 409, "The request clashes with what is stored", "Read the resource again first.")
STALE = Kind("stale", 412, "It has changed since it was read", "Read it again, and use its new ETag.")
PRECONDITION = Kind(
    "precondition-required",
    428,
    "The version that was read must be named",
    "Send If-Match with the ETag of the version that you read.",
)
TOO_LARGE = Kind("too-large", 413, "The body is too large", "Send less.")
EXPORT_TOO_LARGE = Kind(
    "export-too-large", 413, "The export is too large", "Narrow the filters, or take it in pages with limit=."
)
UNSUPPORTED_MEDIA = Kind(
    "unsupported-media",
    415,
    "The body's type is not taken here",
    "Send JSON in UTF-8 with Content-Type: application/json, not packed.",
)
URI_TOO_LONG = Kind("uri-too-long", 414, "The address is too long", "Keep the address under 8 KiB.")
VALIDATION = Kind(
    "validation", 422, "A parameter is not valid", "See errors: each names a parameter and says how."
)
IDEMPOTENCY_MISMATCH = Kind(
    "idempotency-mismatch",
    422,
    "The Idempotency-Key was used for another request",
    "Use a new key for a new request.",
)
RATE_LIMITED = Kind("rate-limited", 429, "You ask too often", "Wait for Retry-After seconds.")
INTERNAL = Kind("internal", 500, "Something went wrong on our side", "Report it with the request id.")
UNAVAILABLE = Kind(
    "unavailable", 503, "The database cannot be used now", "Try again after Retry-After seconds."
)
NOT_INSTALLED = Kind(
    "format-not-installed",
    501,
    "The server cannot write this format",
    "Ask for another format; parquet needs bilateral[parquet], with pyarrow.",
)
OVERLOADED = Kind(
    "overloaded", 503, "Too much at once", "Try again after Retry-After seconds, or ask for less."
)

KINDS = {
    kind.slug: kind
    for kind in (
        MALFORMED,
        ENCODING,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD,
        TIMEOUT,
        CONFLICT,
        STALE,
        PRECONDITION,
        TOO_LARGE,
        EXPORT_TOO_LARGE,
        URI_TOO_LONG,
        UNSUPPORTED_MEDIA,
        VALIDATION,
        IDEMPOTENCY_MISMATCH,
        RATE_LIMITED,
        INTERNAL,
        NOT_INSTALLED,
        UNAVAILABLE,
        OVERLOADED,
    )
}

BY_ERROR: dict[type[Exception], Kind] = {
    errors.BilateralError: INTERNAL,
    errors.BadInput: VALIDATION,
    errors.CursorNotUsable: MALFORMED,
    errors.ExportTooLarge: EXPORT_TOO_LARGE,
    errors.FormatNotInstalled: NOT_INSTALLED,
    errors.TooManyExports: OVERLOADED,
    errors.ArticleTooLarge: TOO_LARGE,
    errors.TooManyArticles: TOO_LARGE,
    errors.HtmlNotTaken: UNSUPPORTED_MEDIA,
    errors.IdempotencyMismatch: IDEMPOTENCY_MISMATCH,
    errors.BodyNotUtf8: ENCODING,
    errors.BodyNotJson: MALFORMED,
    errors.BodyTooDeep: MALFORMED,
    errors.KeyTwice: MALFORMED,
    errors.MediaTypeNotTaken: UNSUPPORTED_MEDIA,
    errors.NotFound: NOT_FOUND,
    errors.Unauthenticated: UNAUTHENTICATED,
    errors.Forbidden: FORBIDDEN,
    errors.Conflict: CONFLICT,
    errors.VersionIsStale: STALE,
    errors.VersionNotNamed: PRECONDITION,
    errors.Unavailable: UNAVAILABLE,
}
"""The nearest class above an error decides; `Moved` is no failure and answers 308."""

BY_SQLSTATE = {
    "08": UNAVAILABLE,
    "28": UNAVAILABLE,
    "3D": UNAVAILABLE,
    "53": UNAVAILABLE,
    "57": UNAVAILABLE,
    "57014": OVERLOADED,
    "55P03": OVERLOADED,
    "40": OVERLOADED,
    "22": VALIDATION,
    "54000": VALIDATION,
    "23": CONFLICT,
    "23502": VALIDATION,
    "23514": VALIDATION,
}
"""The longest prefix decides; any other state is a fault of ours."""

BY_STATUS = {
    400: MALFORMED,
    404: NOT_FOUND,
    405: METHOD,
    413: TOO_LARGE,
    414: URI_TOO_LONG,
    415: UNSUPPORTED_MEDIA,
    422: VALIDATION,
    503: OVERLOADED,
}


class ProblemError(BaseModel):
    """One thing that is wrong, and where."""

    parameter: str | None = Field(default=None, description="The query or path parameter.")
    pointer: str | None = Field(default=None, description="The place in the body (RFC 6901).")
    code: str = Field(description="What is wrong, in one word.")
    detail: str = Field(description="What is wrong, in a sentence.")
    suggestion: str | None = Field(default=None, description="The nearest right name or value.")
    candidates: list[str] = Field(default=[], description="What may have been meant.")


class Problem(BaseModel):
    """A problem (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": VALIDATION.address,
                    "title": VALIDATION.title,
                    "status": 422,
                    "detail": "There is no parameter date_form here.",
                    "errors": [
                        {
                            "parameter": "date_form",
                            "pointer": None,
                            "code": "unknown_parameter",
                            "detail": "There is no parameter date_form here.",
                            "suggestion": "date_from",
                            "candidates": [],
                        }
                    ],
                    "request_id": "5f0c6f6d1b8e4c1f9a51f0d0c4f6a7b2",
                }
            ]
        }
    )

    type: str = Field(description="The page that documents this kind of problem.")
    title: str
    status: int
    detail: str
    errors: list[ProblemError]
    request_id: str = Field(description="The id of the request, as in the X-Request-ID header.")


def kind_of(error: Exception) -> Kind:
    """Return the kind of problem that an error is, by the nearest class above it."""
    return next((BY_ERROR[cls] for cls in type(error).__mro__ if cls in BY_ERROR), INTERNAL)


def kind_of_sql(error: DBAPIError) -> Kind:
    """Return the kind of problem that an error of the database is, by its SQLSTATE."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if not state:
        return UNAVAILABLE if error.connection_invalidated else INTERNAL
    known = [prefix for prefix in BY_SQLSTATE if state.startswith(prefix)]
    return BY_SQLSTATE[max(known, key=len)] if known else INTERNAL


def problem_response(
    request: Request,
    kind: Kind,
    detail: str | None = None,
    listed: list[ProblemError] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Return a problem as a response; without a detail of its own it says what its kind says."""
    problem = Problem(
        type=kind.address,
        title=kind.title,
        status=kind.status,
        detail=detail or kind.advice,
        errors=listed or [],
        request_id=request.scope["state"]["request_id"],
    )
    told = {"Retry-After": str(RETRY_SECONDS)} if kind.status == 503 else {}
    if kind is UNAUTHENTICATED:
        told["WWW-Authenticate"] = 'Bearer realm="bilateral"'
    return JSONResponse(
        problem.model_dump(mode="json"),
        status_code=kind.status,
        headers={"Cache-Control": "no-store", **told, **(headers or {})},
        media_type="application/problem+json",
    )


def problem_body(kind: Kind, request_id: str = "") -> bytes:
    """Return a problem's body, for answers that are given before there is a request to speak of."""
    problem = Problem(
        type=kind.address,
        title=kind.title,
        status=kind.status,
        detail=kind.advice,
        errors=[],
        request_id=request_id,
    )
    return problem.model_dump_json().encode()


def documented(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """Return problems as OpenAPI documents them, an example each."""
    return {kind.status: _documented(kind) for kind in kinds}


def _documented(kind: Kind) -> dict[str, Any]:
    example = {
        "type": kind.address,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.advice,
        "errors": [],
        "request_id": "5f0c6f6d1b8e4c1f9a51f0d0c4f6a7b2",
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema, "example": example}}
    return {"description": f"{kind.title}. {kind.advice}", "content": content}
