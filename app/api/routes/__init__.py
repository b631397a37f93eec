"""The routes under /v1: each a decorator, typed filters, and a body of a few lines."""

from fastapi import APIRouter, Depends

from app.api.dependencies import allow_caching, check_parameter_names
from app.api.problems import INTERNAL, METHOD, RATE_LIMITED, UNAVAILABLE, documented
from app.api.routes import (
    agreements,
    articles,
    changes,
    dyads,
    editing,
    events,
    exports,
    ingestion,
    keys,
    meetings,
    meta,
    network,
    officials,
    parties,
    reviews,
)

router = APIRouter(
    prefix="/v1",
    dependencies=[Depends(check_parameter_names), Depends(allow_caching)],
    responses=documented(METHOD, RATE_LIMITED, INTERNAL, UNAVAILABLE),
)
for module in (
    parties,
    officials,
    meetings,
    agreements,
    network,
    exports,  # before events: a suffix would be taken for a part of an id
    events,
    dyads,
    articles,
    ingestion,
    changes,
    editing,
    reviews,
    keys,
    meta,
):
    router.include_router(module.router)
