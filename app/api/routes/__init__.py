"""The routes under /v1: each a decorator, typed filters, and a body of a few lines."""

from fastapi import APIRouter, Depends

from app.api.dependencies import allow_caching, check_parameter_names
from app.api.problems import INTERNAL, METHOD, RATE_LIMITED, UNAVAILABLE, documented
from app.api.routes import (
    agreements,
    articles,
    changes,
    dyads,
    events,
    exports,
    meetings,
    meta,
    network,
    officials,
    parties,
)

router = APIRouter(
    prefix="/v1",
    dependencies=[Depends(check_parameter_names), Depends(allow_caching)],
    responses=documented(METHOD, RATE_LIMITED, INTERNAL, UNAVAILABLE),
)
_ROUTES = (parties, officials, meetings, agreements, events, dyads, network, articles, changes, exports, meta)
for module in _ROUTES:
    router.include_router(module.router)
